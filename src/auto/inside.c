/* SPDX-License-Identifier: MIT */
#include "auto/inside.h"

#include "auto/same_weight.h"

#include <math.h>
#include <stdlib.h>

/* Of the links taken, no more than this share may be expected to be wrong. */
static const double MOST_WRONG = 1.0 / 3;
/* Too few links to tell: those this much better than all pairs inside stand, a thousand times likelier. */
static const double BETTER_BITS = 10;

static int falling(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x < y) - (x > y);
}

void pd_inside_sort(double *weights, size_t n)
{
    if (n > 0) qsort(weights, n, sizeof *weights, falling);
}

/* Whether the next link weighs as much as the k-th, so that both stand or fall. */
static bool goes_on(const struct pd_inside_input *input, size_t k)
{
    return k < input->n_links && pd_auto_same_weight(input->links[k - 1], input->links[k]);
}

static size_t reach(const double *weights, size_t n, double least)
{
    size_t reached = 0;
    while (reached < n && weights[reached] >= least) reached++;
    return reached;
}

/* Wrong ones among the k best links, if no row had a match of its own; *inside counts up with k. */
static double wrong_among(const struct pd_inside_input *input, size_t k, size_t *inside)
{
    while (*inside < input->n_inside && input->inside[*inside] >= input->links[k - 1]) (*inside)++;
    return ((double)*inside + 1) * input->scale;
}

/* Share of rows without a match of their own: at most those that the links which chance cannot make leave over. */
static double without_match(const struct pd_inside_input *input)
{
    size_t inside = 0;
    double right = 0;
    for (size_t k = 1; k <= input->n_links; k++) right = fmax(right, (double)k - wrong_among(input, k, &inside));
    return fmax(1 - right / input->most_links, 0);
}

/* The most links of which few enough are wrong. */
static size_t most_that_hold(const struct pd_inside_input *input, double without)
{
    size_t inside = 0;
    size_t kept = 0;
    for (size_t k = 1; k <= input->n_links; k++) {
        const double wrong = without * wrong_among(input, k, &inside);
        if (wrong <= MOST_WRONG * (double)k && !goes_on(input, k)) kept = k;
    }
    return kept;
}

/* Links from the likest down. A pair inside stands for wrong links as far as neither row has a match that is better. */
struct running {
    size_t inside;
    double wrong, right;
};

static void take_link(const struct pd_inside_input *input, size_t k, struct running *running)
{
    const double open = (input->apart > 0 ? input->apart : 1) * fmax(1 - running->right / input->most_links, 0) *
                        fmax(1 - running->right / input->larger, 0);
    const size_t before = running->inside;
    while (running->inside < input->n_inside && input->inside[running->inside] >= input->links[k - 1])
        running->inside++;
    running->wrong += (double)(running->inside - before) * input->scale * open;
    running->wrong = fmin(running->wrong, (double)k);
    running->right = (double)k - running->wrong;
}

/* Of the links that hold, as many as have the highest F1 expected. */
static void take_likeliest(const struct pd_inside_input *input, struct pd_inside *out)
{
    struct running all = { 0 }, running = { 0 };
    double best = -1;
    const size_t n_held = out->n_kept;
    for (size_t k = 1; k <= input->n_links; k++) take_link(input, k, &all);
    out->n_right = all.right;
    for (size_t k = 1; k <= n_held; k++) {
        take_link(input, k, &running);
        const double f1 = 2 * running.right / ((double)k + all.right);
        if (f1 < best || goes_on(input, k)) continue;
        best = f1;
        out->n_kept = k;
        out->n_wrong = running.wrong;
    }
}

void pd_inside_look(struct pd_inside_input *input, struct pd_inside *out)
{
    *out = (struct pd_inside){ .n_links = input->n_links };
    if (input->n_links == 0) return;
    pd_inside_sort(input->links, input->n_links);
    pd_inside_sort(input->inside, input->n_inside);
    const double weakest = input->links[input->n_links - 1];
    const double best_inside = input->n_inside > 0 ? fmax(input->inside[0], 0) : 0;
    out->n_inside = (double)reach(input->inside, input->n_inside, weakest) * input->scale;
    out->few_inside = most_that_hold(input, 1) == input->n_links;
    out->without_match = without_match(input);
    out->n_kept = most_that_hold(input, out->without_match);
    out->cannot_tell = out->n_kept == 0;
    out->all_hold = out->n_kept == out->n_links;
    if (out->cannot_tell)
        out->n_kept = reach(input->links, input->n_links, best_inside + BETTER_BITS);
    else if (input->one_to_one)
        take_likeliest(input, out);
}

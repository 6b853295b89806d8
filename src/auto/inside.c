/* SPDX-License-Identifier: MIT */
#include "auto/inside.h"

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
    for (size_t k = 1; k <= input->n_links; k++)
        if (without * wrong_among(input, k, &inside) <= MOST_WRONG * (double)k) kept = k;
    return kept;
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
    if (out->cannot_tell) out->n_kept = reach(input->links, input->n_links, best_inside + BETTER_BITS);
}

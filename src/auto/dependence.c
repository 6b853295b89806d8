/* SPDX-License-Identifier: MIT */
#include "auto/dependence.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* Two columns depend when one makes agreement in the other so much likelier, and likely at all, on enough pairs. */
static const double LIFT = 4;
static const double LIKELY = .1;
static const double ENOUGH = 8;

struct arc {
    size_t a, b;
    double information;
};

static int most_informative(const void *x, const void *y)
{
    const struct arc *a = x;
    const struct arc *b = y;
    if (a->information < b->information) return 1;
    if (a->information > b->information) return -1;
    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static double divergence(double q, double u)
{
    return q * log2(q / u) + (1 - q) * log2((1 - q) / (1 - u));
}

/* Mutual information of agreement in a and in b, by the pairs that agree in a; 0 when they do not depend. */
static double information(const struct pd_dependence *d, size_t a, size_t b)
{
    const struct pd_agreement *given = &d->given[a * d->n + b];
    if (given->n < ENOUGH || given->n_equal < ENOUGH) return 0;
    const double q = fmin(given->n_equal / given->n, 1 - 1e-6);
    const double u = fmin(fmax(d->equal[b], 1e-9), 1 - 1e-6);
    if (q < LIFT * u || q < LIKELY) return 0;
    return d->equal[a] * divergence(q, u);
}

int pd_dependence_of_alike(const struct pd_dependence *d, size_t column)
{
    const struct pd_agreement *any = &d->at_random[column];
    const double u = fmax(any->n_alike, .5) / fmax(any->n, 1);
    double most = 0;
    int best = -1;
    for (size_t a = 0; a < d->n; a++) {
        const struct pd_agreement *given = &d->given[a * d->n + column];
        if (a == column || given->n_alike < ENOUGH || given->n_alike < LIFT * u * given->n) continue;
        const double bits = d->equal[a] * divergence(fmin(given->n_alike / given->n, 1 - 1e-6), u);
        if (bits <= most) continue;
        most = bits;
        best = (int)a;
    }
    return best;
}

static size_t root_of(const size_t *groups, size_t i)
{
    while (groups[i] != i) i = groups[i];
    return i;
}

/* Turns the edges of the forest away from the column with the fewest equal pairs of each tree. */
static void hang(const struct pd_dependence *d, const bool *joined, int *parents, bool *done, size_t *queue)
{
    for (;;) {
        size_t root = d->n;
        for (size_t i = 0; i < d->n; i++)
            if (!done[i] && (root == d->n || d->equal[i] < d->equal[root])) root = i;
        if (root == d->n) return;
        size_t begin = 0, end = 0;
        queue[end++] = root;
        done[root] = true;
        while (begin < end) {
            const size_t a = queue[begin++];
            for (size_t b = 0; b < d->n; b++) {
                if (done[b] || !joined[a * d->n + b]) continue;
                parents[b] = (int)a;
                done[b] = true;
                queue[end++] = b;
            }
        }
    }
}

static void join_arcs(const struct pd_dependence *d, const struct arc *arcs, size_t n_arcs, size_t *groups,
                      bool *joined)
{
    for (size_t i = 0; i < d->n; i++) groups[i] = i;
    for (size_t i = 0; i < n_arcs; i++) {
        const size_t a = root_of(groups, arcs[i].a);
        const size_t b = root_of(groups, arcs[i].b);
        if (a == b) continue;
        groups[a] = b;
        joined[arcs[i].a * d->n + arcs[i].b] = joined[arcs[i].b * d->n + arcs[i].a] = true;
    }
}

enum padan_status pd_dependence_forest(const struct pd_dependence *dependence, int *parents, struct padan_error *error)
{
    const size_t n = dependence->n;
    struct pd_arena arena = { 0 };
    struct arc *arcs = NULL;
    size_t *groups = NULL, *queue = NULL;
    bool *joined = NULL, *done = NULL;
    size_t n_arcs = 0;
    enum padan_status status = pd_arena_allocate(&arena, &arcs, (n * n + 1) * sizeof *arcs, error);
    if (status == PADAN_OK) status = pd_arena_allocate(&arena, &groups, (n + 1) * sizeof *groups, error);
    if (status == PADAN_OK) status = pd_arena_allocate(&arena, &queue, (n + 1) * sizeof *queue, error);
    if (status == PADAN_OK) status = pd_arena_allocate(&arena, &joined, n * n + 1, error);
    if (status == PADAN_OK) status = pd_arena_allocate(&arena, &done, n + 1, error);
    if (status == PADAN_OK) {
        memset(joined, 0, n * n);
        memset(done, 0, n);
        for (size_t a = 0; a < n; a++) parents[a] = -1;
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++) {
                const double bits = fmax(information(dependence, a, b), information(dependence, b, a));
                if (bits > 0) arcs[n_arcs++] = (struct arc){ a, b, bits };
            }
        qsort(arcs, n_arcs, sizeof *arcs, most_informative);
        join_arcs(dependence, arcs, n_arcs, groups, joined);
        hang(dependence, joined, parents, done, queue);
    }
    pd_arena_reset(&arena);
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "auto/best_first.h"

#include "base/memory.h"

#include <stdlib.h>

struct weighed {
    double weight;
    size_t edge;
};

static int likest_first(const void *a, const void *b)
{
    const struct weighed *x = a;
    const struct weighed *y = b;
    if (x->weight > y->weight || x->weight < y->weight) return x->weight < y->weight ? 1 : -1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static void take(const struct pd_rivals *rivals, const struct weighed *sorted, size_t n_edges, bool *used, bool *taken)
{
    for (size_t i = 0; i < n_edges; i++) {
        const struct pd_edge *edge = &rivals->edges[sorted[i].edge];
        bool *left = &used[edge->left * rivals->n_sources + rivals->source_of[edge->right]];
        bool *right = &used[edge->right * rivals->n_sources + rivals->source_of[edge->left]];
        taken[sorted[i].edge] = !*left && !*right;
        if (taken[sorted[i].edge]) *left = *right = true;
    }
}

enum padan_status pd_auto_best_first(const struct pd_rivals *rivals, const double *weights, size_t n_edges, bool *taken,
                                     struct padan_error *error)
{
    struct weighed *sorted = NULL;
    bool *used = NULL;
    PD_TRY(pd_allocate_array(&sorted, n_edges + 1, sizeof *sorted, error));
    for (size_t i = 0; i < n_edges; i++) sorted[i] = (struct weighed){ weights[i], i };
    qsort(sorted, n_edges, sizeof *sorted, likest_first);
    const enum padan_status status = pd_allocate(&used, rivals->n_records * rivals->n_sources + 1, sizeof *used, error);
    if (status == PADAN_OK) take(rivals, sorted, n_edges, used, taken);
    pd_free(sorted);
    pd_free(used);
    return status;
}

/* SPDX-License-Identifier: MIT
 * Edges by record. Method: counting sort for ranges of records side by side; each goes through all edges, which lie in
 * order, so that no two write to one place. */
#include "reconcile/links.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { RANGES_MAX = 8 };

struct indexing {
    const struct pd_edges *edges;
    size_t n_records, n_ranges;
    uint32_t *at; /* [n_records + 1] how many a record has, then where its next one goes */
    uint32_t *edges_of;
};

static size_t range_begin(const struct indexing *indexing, size_t range)
{
    return range * indexing->n_records / indexing->n_ranges;
}

static enum padan_status count_range(void *context, size_t range, int worker, struct padan_error *error)
{
    const struct indexing *indexing = context;
    const size_t begin = range_begin(indexing, range), n = range_begin(indexing, range + 1) - begin;
    (void)worker, (void)error;
    memset(indexing->at + begin, 0, n * sizeof *indexing->at);
    for (size_t i = 0; i < indexing->edges->n_edges; i++) {
        const struct pd_edge *edge = &indexing->edges->edges[i];
        if (edge->left - begin < n) indexing->at[edge->left]++;
        if (edge->right - begin < n) indexing->at[edge->right]++;
    }
    return PADAN_OK;
}

static enum padan_status fill_range(void *context, size_t range, int worker, struct padan_error *error)
{
    const struct indexing *indexing = context;
    const size_t begin = range_begin(indexing, range), n = range_begin(indexing, range + 1) - begin;
    (void)worker, (void)error;
    for (size_t i = 0; i < indexing->edges->n_edges; i++) {
        const struct pd_edge *edge = &indexing->edges->edges[i];
        if (edge->left - begin < n) indexing->edges_of[indexing->at[edge->left]++] = (uint32_t)i;
        if (edge->right - begin < n) indexing->edges_of[indexing->at[edge->right]++] = (uint32_t)i;
    }
    return PADAN_OK;
}

enum padan_status pd_edge_index(const struct pd_edges *edges, size_t n_records, int threads, uint32_t **begins,
                                uint32_t **edges_of, struct padan_error *error)
{
    *edges_of = NULL;
    if (edges->n_edges > UINT32_MAX / 2)
        PD_FAIL(error, PADAN_LIMIT, "more than 2 billion kept pairs: raise the review threshold");
    PD_TRY(pd_allocate_array(begins, n_records + 2, sizeof **begins, error));
    PD_TRY(pd_allocate_array(edges_of, edges->n_edges * 2 + 1, sizeof **edges_of, error));
    const int n_ranges = threads < 1 ? 1 : threads < RANGES_MAX ? threads : RANGES_MAX;
    struct indexing indexing = { edges, n_records, (size_t)n_ranges, *begins + 1, *edges_of };
    PD_TRY(pd_parallel_for(indexing.n_ranges, threads, count_range, &indexing, error));
    uint32_t sum = 0;
    (*begins)[0] = 0; /* shifted by one: at[r] is the write position of r, and its end in the end */
    for (size_t r = 0; r < n_records; r++) {
        const uint32_t n = indexing.at[r];
        indexing.at[r] = sum;
        sum += n;
    }
    indexing.at[n_records] = sum;
    return pd_parallel_for(indexing.n_ranges, threads, fill_range, &indexing, error);
}

/* SPDX-License-Identifier: MIT
 * Edges by record. Method: counting sort for ranges of records side by side (base/ranges.h). */
#include "reconcile/links.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "base/ranges.h"

struct indexing {
    const struct pd_edges *edges;
    uint32_t *at; /* [n_records + 1] how many a record has, then where its next one goes */
    uint32_t *edges_of;
};

enum { FAR = 24, NEAR = 8 };

/* Edges are in the order of their left records: the right ones, and where their edges go, lie anywhere. */
static void prefetch_count(const struct indexing *indexing, struct pd_range range, size_t i)
{
    const struct pd_edge *edges = indexing->edges->edges;
    if (indexing->edges->n_edges - i > FAR && pd_range_has(range, edges[i + FAR].right))
        pd_prefetch_to_write(&indexing->at[edges[i + FAR].right]);
}

static void prefetch_place(const struct indexing *indexing, struct pd_range range, size_t i)
{
    const struct pd_edge *edges = indexing->edges->edges;
    prefetch_count(indexing, range, i);
    if (indexing->edges->n_edges - i > NEAR && pd_range_has(range, edges[i + NEAR].right))
        pd_prefetch_to_write(&indexing->edges_of[indexing->at[edges[i + NEAR].right]]);
}

static void count_range(void *context, struct pd_range range)
{
    const struct indexing *indexing = context;
    memset(indexing->at + range.begin, 0, range.n * sizeof *indexing->at);
    for (size_t i = 0; i < indexing->edges->n_edges; i++) {
        const struct pd_edge *edge = &indexing->edges->edges[i];
        prefetch_count(indexing, range, i);
        if (pd_range_has(range, edge->left)) indexing->at[edge->left]++;
        if (pd_range_has(range, edge->right)) indexing->at[edge->right]++;
    }
}

static void fill_range(void *context, struct pd_range range)
{
    const struct indexing *indexing = context;
    for (size_t i = 0; i < indexing->edges->n_edges; i++) {
        const struct pd_edge *edge = &indexing->edges->edges[i];
        prefetch_place(indexing, range, i);
        if (pd_range_has(range, edge->left)) indexing->edges_of[indexing->at[edge->left]++] = (uint32_t)i;
        if (pd_range_has(range, edge->right)) indexing->edges_of[indexing->at[edge->right]++] = (uint32_t)i;
    }
}

enum padan_status pd_edge_index(const struct pd_edges *edges, size_t n_records, int threads, uint32_t **begins,
                                uint32_t **edges_of, struct padan_error *error)
{
    *edges_of = NULL;
    if (edges->n_edges > UINT32_MAX / 2)
        PD_FAIL(error, PADAN_LIMIT, "more than 2 billion kept pairs: raise the review threshold");
    PD_TRY(pd_allocate_array(begins, n_records + 2, sizeof **begins, error));
    PD_TRY(pd_allocate_array(edges_of, edges->n_edges * 2 + 1, sizeof **edges_of, error));
    struct indexing indexing = { edges, *begins + 1, *edges_of };
    PD_TRY(pd_ranges_for(n_records, threads, count_range, &indexing, error));
    uint32_t sum = 0;
    (*begins)[0] = 0; /* shifted by one: at[r] is the write position of r, and its end in the end */
    for (size_t r = 0; r < n_records; r++) {
        const uint32_t n = indexing.at[r];
        indexing.at[r] = sum;
        sum += n;
    }
    indexing.at[n_records] = sum;
    return pd_ranges_for(n_records, threads, fill_range, &indexing, error);
}

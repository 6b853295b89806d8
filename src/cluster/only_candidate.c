/* SPDX-License-Identifier: MIT
 * Method: the sources of a cluster are bits of a word. Neighbours are listed by cluster, each once, and tell which
 * sources several of them have; an edge asks those of both its ends. */
#include "cluster/only_candidate.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/ranges.h"

#include <stdlib.h>

enum { CHUNK_EDGES = 1 << 14, CHUNK_CLUSTERS = 1 << 14, SOURCE_BITS = 64 };

struct neighbours {
    const struct pd_only_candidate_of *of;
    uint64_t *sources; /* [n_records] of a cluster, by its representative */
    uint64_t *shared;  /* [n_records] those that several neighbours of a cluster have */
    uint32_t *at;      /* [n_records + 2] where a cluster's neighbours begin; its end is the next one's beginning */
    uint32_t *list;
    uint8_t *only;
};

struct ends {
    uint32_t left, right; /* clusters */
};

static struct ends ends_of(const struct neighbours *neighbours, size_t i)
{
    const struct pd_edge *edge = &neighbours->of->edges->edges[i];
    const uint32_t *cluster = neighbours->of->clusters->cluster;
    return (struct ends){ cluster[edge->left], cluster[edge->right] };
}

static void note_sources(const struct neighbours *neighbours)
{
    const struct pd_table *table = neighbours->of->table;
    for (size_t s = 0; s < table->n_sources; s++)
        for (size_t i = table->sources[s].begin; i < table->sources[s].end; i++)
            neighbours->sources[neighbours->of->clusters->cluster[i]] |= UINT64_C(1) << s % SOURCE_BITS;
}

static void count_range(void *context, struct pd_range range)
{
    const struct neighbours *neighbours = context;
    uint32_t *counts = neighbours->at + 1;
    for (size_t i = 0; i < neighbours->of->edges->n_edges; i++) {
        const struct ends ends = ends_of(neighbours, i);
        if (ends.left == ends.right) continue;
        if (pd_range_has(range, ends.left)) counts[ends.left]++;
        if (pd_range_has(range, ends.right)) counts[ends.right]++;
    }
}

static void fill_range(void *context, struct pd_range range)
{
    const struct neighbours *neighbours = context;
    uint32_t *next = neighbours->at + 1;
    for (size_t i = 0; i < neighbours->of->edges->n_edges; i++) {
        const struct ends ends = ends_of(neighbours, i);
        if (ends.left == ends.right) continue;
        if (pd_range_has(range, ends.left)) neighbours->list[next[ends.left]++] = ends.right;
        if (pd_range_has(range, ends.right)) neighbours->list[next[ends.right]++] = ends.left;
    }
}

/* `at` is shifted by one while it is filled: at[c + 1] is where the next neighbour of c goes, and its end at last. */
static enum padan_status list_neighbours(struct neighbours *neighbours, struct padan_error *error)
{
    const size_t n = neighbours->of->table->n_records;
    uint32_t sum = 0;
    PD_TRY(pd_ranges_for(n, neighbours->of->threads, count_range, neighbours, error));
    for (size_t c = 1; c <= n; c++) {
        const uint32_t n_neighbours = neighbours->at[c];
        neighbours->at[c] = sum;
        sum += n_neighbours;
    }
    PD_TRY(pd_allocate_array(&neighbours->list, (size_t)sum + 1, sizeof *neighbours->list, error));
    return pd_ranges_for(n, neighbours->of->threads, fill_range, neighbours, error);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Several edges may lead to one neighbour. */
static uint64_t find_shared(const struct neighbours *neighbours, uint32_t *list, size_t n)
{
    uint64_t seen = 0;
    uint64_t shared = 0;
    if (n > 1) qsort(list, n, sizeof *list, by_number);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && list[i] == list[i - 1]) continue;
        shared |= seen & neighbours->sources[list[i]];
        seen |= neighbours->sources[list[i]];
    }
    return shared;
}

/* pd_parallel_body */
static enum padan_status share_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct neighbours *neighbours = context;
    const size_t n = neighbours->of->table->n_records, begin = chunk * CHUNK_CLUSTERS;
    const size_t end = n - begin < CHUNK_CLUSTERS ? n : begin + CHUNK_CLUSTERS;
    (void)worker, (void)error;
    for (size_t c = begin; c < end; c++)
        neighbours->shared[c] =
            find_shared(neighbours, neighbours->list + neighbours->at[c], neighbours->at[c + 1] - neighbours->at[c]);
    return PADAN_OK;
}

/* Has a cluster another candidate than `other`, its neighbour, in one of that one's sources? */
static bool has_rival(const struct neighbours *neighbours, uint32_t cluster, uint32_t other)
{
    return (neighbours->shared[cluster] & neighbours->sources[other]) != 0;
}

static bool are_only(const struct neighbours *neighbours, struct ends ends)
{
    return (neighbours->sources[ends.left] & neighbours->sources[ends.right]) == 0 &&
           !has_rival(neighbours, ends.left, ends.right) && !has_rival(neighbours, ends.right, ends.left);
}

static enum padan_status judge_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct neighbours *neighbours = context;
    const size_t n = neighbours->of->edges->n_edges, begin = chunk * CHUNK_EDGES;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) neighbours->only[i] = are_only(neighbours, ends_of(neighbours, i));
    return PADAN_OK;
}

static enum padan_status judge(struct neighbours *neighbours, struct padan_error *error)
{
    const struct pd_only_candidate_of *of = neighbours->of;
    PD_TRY(pd_allocate(&neighbours->sources, of->table->n_records, sizeof *neighbours->sources, error));
    PD_TRY(pd_allocate(&neighbours->at, of->table->n_records + 2, sizeof *neighbours->at, error));
    note_sources(neighbours);
    PD_TRY(list_neighbours(neighbours, error));
    PD_TRY(pd_allocate_array(&neighbours->shared, of->table->n_records, sizeof *neighbours->shared, error));
    PD_TRY(pd_parallel_for((of->table->n_records + CHUNK_CLUSTERS - 1) / CHUNK_CLUSTERS, of->threads, share_chunk,
                           neighbours, error));
    return pd_parallel_for((of->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES, of->threads, judge_chunk, neighbours,
                           error);
}

enum padan_status pd_cluster_only_candidates(const struct pd_only_candidate_of *of, uint8_t *only,
                                             struct padan_error *error)
{
    struct neighbours neighbours = { .of = of, .only = only };
    if (of->edges->n_edges > UINT32_MAX / 2)
        PD_FAIL(error, PADAN_LIMIT, "more than 2 billion kept pairs: raise the review threshold");
    const enum padan_status status = judge(&neighbours, error);
    pd_free(neighbours.sources);
    pd_free(neighbours.at);
    pd_free(neighbours.shared);
    pd_free(neighbours.list);
    return status;
}

/* SPDX-License-Identifier: MIT
 * How far the edges of a row to the anchor source are apart. */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "score/decide.h"
#include "score/edge_row.h"

enum { CHUNK_EDGES = 1 << 16, EDGES_AHEAD = 16 };

/* The two strongest edges of a row to the anchor source. */
struct strongest {
    pd_weight first, second;
    uint32_t edge;
    uint16_t n;
};

struct margins {
    const struct pd_decide_run *run;
    const struct pd_edges *edges;
    struct strongest *best; /* [n_records] */
    const struct pd_rivals *rivals;
};

static void note(struct strongest *best, pd_weight weight, uint32_t edge)
{
    if (best->n < UINT16_MAX) best->n++;
    if (best->n == 1 || weight > best->first) {
        best->second = best->first;
        best->first = weight;
        best->edge = edge;
    } else if (best->n == 2 || weight > best->second) {
        best->second = weight;
    }
}

static uint32_t row_of(const struct margins *margins, size_t edge)
{
    return pd_row_of_edge(margins->run->table, margins->run->anchor_source, &margins->edges->edges[edge]);
}

static void note_all(struct margins *margins)
{
    const size_t n = margins->edges->n_edges;
    for (size_t i = 0; i < n; i++) {
        const uint32_t ahead = n - i > EDGES_AHEAD ? row_of(margins, i + EDGES_AHEAD) : PD_NO_RECORD;
        if (ahead != PD_NO_RECORD) pd_prefetch_to_write(&margins->best[ahead]);
        const uint32_t row = row_of(margins, i);
        if (row != PD_NO_RECORD) note(&margins->best[row], margins->edges->edges[i].weight, (uint32_t)i);
    }
}

static void tell(const struct margins *margins, size_t edge)
{
    const struct pd_rivals *rivals = margins->rivals;
    const uint32_t row = row_of(margins, edge);
    rivals->margins[edge] = INT64_MAX;
    rivals->n_candidates[edge] = 1;
    if (row == PD_NO_RECORD) return;
    const struct strongest *best = &margins->best[row];
    rivals->n_candidates[edge] = best->n;
    if (best->n == 1) return;
    const pd_weight other = best->edge == edge ? best->second : best->first;
    rivals->margins[edge] = margins->edges->edges[edge].weight - other;
}

static enum padan_status tell_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct margins *margins = context;
    const size_t begin = chunk * CHUNK_EDGES, n = margins->edges->n_edges;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) tell(margins, i);
    return PADAN_OK;
}

enum padan_status pd_margins(const struct pd_decide_run *run, const struct pd_edges *edges, struct pd_rivals *rivals,
                             struct padan_error *error)
{
    static const pd_weight tie = PD_TIE_BITS * PD_WEIGHT_ONE;
    const size_t n_records = run->table->n_records;
    struct margins margins = { .run = run, .edges = edges, .rivals = rivals };
    PD_TRY(pd_allocate(&margins.best, n_records, sizeof *margins.best, error));
    note_all(&margins);
    const enum padan_status status =
        pd_parallel_for((edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES, run->threads, tell_chunk, &margins, error);
    for (size_t row = 0; row < n_records; row++) {
        const struct strongest *best = &margins.best[row];
        rivals->tied[row] = best->n > 1 && best->first - best->second < tie;
    }
    pd_free(margins.best);
    return status;
}

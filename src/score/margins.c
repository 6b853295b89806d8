/* SPDX-License-Identifier: MIT
 * How far the edges of a row to the anchor source are apart. The strongest edges are found for ranges of rows, each of
 * which goes through all edges: they are read in order, which is cheap, and the rows they are of are not. */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "score/decide.h"
#include "score/edge_row.h"

enum { CHUNK_EDGES = 1 << 16, EDGES_AHEAD = 16, RANGES_MAX = 8 };

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
    size_t n_ranges;
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

/* The strongest of the rows [begin, end); no row is PD_NO_RECORD. */
static void note_rows(const struct margins *margins, size_t begin, size_t end)
{
    const size_t n = margins->edges->n_edges, n_rows = end - begin;
    for (size_t i = 0; i < n; i++) {
        const uint32_t ahead = n - i > EDGES_AHEAD ? row_of(margins, i + EDGES_AHEAD) : PD_NO_RECORD;
        if (ahead - begin < n_rows) pd_prefetch_to_write(&margins->best[ahead]);
        const uint32_t row = row_of(margins, i);
        if (row - begin < n_rows) note(&margins->best[row], margins->edges->edges[i].weight, (uint32_t)i);
    }
}

static enum padan_status note_range(void *context, size_t range, int worker, struct padan_error *error)
{
    static const pd_weight tie = PD_TIE_BITS * PD_WEIGHT_ONE;
    const struct margins *margins = context;
    const size_t n_records = margins->run->table->n_records;
    const size_t begin = range * n_records / margins->n_ranges, end = (range + 1) * n_records / margins->n_ranges;
    (void)worker, (void)error;
    memset(margins->best + begin, 0, (end - begin) * sizeof *margins->best);
    note_rows(margins, begin, end);
    for (size_t row = begin; row < end; row++) {
        const struct strongest *best = &margins->best[row];
        margins->rivals->tied[row] = best->n > 1 && best->first - best->second < tie;
    }
    return PADAN_OK;
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
    const size_t n_chunks = (edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    struct margins margins = { .run = run, .edges = edges, .rivals = rivals, .n_ranges = RANGES_MAX };
    if (run->threads < RANGES_MAX) margins.n_ranges = run->threads < 1 ? 1 : (size_t)run->threads;
    PD_TRY(pd_allocate_array(&margins.best, run->table->n_records, sizeof *margins.best, error));
    enum padan_status status = pd_parallel_for(margins.n_ranges, run->threads, note_range, &margins, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, run->threads, tell_chunk, &margins, error);
    pd_free(margins.best);
    return status;
}

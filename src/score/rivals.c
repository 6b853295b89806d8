/* SPDX-License-Identifier: MIT
 * Candidates are counted for ranges of rows, each of which goes through all edges: they are read in order, which is
 * cheap, and the rows they are of are not. Rows that have several candidates are few, so that their strongest edges
 * stay in the cache. */
#include "score/rivals.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "score/edge_row.h"

enum { EDGES_AHEAD = 16, RANGES_MAX = 8 };

struct finding {
    const struct pd_rivals_of *of;
    struct pd_rivals *rivals;
    uint8_t *tied;
    size_t n_ranges;
};

/* Rows [begin, end), whole words of bits but for the last. */
struct range {
    size_t begin, end;
};

static struct range range_of(const struct finding *finding, size_t number)
{
    const size_t n_records = finding->of->table->n_records, n_words = finding->rivals->several.n_words;
    const size_t begin = number * n_words / finding->n_ranges * PD_FEW_WORD_BITS;
    const size_t end = (number + 1) * n_words / finding->n_ranges * PD_FEW_WORD_BITS;
    return (struct range){ begin, end < n_records ? end : n_records };
}

static uint32_t row_of(const struct finding *finding, size_t edge)
{
    return pd_row_of_edge(finding->of->table, finding->of->anchor_source, &finding->of->edges->edges[edge]);
}

static enum padan_status count_range(void *context, size_t number, int worker, struct padan_error *error)
{
    const struct finding *finding = context;
    const struct range range = range_of(finding, number);
    const size_t n = finding->of->edges->n_edges, n_rows = range.end - range.begin;
    uint16_t *counts = finding->rivals->n_candidates;
    (void)worker, (void)error;
    memset(counts + range.begin, 0, n_rows * sizeof *counts);
    memset(finding->tied + range.begin, 0, n_rows);
    for (size_t i = 0; i < n; i++) {
        const uint32_t ahead = n - i > EDGES_AHEAD ? row_of(finding, i + EDGES_AHEAD) : PD_NO_RECORD;
        if (ahead - range.begin < n_rows) pd_prefetch_to_write(&counts[ahead]);
        const uint32_t row = row_of(finding, i); /* PD_NO_RECORD is in no range */
        if (row - range.begin < n_rows && counts[row] < UINT16_MAX) counts[row]++;
    }
    for (size_t row = range.begin; row < range.end; row++)
        if (counts[row] > 1) pd_few_rows_add(&finding->rivals->several, row);
    return PADAN_OK;
}

static void note(struct pd_two_best *best, pd_weight weight)
{
    if (weight > best->first) {
        best->second = best->first;
        best->first = weight;
    } else if (weight > best->second) {
        best->second = weight;
    }
}

static enum padan_status compare_range(void *context, size_t number, int worker, struct padan_error *error)
{
    static const pd_weight tie = PD_TIE_BITS * PD_WEIGHT_ONE;
    const struct finding *finding = context;
    const struct pd_rivals *rivals = finding->rivals;
    const struct pd_edges *edges = finding->of->edges;
    const struct range range = range_of(finding, number);
    const size_t n_rows = range.end - range.begin;
    (void)worker, (void)error;
    for (size_t row = range.begin; row < range.end; row++)
        if (rivals->n_candidates[row] > 1) *pd_rivals_best(rivals, row) = (struct pd_two_best){ INT64_MIN, INT64_MIN };
    for (size_t i = 0; i < edges->n_edges; i++) {
        const uint32_t row = row_of(finding, i);
        if (row - range.begin < n_rows && rivals->n_candidates[row] > 1)
            note(pd_rivals_best(rivals, row), edges->edges[i].weight);
    }
    for (size_t row = range.begin; row < range.end; row++) {
        if (rivals->n_candidates[row] < 2) continue;
        const struct pd_two_best *best = pd_rivals_best(rivals, row);
        finding->tied[row] = best->first - best->second < tie;
    }
    return PADAN_OK;
}

enum padan_status pd_rivals_find(const struct pd_rivals_of *of, struct pd_rivals *rivals, uint8_t *tied,
                                 struct padan_error *error)
{
    struct finding finding = { of, rivals, tied, RANGES_MAX };
    if (of->threads < RANGES_MAX) finding.n_ranges = of->threads < 1 ? 1 : (size_t)of->threads;
    *rivals = (struct pd_rivals){ 0 };
    PD_TRY(pd_allocate_array(&rivals->n_candidates, of->table->n_records, sizeof *rivals->n_candidates, error));
    PD_TRY(pd_few_rows_make(of->table->n_records, &rivals->several, error));
    PD_TRY(pd_parallel_for(finding.n_ranges, of->threads, count_range, &finding, error));
    const size_t n_several = pd_few_rows_number(&rivals->several);
    PD_TRY(pd_allocate_array(&rivals->best, n_several + 1, sizeof *rivals->best, error));
    return pd_parallel_for(finding.n_ranges, of->threads, compare_range, &finding, error);
}

void pd_rivals_reset(struct pd_rivals *rivals)
{
    pd_free(rivals->n_candidates);
    pd_few_rows_reset(&rivals->several);
    pd_free(rivals->best);
    *rivals = (struct pd_rivals){ 0 };
}

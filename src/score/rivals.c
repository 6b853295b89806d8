/* SPDX-License-Identifier: MIT
 * Candidates are counted for ranges of rows, each of which goes through all edges: they are read in order, which is
 * cheap, and the rows they are of are not. Rows that have several candidates are few, so that their strongest edges
 * stay in the cache. */
#include "score/rivals.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "score/edge_row.h"

enum { EDGES_AHEAD = 16, RANGES_MAX = 8, WORD_BITS = 64 };

struct finding {
    const struct pd_rivals_of *of;
    struct pd_rivals *rivals;
    uint8_t *tied;
    size_t n_words, n_ranges;
};

/* Rows [begin, end), whole words of bits but for the last. */
struct range {
    size_t begin, end;
};

static struct range range_of(const struct finding *finding, size_t number)
{
    const size_t n_records = finding->of->table->n_records;
    const size_t end = (number + 1) * finding->n_words / finding->n_ranges * WORD_BITS;
    return (struct range){ number * finding->n_words / finding->n_ranges * WORD_BITS,
                           end < n_records ? end : n_records };
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
        finding->rivals->several[row / WORD_BITS] |= (uint64_t)(counts[row] > 1) << (row % WORD_BITS);
    return PADAN_OK;
}

/* Numbers the rows that have several candidates. Returns how many there are. */
static size_t rank_rows(const struct finding *finding)
{
    uint32_t n = 0;
    for (size_t word = 0; word < finding->n_words; word++) {
        finding->rivals->before[word] = n;
        n += (uint32_t)__builtin_popcountll(finding->rivals->several[word]);
    }
    return n;
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
    struct finding finding = { of, rivals, tied, of->table->n_records / WORD_BITS + 1, RANGES_MAX };
    if (of->threads < RANGES_MAX) finding.n_ranges = of->threads < 1 ? 1 : (size_t)of->threads;
    *rivals = (struct pd_rivals){ 0 };
    PD_TRY(pd_allocate_array(&rivals->n_candidates, of->table->n_records, sizeof *rivals->n_candidates, error));
    PD_TRY(pd_allocate(&rivals->several, finding.n_words, sizeof *rivals->several, error));
    PD_TRY(pd_allocate_array(&rivals->before, finding.n_words, sizeof *rivals->before, error));
    PD_TRY(pd_parallel_for(finding.n_ranges, of->threads, count_range, &finding, error));
    PD_TRY(pd_allocate_array(&rivals->best, rank_rows(&finding) + 1, sizeof *rivals->best, error));
    return pd_parallel_for(finding.n_ranges, of->threads, compare_range, &finding, error);
}

void pd_rivals_reset(struct pd_rivals *rivals)
{
    pd_free(rivals->n_candidates);
    pd_free(rivals->several);
    pd_free(rivals->before);
    pd_free(rivals->best);
    *rivals = (struct pd_rivals){ 0 };
}

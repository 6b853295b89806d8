/* SPDX-License-Identifier: MIT
 * How far the edges of a row to the anchor source are apart. */
#include "base/memory.h"
#include "score/decide.h"
#include "score/edge_row.h"

/* The two strongest edges of a row to the anchor source. */
struct strongest {
    pd_weight first, second;
    uint32_t edge;
    uint16_t n;
};

static void note(struct strongest *best, pd_weight weight, uint32_t edge)
{
    if (best->n < UINT16_MAX) best->n++;
    if (best->n == 1 || weight > best->first) {
        best->second = best->n == 1 ? INT64_MIN : best->first;
        best->first = weight;
        best->edge = edge;
    } else if (best->n == 2 || weight > best->second) {
        best->second = weight;
    }
}

enum padan_status pd_margins(const struct pd_table *table, int anchor_source, const struct pd_edges *edges,
                             pd_weight *margins, uint16_t *n_candidates, uint8_t *tied, struct padan_error *error)
{
    static const pd_weight tie = PD_TIE_BITS * PD_WEIGHT_ONE;
    struct strongest *best = NULL;
    PD_TRY(pd_allocate(&best, table->n_records, sizeof *best, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        const uint32_t row = pd_row_of_edge(table, anchor_source, &edges->edges[i]);
        if (row != PD_NO_RECORD) note(&best[row], edges->edges[i].weight, (uint32_t)i);
    }
    for (size_t i = 0; i < edges->n_edges; i++) {
        const uint32_t row = pd_row_of_edge(table, anchor_source, &edges->edges[i]);
        margins[i] = INT64_MAX;
        n_candidates[i] = 1;
        if (row == PD_NO_RECORD) continue;
        n_candidates[i] = best[row].n;
        if (best[row].n == 1) continue;
        const pd_weight other = best[row].edge == i ? best[row].second : best[row].first;
        margins[i] = edges->edges[i].weight - other;
    }
    for (size_t row = 0; row < table->n_records; row++)
        tied[row] = best[row].n > 1 && best[row].first - best[row].second < tie;
    pd_free(best);
    return PADAN_OK;
}

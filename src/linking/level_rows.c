/* SPDX-License-Identifier: MIT
 * Method: a table of a fixed size that is never full, filled from every n-th edge. */
#include "linking/level_rows.h"

#include "base/memory.h"

enum { ROWS_MAX = PD_LEVEL_ROW_SLOTS / 2, SAMPLE = 1 << 16 };

static enum padan_status learn(struct pd_level_rows *rows, const struct pd_edges *edges, size_t edge,
                               pd_make_level_row *make, const void *context, size_t *capacity,
                               struct padan_error *error)
{
    const uint64_t levels = pd_level_row_key(edges, edge);
    size_t slot = pd_mix64(levels) % PD_LEVEL_ROW_SLOTS;
    while (rows->slots[slot] != 0) {
        if (rows->rows[rows->slots[slot] - 1].levels == levels) return PADAN_OK;
        slot = (slot + 1) % PD_LEVEL_ROW_SLOTS;
    }
    PD_TRY(pd_grow(&rows->rows, capacity, rows->n_rows + 1, sizeof *rows->rows, error));
    struct pd_level_row *row = &rows->rows[rows->n_rows];
    *row = (struct pd_level_row){ .levels = levels };
    if (!make(context, edges->gammas + edge * edges->n_comparisons, row)) return PADAN_OK;
    rows->slots[slot] = (uint16_t)++rows->n_rows;
    return PADAN_OK;
}

enum padan_status pd_level_rows_make(struct pd_level_rows *rows, const struct pd_edges *edges, pd_make_level_row *make,
                                     const void *context, struct padan_error *error)
{
    const size_t step = edges->n_edges / SAMPLE + 1;
    size_t capacity = 0;
    *rows = (struct pd_level_rows){ .n_comparisons = edges->n_comparisons };
    if (edges->n_comparisons == 0 || edges->n_comparisons > PD_LEVEL_ROW_COMPARISONS) return PADAN_OK;
    PD_TRY(pd_allocate(&rows->slots, PD_LEVEL_ROW_SLOTS, sizeof *rows->slots, error));
    for (size_t edge = 0; edge < edges->n_edges && rows->n_rows < ROWS_MAX; edge += step)
        PD_TRY(learn(rows, edges, edge, make, context, &capacity, error));
    return PADAN_OK;
}

void pd_level_rows_reset(struct pd_level_rows *rows)
{
    pd_free(rows->rows);
    pd_free(rows->slots);
    *rows = (struct pd_level_rows){ 0 };
}

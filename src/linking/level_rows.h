/* SPDX-License-Identifier: MIT
 * Rows of levels as they are written. Millions of pairs have a few thousand different rows of levels, and ten of these
 * are most of them: the text of a row is made once and copied, with gaps where a level weighs what the pair's values
 * do. Rows are learned from a sample of the pairs; one that is not known is written level by level
 * (linking/level_fields.h). */
#ifndef PD_LINKING_LEVEL_ROWS_H
#define PD_LINKING_LEVEL_ROWS_H

#include "base/hash.h"
#include "base/pen.h"
#include "model/pair.h"

/* Text is copied PD_LEVEL_ROW_PIECE bytes at a time, which may run over its end. */
enum { PD_LEVEL_ROW_GAPS = 3, PD_LEVEL_ROW_BYTES = 128, PD_LEVEL_ROW_PIECE = 64, PD_LEVEL_ROW_COMPARISONS = 8 };

struct pd_level_row {
    uint64_t levels; /* a byte per comparison */
    pd_weight sum;   /* of the levels that weigh the same in all pairs */
    uint8_t n_gaps;
    uint8_t left_over;                      /* the gap whose weight is best told by what the whole weighs */
    uint8_t gaps[PD_LEVEL_ROW_GAPS];        /* comparisons, in order: a comma and what each weighs is to be written */
    uint8_t lengths[PD_LEVEL_ROW_GAPS + 1]; /* of the text before each gap, and after the last */
    char text[PD_LEVEL_ROW_BYTES + PD_LEVEL_ROW_PIECE];
};

/* Makes the row of these levels but for `levels`; false when it is not one to keep: it is too long or has too many
 * gaps. */
typedef bool pd_make_level_row(const void *context, const int8_t *gammas, struct pd_level_row *row);

struct pd_level_rows {
    struct pd_level_row *rows; /* [n_rows] */
    uint16_t *slots;           /* by hash of the levels: index + 1 of a row, 0 = none */
    size_t n_rows;
    size_t n_comparisons;
};

/* Learns the rows of a sample of the edges. Of models with more comparisons than fit none is kept. */
PADAN_MUST_CHECK enum padan_status pd_level_rows_make(struct pd_level_rows *rows, const struct pd_edges *edges,
                                                      pd_make_level_row *make, const void *context,
                                                      struct padan_error *error);
void pd_level_rows_reset(struct pd_level_rows *rows);

enum { PD_LEVEL_ROW_SLOTS = 1 << 13 };

/* The levels of an edge in a word. Eight bytes are read at once where that many follow. */
static inline uint64_t pd_level_row_key(const struct pd_edges *edges, size_t edge)
{
    const size_t n = edges->n_comparisons, first = edge * n;
    uint64_t word = 0;
    if (first + sizeof word > edges->n_edges * n) {
        memcpy(&word, edges->gammas + first, n);
        return word;
    }
    memcpy(&word, edges->gammas + first, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word >> 8 * (sizeof word - n) << 8 * (sizeof word - n);
#else
    return word << 8 * (sizeof word - n) >> 8 * (sizeof word - n);
#endif
}

/* The row of an edge's levels, NULL when it is not known. */
static inline const struct pd_level_row *pd_level_row_of(const struct pd_level_rows *rows, const struct pd_edges *edges,
                                                         size_t edge)
{
    if (rows->n_rows == 0) return NULL;
    const uint64_t levels = pd_level_row_key(edges, edge);
    for (size_t slot = pd_mix64(levels);; slot++) {
        const unsigned index = rows->slots[slot % PD_LEVEL_ROW_SLOTS];
        if (index == 0) return NULL;
        if (rows->rows[index - 1].levels == levels) return &rows->rows[index - 1];
    }
}

#endif

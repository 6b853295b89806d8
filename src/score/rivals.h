/* SPDX-License-Identifier: MIT
 * How far the edges of a row to the anchor source are apart. */
#ifndef PD_SCORE_RIVALS_H
#define PD_SCORE_RIVALS_H

#include "base/few_rows.h"
#include "model/linkage.h"

/* The two strongest edges of a row to the anchor. */
struct pd_two_best {
    pd_weight first, second;
};

/* Most rows have one candidate or none. */
struct pd_rivals {
    uint16_t *n_candidates;     /* [n_records] edges of a row to the anchor */
    struct pd_few_rows several; /* rows that have more than one, ... */
    struct pd_two_best *best;   /* ... and their strongest, by place */
};

/* Of whose edges and where. */
struct pd_rivals_of {
    const struct pd_table *table;
    int anchor_source; /* -1: no edge is to it */
    const struct pd_edges *edges;
    int threads;
};

/* Counts the candidates of every row and finds the strongest. tied [n_records] out: 1 for a row whose two strongest
 * edges to the anchor are within PD_TIE_BITS. OUT_OF_MEMORY; to be reset also then. */
PADAN_MUST_CHECK enum padan_status pd_rivals_find(const struct pd_rivals_of *of, struct pd_rivals *rivals,
                                                  uint8_t *tied, struct padan_error *error);
void pd_rivals_reset(struct pd_rivals *rivals);

/* The strongest edges of a row that has several candidates. */
static inline struct pd_two_best *pd_rivals_best(const struct pd_rivals *rivals, size_t row)
{
    return &rivals->best[pd_few_rows_place(&rivals->several, row)];
}

/* Weight of an edge of a row to the anchor minus that of the row's strongest other one, INT64_MAX without one. */
static inline pd_weight pd_rivals_margin(const struct pd_rivals *rivals, uint32_t row, pd_weight weight)
{
    if (rivals->n_candidates[row] < 2) return INT64_MAX;
    const struct pd_two_best *best = pd_rivals_best(rivals, row);
    return weight - (weight == best->first ? best->second : best->first);
}

#endif

/* SPDX-License-Identifier: MIT
 * From weight to class: the thresholds first, then the model's decisions (ordered conditions, the first true one
 * speaks). A decision lowers the class; one that certifies sets it, for pairs that reached the review threshold.
 *
 * Conditions (one-row mode) may read
 *   gamma_<comparison>, match_weight, match_probability,
 *   selisih_bobot (bits to the next candidate of the row, large when there is none), n_calon,
 *   nik_orang_lain (the row's own NIK belongs to another person of the anchor source),
 *   baris_<column>, acuan_<column>: values of the row and of the anchor's row (right row when neither is an anchor). */
#ifndef PD_SCORE_DECIDE_H
#define PD_SCORE_DECIDE_H

#include "model/linkage.h"

struct pd_decide_run {
    const struct pd_model *model; /* decisions are bound in place */
    const struct pd_table *table;
    int anchor_source;            /* -1: none */
    const uint32_t *nik_owner;    /* [n_records] or NULL */
    const pd_weight *margins;     /* [n_edges] */
    const uint16_t *n_candidates; /* [n_edges] */
    int threads;
};

/* Sets class and decision of every edge. BAD_ARGUMENT when a decision names an unknown value. */
PADAN_MUST_CHECK enum padan_status pd_decide(const struct pd_decide_run *run, struct pd_edges *edges,
                                             struct padan_error *error);

/* Margin and number of candidates of every edge between a row and the anchor source: weight minus the strongest other
 * edge of the same row to the anchor (INT64_MAX without one). Edges must be grouped by record through linkage arrays.
 * Edges that touch no anchor get INT64_MAX and 1. */
PADAN_MUST_CHECK enum padan_status pd_margins(const struct pd_table *table, int anchor_source,
                                              const struct pd_edges *edges, pd_weight *margins, uint16_t *n_candidates,
                                              struct padan_error *error);

#endif

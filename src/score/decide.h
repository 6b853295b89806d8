/* SPDX-License-Identifier: MIT
 * From weight to class: the thresholds first, then the model's decisions (ordered conditions, the first true one
 * speaks). A decision lowers the class; one that certifies sets it, for pairs that reached the review threshold.
 *
 * Conditions (one-row mode) may read
 *   gamma_<comparison>, match_weight, match_probability,
 *   bidang_kuat (independent fields that speak strongly for the pair; model/strong_fields.h),
 *   selisih_bobot (bits to the next candidate of the row, large when there is none), n_calon,
 *   nik_orang_lain (the row's own NIK belongs to another person of the anchor source),
 *   nik_dua_orang (the NIKs of both rows belong to people of the anchor source, and not to one),
 *   ke_register (one of the rows is the anchor's), tanpa_register (there is no anchor),
 *   seri_register (neither is, and for one of them two people of the anchor are equally likely: within two bits),
 *   baris_<column>, acuan_<column>: values of the row and of the anchor's row (right row when neither is an anchor). */
#ifndef PD_SCORE_DECIDE_H
#define PD_SCORE_DECIDE_H

#include "model/linkage.h"

enum { PD_TIE_BITS = 2 };

struct pd_decide_run {
    const struct pd_model *model; /* decisions are bound in place */
    const struct pd_table *table;
    int anchor_source;            /* -1: none */
    const uint32_t *nik_owner;    /* [n_records] or NULL */
    const pd_weight *margins;     /* [n_edges], NULL: no edge has a rival */
    const uint16_t *n_candidates; /* [n_edges], NULL: 1 */
    const uint8_t *tied;          /* [n_records] two anchor rows within PD_TIE_BITS; NULL = nobody */
    bool only_new;                /* edges that have a class keep it */
    int threads;
};

/* Sets class and decision of every edge. BAD_ARGUMENT when a decision names an unknown value. */
PADAN_MUST_CHECK enum padan_status pd_decide(const struct pd_decide_run *run, struct pd_edges *edges,
                                             struct padan_error *error);

/* The same without an anchor source: every pair has one candidate and no rival. */
PADAN_MUST_CHECK enum padan_status pd_decide_alone(const struct pd_model *model, const struct pd_table *table,
                                                   int threads, struct pd_edges *edges, struct padan_error *error);

struct pd_rivals {
    pd_weight *margins;     /* [n_edges] */
    uint16_t *n_candidates; /* [n_edges] */
    uint8_t *tied;          /* [n_records] */
};

/* Margin and number of candidates of every edge between a row and the anchor source of run: weight minus the strongest
 * other edge of the same row to the anchor (INT64_MAX without one). Edges that touch no anchor get INT64_MAX and 1.
 * tied: 1 for a row whose two strongest edges to the anchor are within PD_TIE_BITS. */
PADAN_MUST_CHECK enum padan_status pd_margins(const struct pd_decide_run *run, const struct pd_edges *edges,
                                              struct pd_rivals *rivals, struct padan_error *error);

#endif

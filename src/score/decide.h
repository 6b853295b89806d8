/* SPDX-License-Identifier: MIT
 * From weight to class: the thresholds first, then the model's decisions (ordered conditions, the first true one
 * speaks). A decision lowers the class; one that certifies sets it, for pairs that reached the review threshold.
 *
 * Conditions (one-row mode) may read
 *   gamma_<comparison>, match_weight, match_probability,
 *   bidang_kuat (independent fields that speak strongly for the pair; model/strong_fields.h),
 *   selisih_bobot (bits to the next candidate of the row, large when there is none), n_calon,
 *   kembar_register (it may as well be a twin of the anchor's person whom it resembles most; score/twins.h),
 *   nik_orang_lain (the row's own NIK belongs to another person of the anchor source),
 *   nik_dua_orang (the NIKs of both rows belong to people of the anchor source, and not to one),
 *   ke_register (one of the rows is the anchor's), tanpa_register (there is no anchor),
 *   seri_register (neither is, and for one of them two people of the anchor are equally likely: within two bits,
 *   or twins),
 *   calon_tunggal (without an anchor: the two people are each other's only candidates; cluster/only_candidate.h),
 *   baris_<column>, acuan_<column>: values of the row and of the anchor's row (right row when neither is an anchor). */
#ifndef PD_SCORE_DECIDE_H
#define PD_SCORE_DECIDE_H

#include "score/rivals.h"

struct pd_decide_run {
    const struct pd_model *model; /* decisions are bound in place */
    const struct pd_table *table;
    int anchor_source;              /* -1: none */
    const uint32_t *nik_owner;      /* [n_records] or NULL */
    const struct pd_rivals *rivals; /* of the edges as they are; NULL: no edge has a rival */
    const uint8_t *tied;            /* [n_records] who may be two people of the anchor (score/twins.h); NULL = nobody */
    const uint8_t *only;            /* [n_edges] calon_tunggal; NULL = of no edge */
    const uint8_t *again;           /* [n_records] edges of rows that are not marked keep a class that they have; NULL:
                                     * none does */
    int threads;
};

/* Sets class and decision of every edge. BAD_ARGUMENT when a decision names an unknown value. */
PADAN_MUST_CHECK enum padan_status pd_decide(const struct pd_decide_run *run, struct pd_edges *edges,
                                             struct padan_error *error);

/* The same without an anchor source: every pair has one candidate and no rival. */
PADAN_MUST_CHECK enum padan_status pd_decide_alone(const struct pd_model *model, const struct pd_table *table,
                                                   int threads, struct pd_edges *edges, struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * The columns gamma_* and mw_* of a file of pairs. What a level weighs is the same for all pairs, but for term
 * frequencies: its field is formatted once. */
#ifndef PD_LINKING_LEVEL_FIELDS_H
#define PD_LINKING_LEVEL_FIELDS_H

#include "base/pen.h"
#include "compare/plan.h"
#include "model/pair.h"

struct pd_level_field; /* of a level that a comparison may have */

struct pd_level_fields {
    const struct pd_plan *plan;
    unsigned decimals;
    size_t n_comparisons, n_gammas;
    size_t *written; /* [n_written] comparisons that have columns: those that are not absent */
    size_t n_written;
    struct pd_level_field *fields; /* [n_comparisons][n_gammas], gamma -1 first */
};

/* decimals: of the weights. The plan must outlive the fields. */
PADAN_MUST_CHECK enum padan_status pd_level_fields_make(struct pd_level_fields *fields, const struct pd_plan *plan,
                                                        unsigned decimals, struct padan_error *error);
void pd_level_fields_reset(struct pd_level_fields *fields);
/* ",gamma_*" of all names but those of absent comparisons, then ",mw_*": the header of what pd_pen_levels writes. */
void pd_append_level_names(struct pd_buffer *out, const struct pd_model *model);
/* The levels of an edge and what each weighs, a comma before each. Several threads may call it. */
struct pd_pen pd_pen_levels(struct pd_pen pen, const struct pd_level_fields *fields, const struct pd_edges *edges,
                            size_t index);
/* What an edge weighs beyond its levels and the prior: what other rows say of it. */
pd_weight pd_beyond_levels(const struct pd_plan *plan, const struct pd_edges *edges, size_t index);
/* Brings near what pd_pen_levels will read of an edge some edges ahead; to be called of every edge in turn. */
void pd_prefetch_levels(const struct pd_level_fields *fields, const struct pd_edges *edges, size_t index);

#endif

/* SPDX-License-Identifier: MIT
 * What a rule with arrays to explode asks of pairs beyond its keys: conditions over its own exploded table. */
#ifndef PD_LINKING_EXPLODED_RESIDUALS_H
#define PD_LINKING_EXPLODED_RESIDUALS_H

#include "block/block.h"
#include "compare/condition.h"

struct pd_exploded_residual {
    struct pd_conditions conditions;
    struct pd_test *tests; /* [n_tests], all must hold */
    size_t n_tests;
    struct pd_condition_worker *workers; /* [threads] */
    int threads;
};

/* *residual is NULL for a pass that asks nothing more. */
PADAN_MUST_CHECK enum padan_status pd_exploded_residual_make(const struct pd_pass *pass, int threads,
                                                             struct pd_exploded_residual **residual,
                                                             struct padan_error *error);
void pd_exploded_residual_free(struct pd_exploded_residual *residual);
/* left, right: entries. */
bool pd_exploded_residual_holds(const struct pd_exploded_residual *residual, int worker, uint32_t left, uint32_t right);

#endif

/* SPDX-License-Identifier: MIT
 * The pair filter of a plan: for everything that packed rows can tell of a pair, whether some completion of it reaches
 * the weight needed. Tests that rows say nothing about count as possibly true and possibly not, so a pair that is
 * refused could never have been kept. */
#ifndef PD_COMPARE_PAIR_BOUNDS_H
#define PD_COMPARE_PAIR_BOUNDS_H

#include "compare/plan.h"
#include "model/pair_filter.h"

/* Asks for fields of the columns that the plan's comparisons read, and for whole words of those whose distance decides.
 * OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_pair_bounds_fields(const struct pd_plan *plan, struct pd_packed_rows *rows,
                                                         struct padan_error *error);
/* Makes the filter over filled rows. OUT_OF_MEMORY. Cost: 2^bits walks over the plan's levels, bits <= 14. */
PADAN_MUST_CHECK enum padan_status pd_pair_bounds_make(const struct pd_plan *plan, const struct pd_packed_rows *rows,
                                                       pd_weight needed, struct pd_pair_filter *filter,
                                                       struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Taking the one-sided parts out of a condition that the interpreter will be asked about for every pair: calls, casts
 * and the like of one row become columns, and only what needs both rows is left. */
#ifndef PD_COMPARE_HOIST_H
#define PD_COMPARE_HOIST_H

#include "model/derive.h"

/* A tree of the same value, in arena; parts that are left as they are, are shared with expression. May add columns to
 * the deriver's table. */
PADAN_MUST_CHECK enum padan_status pd_hoist_parts(struct pd_deriver *deriver, struct pd_arena *arena,
                                                  const struct pd_expression *expression,
                                                  const struct pd_expression **out, struct padan_error *error);

#endif

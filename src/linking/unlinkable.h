/* SPDX-License-Identifier: MIT
 * Rows that no row can be linked to: even one with the same values would weigh less than a link has to, because too few
 * fields are filled, or only with what many have. */
#ifndef PD_LINKING_UNLINKABLE_H
#define PD_LINKING_UNLINKABLE_H

#include "linking/linker.h"

/* Counts the rows whose pair with themselves, at the prior of any two sources of the scope, does not reach the weight
 * that links these. Scores every row once. Before the first run of the linker, which may drop columns; not of one made
 * for runs alone. */
PADAN_MUST_CHECK enum padan_status pd_unlinkable_rows(const struct pd_linker *linker, const struct pd_scope *scope,
                                                      const struct pd_link_thresholds *thresholds, uint64_t *n,
                                                      struct padan_error *error);

#endif

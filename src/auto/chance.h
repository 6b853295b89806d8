/* SPDX-License-Identifier: MIT
 * Numbers whose equality is no evidence: numbers of rows that repeat by chance or by a slip (of an admission, a
 * receipt, a file). One of a row that never repeats is known by that (kind.h); when two rows in a thousand share
 * theirs, it tells as little. */
#ifndef PD_AUTO_CHANCE_H
#define PD_AUTO_CHANCE_H

#include "auto/equal_pairs.h"

/* Leaves out columns whose values nearly never repeat and, where they do, in rows that have no other value in common
 * that few rows share. Rows that share the number of a person have: then it is kept. */
PADAN_MUST_CHECK enum padan_status pd_auto_leave_out_chance(const struct pd_auto_data *data,
                                                            struct pd_profiles *profiles, struct pd_arena *arena,
                                                            struct padan_error *error);

#endif

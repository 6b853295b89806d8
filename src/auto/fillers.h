/* SPDX-License-Identifier: MIT
 * Values that are written where nothing is known: 01.01.1900, 0000000000, unknown. */
#ifndef PD_AUTO_FILLERS_H
#define PD_AUTO_FILLERS_H

#include "auto/equal_pairs.h"

/* Looks at the most frequent values of each column in rows that have two other columns in common, which few rows have.
 * These mostly agree in the column too, whatever its value; one that the other row has no more often than it would by
 * chance, and various values instead, stands for nothing and counts as missing (`fillers`). Memory in the arena. Cost
 * O(rows) per pair of columns, where a column has frequent values. */
PADAN_MUST_CHECK enum padan_status pd_auto_mind_fillers(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                                        struct pd_arena *arena, struct padan_error *error);

#endif

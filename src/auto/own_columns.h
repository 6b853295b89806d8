/* SPDX-License-Identifier: MIT
 * Columns that only one source of a link has say nothing of a pair across, but much of two rows inside: rows that agree
 * in all that both sources have, and differ in a first name and a date of birth that only theirs has, are people of one
 * household and not one person who stands twice. */
#ifndef PD_AUTO_OWN_COLUMNS_H
#define PD_AUTO_OWN_COLUMNS_H

#include "auto/profile.h"

/* Sets `own` of the profiles in one source only that tell its people apart: names that few rows share, dates that span
 * a life. Cost O(rows log rows) of samples. */
PADAN_MUST_CHECK enum padan_status pd_auto_find_own(const struct pd_table *table, struct pd_profiles *profiles,
                                                    struct padan_error *error);
/* Whether two rows of one source differ in all of its own columns in which both have a value, and have one. */
bool pd_auto_differ_in_own(const struct pd_table *table, const struct pd_profiles *profiles, size_t left, size_t right);

#endif

/* SPDX-License-Identifier: MIT
 * Dates of birth span a life; those of admissions, payments and entries no more years than a file is kept. */
#ifndef PD_AUTO_DATE_SPAN_H
#define PD_AUTO_DATE_SPAN_H

#include "auto/profile.h"

/* Sets of_a_file of the columns of dates. Cost O(rows log rows) of a sample. */
PADAN_MUST_CHECK enum padan_status pd_auto_date_spans(const struct pd_table *table, struct pd_profiles *profiles,
                                                      struct padan_error *error);

#endif

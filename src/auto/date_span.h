/* SPDX-License-Identifier: MIT
 * Dates of birth span a life; those of admissions, payments and entries no more years than a file is kept. But of
 * babies and pupils those of birth do neither: they are told by being the same wherever names are. */
#ifndef PD_AUTO_DATE_SPAN_H
#define PD_AUTO_DATE_SPAN_H

#include "auto/equal_pairs.h"

/* Sets of_a_file of the columns of dates. Cost O(rows log rows) of samples. */
PADAN_MUST_CHECK enum padan_status pd_auto_date_spans(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                                      struct padan_error *error);
/* The same of one column of dates, by the years they span alone. */
PADAN_MUST_CHECK enum padan_status pd_auto_date_span(const struct pd_table *table, struct pd_profile *profile,
                                                     struct padan_error *error);

#endif

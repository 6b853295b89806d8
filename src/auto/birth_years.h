/* SPDX-License-Identifier: MIT
 * A link in which one source has years of birth, or ages, and the other has dates of birth: no value of these columns
 * is equal to another, but the years are. */
#ifndef PD_AUTO_BIRTH_YEARS_H
#define PD_AUTO_BIRTH_YEARS_H

#include "auto/likely_rows.h"

struct pd_birth_years {
    size_t years, dates; /* profiles */
    int counted_from;    /* the year in which ages were taken; 0: years stand there */
    double agree;        /* share of the rows that share what tells most in which the years agree */
};

/* The columns, each of which one of two sources alone has; out->agree is 0 when there are none. */
void pd_auto_find_birth_years(const struct pd_table *table, const struct pd_profiles *profiles,
                              const struct pd_likely_rows *likely, struct pd_birth_years *out);
/* Makes the column that holds both, as it is profiled, one of years. dates: the profile that the dates had alone. */
void pd_auto_as_birth_years(const struct pd_profile *dates, int counted_from, struct pd_profile *profile);

#endif

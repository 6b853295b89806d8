/* SPDX-License-Identifier: MIT
 * Dates of two sources that lie some days apart: a payment ordered here and booked there, a birth and its entry. Slips
 * of a digit do not look so. Asked of rows that are likely one and the same (auto/likely_rows.h). */
#ifndef PD_AUTO_NEAR_DATES_H
#define PD_AUTO_NEAR_DATES_H

#include "auto/likely_rows.h"

/* The share of the likely rows whose dates are a few days apart, not the same; sets profile->near_days where there are
 * many, and many more than chance makes. 0 where too few are known. */
double pd_auto_look_at_near_dates(const struct pd_table *table, const struct pd_likely_rows *likely,
                                  struct pd_profile *profile);

#endif

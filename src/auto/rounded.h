/* SPDX-License-Identifier: MIT
 * NIKs and KK numbers that a spreadsheet has rounded: it keeps 15 digits of a number, and the last one becomes 0. */
#ifndef PD_AUTO_ROUNDED_H
#define PD_AUTO_ROUNDED_H

#include "auto/equal_pairs.h"

/* Looks at the numbers of each source. Where all are rounded and dates of birth are known, NIKs are left out: what is
 * left of them is that date, the sex and a district, which others have too. Beside rounded sources those of others
 * stand, and those that end in 0 count as missing: a rounded number is never another source's whole one. They are left
 * out too in a link where that leaves one source with numbers. */
PADAN_MUST_CHECK enum padan_status pd_auto_mind_rounded(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                                        struct padan_error *error);

#endif

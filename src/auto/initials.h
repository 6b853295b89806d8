/* SPDX-License-Identifier: MIT
 * A link in which one source has initials where the other has names. */
#ifndef PD_AUTO_INITIALS_H
#define PD_AUTO_INITIALS_H

#include "auto/likely_rows.h"

struct pd_initials {
    size_t initials, names; /* profiles */
    double agree;           /* share of the likely rows in which the first letters are the same */
};

/* The columns, each of which one of two sources alone has; out->agree is 0 when there are none. */
void pd_auto_find_initials(const struct pd_table *table, const struct pd_profiles *profiles,
                           const struct pd_likely_rows *likely, struct pd_initials *out);

#endif

/* SPDX-License-Identifier: MIT
 * Numbers as people write them: 1234.5, 1.234,50, 0,15, $1,234.50, Rp 2.783.000, 12,50 €. Which sign parts whole
 * from fraction is told by the column: one comma before two digits is decimal, several points before three are
 * groups. */
#ifndef PD_AUTO_QUANTITIES_H
#define PD_AUTO_QUANTITIES_H

#include "base/text.h"

#include <stddef.h>

/* A value as a number, as it reads by itself. */
struct pd_quantity {
    double number;
    bool has_fraction;
    size_t n_decimals; /* digits behind the decimal sign */
};

/* What looks at the values of a column add up to. */
struct pd_quantity_counts {
    size_t decimal_commas, comma_groups, decimal_points, point_groups;
    size_t open_points; /* a point alone before three digits: decimal, but of money a group */
    size_t money;       /* with the sign of a currency */
};

struct pd_profile;

/* Whether value is a number, counted if so. */
bool pd_quantity_look(struct pd_text value, struct pd_quantity_counts *counts, struct pd_quantity *amount);
/* How the numbers of a column of n values are written. */
void pd_quantities_choose(const struct pd_quantity_counts *counts, size_t n, struct pd_profile *profile);

#endif

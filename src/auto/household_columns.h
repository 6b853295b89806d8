/* SPDX-License-Identifier: MIT
 * Which columns, alone or two together, say what rows of a source are a household? Those whose equal rows are few and
 * kin: most of them have yet another value in common that few rows share, as a surname beside an address. A postcode or
 * a surname alone brings strangers together too, a class has too many rows, and nothing else is shared by those who are
 * born on one day. */
#ifndef PD_AUTO_HOUSEHOLD_COLUMNS_H
#define PD_AUTO_HOUSEHOLD_COLUMNS_H

#include "auto/profile.h"

struct pd_household_columns {
    size_t profiles[2];
    size_t n; /* 0: none */
    size_t n_households, n_rows;
    double kin; /* share of pairs of their rows that have another value in common */
};

enum { PD_HOUSEHOLD_COLUMNS_TRIED = 4 };
struct pd_household_choices {
    struct pd_household_columns items[PD_HOUSEHOLD_COLUMNS_TRIED]; /* the best first */
    double worths[PD_HOUSEHOLD_COLUMNS_TRIED];
    size_t n;
};

/* Those that are nearly as good as the best, if there are any. O(rows) for each of the columns and pairs of them. */
PADAN_MUST_CHECK enum padan_status pd_auto_household_columns(const struct pd_table *table,
                                                             const struct pd_profiles *profiles, int threads,
                                                             struct pd_household_choices *choices,
                                                             struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Which columns of different sources hold the same thing under different names. */
#ifndef PD_AUTO_SAME_COLUMNS_H
#define PD_AUTO_SAME_COLUMNS_H

#include "auto/likeness.h"

struct pd_same_column {
    size_t into, from; /* profiles; into stands in the earlier source */
    double likeness;   /* of the two */
    double next;       /* of the likest pair with another column instead of either; 0 when there is none */
};

struct pd_same_columns {
    struct pd_same_column *list; /* in the arena */
    size_t n;
};

/* Which sources have values of a column: in [profile * sources + source]. */
void pd_auto_presence(const struct pd_table *table, const struct pd_profiles *profiles, bool *in);
/* Whether a column must stay alone whatever is in it. */
bool pd_auto_stays_alone(const struct pd_profile *profile);
/* Pairs of columns that no source has both of, the likest first, each column once; only those that are alike, and
 * clearly more so than with any other column that is still free. Where others of two sources are paired and one of each
 * is left, these are paired too. Profiles are of the columns as ingest left them. Cost O(rows * columns log) for
 * columns that not all sources have, none without such. */
PADAN_MUST_CHECK enum padan_status pd_auto_same_columns(const struct pd_table *table,
                                                        const struct pd_profiles *profiles, struct pd_arena *arena,
                                                        struct pd_same_columns *out, struct padan_error *error);

#endif

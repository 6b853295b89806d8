/* SPDX-License-Identifier: MIT
 * Rows of two sources that are likely one person, found before anything is compared: those that alone have a value of
 * the column which tells most. They say what columns mean that stand in one source alone. */
#ifndef PD_AUTO_LIKELY_ROWS_H
#define PD_AUTO_LIKELY_ROWS_H

#include "auto/profile.h"

struct pd_likely {
    uint32_t left, right;
};

struct pd_likely_rows {
    struct pd_likely *list;
    size_t n;
};

/* The only source that has values of a column; -1 where several have, or none. */
int pd_auto_source_of(const struct pd_table *table, const struct pd_profile *profile);
/* Of two sources; none where no column stands in both. Cost O(rows log rows). */
PADAN_MUST_CHECK enum padan_status pd_likely_rows_find(const struct pd_table *table, const struct pd_profiles *profiles,
                                                       struct pd_likely_rows *likely, struct padan_error *error);
void pd_likely_rows_reset(struct pd_likely_rows *likely);

#endif

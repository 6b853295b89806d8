/* SPDX-License-Identifier: MIT
 * What one source has in one column and another in several: full name against first, middle and last name, a date
 * against day, month and year, an address against number, street and town. Found by contents alone: parts put together
 * are clearly more like the whole than any single column is, whatever the columns are called. The order of the parts is
 * the one that makes them likest. */
#ifndef PD_AUTO_WHOLE_H
#define PD_AUTO_WHOLE_H

#include "model/model.h"

#include "auto/likeness.h"

/* Of profiles. The whole may be its own first part: "name" is the full name here and the first name there. */
struct pd_whole_column {
    size_t into, parts[PD_JOINED_MAX], n_parts;
    struct pd_text between;
    double likeness; /* of the whole and its parts together */
    double single;   /* of the whole and the likest single column; where it is its own first part, and that part */
};

/* The clearest one; n_parts 0 where there is none. Profiles are of the columns as they stand. Cost O(rows * columns)
 * for columns that not all sources have, none without such. */
PADAN_MUST_CHECK enum padan_status pd_auto_find_whole(const struct pd_table *table, const struct pd_profiles *profiles,
                                                      struct pd_whole_column *out, struct padan_error *error);

#endif

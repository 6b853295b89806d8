/* SPDX-License-Identifier: MIT
 * Names that a file writes twice: `full_name` beside `first_name` and `surname`. What one column holds the others hold
 * too, errors and all, so that each would count the same agreement again. */
#ifndef PD_AUTO_CONTAINED_H
#define PD_AUTO_CONTAINED_H

#include "auto/profile.h"

/* Leaves out, of the columns of names that most rows have, one whose words all stand in a longer one and in its own
 * parts too, and of two columns that say the same the later one. */
PADAN_MUST_CHECK enum padan_status pd_auto_leave_out_contained(const struct pd_table *table,
                                                               struct pd_profiles *profiles, struct padan_error *error);
/* Whether in nearly all rows the words of one column of names all stand in the other. */
PADAN_MUST_CHECK enum padan_status pd_auto_is_part(const struct pd_table *table, struct pd_profile *part,
                                                   struct pd_profile *whole, bool *is, struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Columns of few distinct values in one or two bytes a record instead of four or eight. */
#ifndef PD_TABLE_NARROW_H
#define PD_TABLE_NARROW_H

#include "table/table.h"

/* CODE becomes CODE8 or CODE16 where the codes fit; any other column stays. No texts may be added afterwards. */
PADAN_MUST_CHECK enum padan_status pd_column_narrow(struct pd_column *column, size_t n_records,
                                                    struct padan_error *error);
/* CODE8 and CODE16 become CODE, so that texts can be added; any other column stays. */
PADAN_MUST_CHECK enum padan_status pd_column_widen(struct pd_column *column, size_t n_records,
                                                   struct padan_error *error);
/* INT and INT32 become NUMBER8, NUMBER16 or, of INT, NUMBER32 where there are so few distinct numbers; any other column
 * stays. No number may be changed afterwards. O(n_records). */
PADAN_MUST_CHECK enum padan_status pd_column_narrow_numbers(struct pd_column *column, size_t n_records,
                                                            struct padan_error *error);

/* The same of a column whose words tell records [n_known, n_records) alone, the ones before being told by another, of
 * NUMBER encoding, whose numbers stand in the order in which they first appear. The column becomes what it would be
 * with all its words, narrow or not. */
PADAN_MUST_CHECK enum padan_status pd_column_narrow_numbers_behind(const struct pd_column *known, size_t n_known,
                                                                   struct pd_column *column, size_t n_records,
                                                                   struct padan_error *error);

#endif

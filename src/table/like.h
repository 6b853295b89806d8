/* SPDX-License-Identifier: MIT
 * A column that is nearly another one, such as numbers as they were written beside the cleaned ones: it has the words
 * of the other column, and words of its own only where it differs. */
#ifndef PD_TABLE_LIKE_H
#define PD_TABLE_LIKE_H

#include "table/table.h"

/* column becomes LIKE base, unless it differs in too many records; both are DIGITS, else nothing happens. base must
 * keep its words as they are and live as long as column does. OUT_OF_MEMORY. O(n_records). */
PADAN_MUST_CHECK enum padan_status pd_column_make_like(struct pd_column *column, const struct pd_column *base,
                                                       size_t n_records, struct padan_error *error);
void pd_exceptions_free(struct pd_exceptions *exceptions);

#endif

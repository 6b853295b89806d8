/* SPDX-License-Identifier: MIT
 * Columns of texts that follow from the texts of another column, such as the first word of a name or the year of a
 * date: a code per distinct text of that column takes less memory than a code per record, most of all memory that is
 * touched for the first time. Such a column has the words of the other one, which must keep them as they are for as
 * long as the column is read. */
#ifndef PD_TABLE_BY_CODE_H
#define PD_TABLE_BY_CODE_H

#include "table/table.h"

/* Whether as many codes as a column of codes of its own has texts are clearly fewer than the records. */
bool pd_column_is_worth_by_code(const struct pd_column *of, size_t n_records);
/* A column of CODE, whose words need not be set, becomes BY_CODE of another one with codes of its own, of the same
 * width: codes [texts of the other one + 1], 0 = NULL, are the column's from then on. */
void pd_column_make_by_code(struct pd_column *column, const struct pd_column *of, uint32_t *codes);
/* BY_CODE becomes CODE, for readers that ask for words of its own; any other column stays. OUT_OF_MEMORY. O(n_records).
 */
PADAN_MUST_CHECK enum padan_status pd_column_write_out(struct pd_column *column, size_t n_records, int threads,
                                                       struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Words of many rows of a column as it stores them, whatever its width. */
#ifndef PD_TABLE_STORED_WORDS_H
#define PD_TABLE_STORED_WORDS_H

#include "table/table.h"

/* pd_column_stored of rows [begin, begin + n), not of BY_CODE; whether there is anything but zeros. */
bool pd_column_stored_words(const struct pd_column *column, size_t begin, size_t n, uint64_t *words);

#endif

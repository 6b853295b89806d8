/* SPDX-License-Identifier: MIT
 * Values of text columns as CSV fields. Plain digits need neither a text nor a look for quotes. */
#ifndef PD_TABLE_COLUMN_CSV_H
#define PD_TABLE_COLUMN_CSV_H

#include "base/buffer.h"
#include "table/table.h"

/* The value of a CODE or DIGITS column as a CSV field; nothing for NULL. */
void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record);
/* One CSV field: a text, a byte and the value. */
void pd_append_csv_joined_value(struct pd_buffer *out, struct pd_text before, char between,
                                const struct pd_column *column, size_t record);

#endif

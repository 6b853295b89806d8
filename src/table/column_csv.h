/* SPDX-License-Identifier: MIT
 * Values of text columns, and what names a record, as CSV fields. Plain digits need neither a text nor a look for
 * quotes, plain names of sources no look. */
#ifndef PD_TABLE_COLUMN_CSV_H
#define PD_TABLE_COLUMN_CSV_H

#include "base/buffer.h"
#include "table/table.h"

/* The value of a CODE or DIGITS column as a CSV field; nothing for NULL. */
void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record);
/* A record by its source and the value of its column of ids: as two fields, or as one, "source:unique_id". */
void pd_append_csv_identity(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record);
void pd_append_csv_record_id(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record);

#endif

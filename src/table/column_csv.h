/* SPDX-License-Identifier: MIT
 * Values of text columns, and what names a record, as CSV fields. Plain digits need neither a text nor a look for
 * quotes, plain names of sources no look. */
#ifndef PD_TABLE_COLUMN_CSV_H
#define PD_TABLE_COLUMN_CSV_H

#include "base/pen.h"
#include "table/source_begins.h"

/* The value of a CODE or DIGITS column as a CSV field; nothing for NULL. */
void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record);
/* A record by its source and the value of its column of ids: as two fields, or as one, "source:unique_id". */
void pd_append_csv_identity(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record);
void pd_append_csv_record_id(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record);

/* The same with a pen. */
struct pd_pen pd_pen_csv_text(struct pd_pen pen, const struct pd_column *column, size_t record);
struct pd_pen pd_pen_csv_odd_id(struct pd_pen pen, const struct pd_source *source, const struct pd_column *column,
                                size_t record);

/* How many digits a value has that is digits and nothing else, else 0. */
static inline unsigned pd_column_plain_digits(const struct pd_column *column, size_t record, uint64_t *number)
{
    if (!pd_encoding_is_digits(column->encoding)) return 0;
    const uint64_t word = pd_column_word(column, record);
    const unsigned length = (unsigned)(word >> PD_DIGITS_SHIFT);
    *number = word & PD_DIGITS_MASK;
    return length == PD_DIGITS_ESCAPE ? 0 : length;
}

PD_PEN_INLINE void pd_pen_value(struct pd_pen *pen, const struct pd_column *column, size_t record)
{
    uint64_t number = 0;
    const unsigned length = pd_column_plain_digits(column, record, &number);
    if (length > 0)
        pd_pen_digits(pen, number, length);
    else
        *pen = pd_pen_csv_text(*pen, column, record);
}

PD_PEN_INLINE void pd_pen_identity(struct pd_pen *pen, const struct pd_table *table, int unique_id, uint32_t record)
{
    const struct pd_source *source = &table->sources[pd_table_source_anywhere(table, record)];
    if (source->plain)
        pd_pen_text(pen, source->name);
    else
        pd_pen_csv(pen, source->name);
    pd_pen_byte(pen, ',');
    pd_pen_value(pen, &table->columns[unique_id], record);
}

PD_PEN_INLINE void pd_pen_record_id(struct pd_pen *pen, const struct pd_table *table, int unique_id, uint32_t record)
{
    uint64_t number = 0;
    const struct pd_source *source = &table->sources[pd_table_source_anywhere(table, record)];
    const struct pd_column *column = &table->columns[unique_id];
    const unsigned length = pd_column_plain_digits(column, record, &number);
    if (length == 0 || !source->plain) {
        *pen = pd_pen_csv_odd_id(*pen, source, column, record);
        return;
    }
    pd_pen_text(pen, source->name);
    pd_pen_byte(pen, ':');
    pd_pen_digits(pen, number, length);
}

#endif

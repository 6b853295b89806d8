/* SPDX-License-Identifier: MIT
 * Values of text columns as CSV fields. Plain digits need neither a text nor a look for quotes. */
#ifndef PD_TABLE_COLUMN_CSV_H
#define PD_TABLE_COLUMN_CSV_H

#include "base/pen.h"
#include "table/table.h"

/* The value of a CODE or DIGITS column as a CSV field; nothing for NULL. */
void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record);

/* The same with a pen. */
struct pd_pen pd_pen_csv_text(struct pd_pen pen, const struct pd_column *column, size_t record);

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

#endif

/* SPDX-License-Identifier: MIT */
#include "table/column_csv.h"

/* How many digits a value has that is digits and nothing else, else 0. */
static unsigned plain_digits(const struct pd_column *column, size_t record, uint64_t *number)
{
    if (column->encoding != PD_ENCODING_DIGITS) return 0;
    const uint64_t word = ((const uint64_t *)column->words)[record];
    const unsigned length = (unsigned)(word >> PD_DIGITS_SHIFT);
    *number = word & PD_DIGITS_MASK;
    return length == PD_DIGITS_ESCAPE ? 0 : length;
}

void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record)
{
    char scratch[24];
    uint64_t number = 0;
    const unsigned length = plain_digits(column, record, &number);
    if (length > 0)
        pd_append_digits(out, number, length);
    else
        pd_append_csv(out, pd_column_text(column, record, scratch));
}

void pd_append_csv_joined_value(struct pd_buffer *out, struct pd_text before, char between,
                                const struct pd_column *column, size_t record)
{
    char scratch[24];
    uint64_t number = 0;
    const unsigned length = plain_digits(column, record, &number);
    if (length == 0 || pd_csv_is_quoted(before)) {
        pd_append_csv_joined(out, before, between, pd_column_text(column, record, scratch));
        return;
    }
    pd_append_text(out, before);
    pd_append_byte(out, between);
    pd_append_digits(out, number, length);
}

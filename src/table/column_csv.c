/* SPDX-License-Identifier: MIT */
#include "table/column_csv.h"

/* How many digits a value has that is digits and nothing else, else 0. */
static unsigned plain_digits(const struct pd_column *column, size_t record, uint64_t *number)
{
    if (!pd_encoding_is_digits(column->encoding)) return 0;
    const uint64_t word = pd_column_word(column, record);
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

void pd_append_csv_identity(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record)
{
    const struct pd_source *source = &table->sources[pd_table_source(table, record)];
    if (source->plain)
        pd_append_text(out, source->name);
    else
        pd_append_csv(out, source->name);
    pd_append_byte(out, ',');
    pd_append_csv_value(out, &table->columns[unique_id], record);
}

void pd_append_csv_record_id(struct pd_buffer *out, const struct pd_table *table, int unique_id, uint32_t record)
{
    char scratch[24];
    uint64_t number = 0;
    const struct pd_source *source = &table->sources[pd_table_source(table, record)];
    const struct pd_column *column = &table->columns[unique_id];
    const unsigned length = plain_digits(column, record, &number);
    if (length == 0 || !source->plain) {
        pd_append_csv_joined(out, source->name, ':', pd_column_text(column, record, scratch));
        return;
    }
    pd_append_text(out, source->name);
    pd_append_byte(out, ':');
    pd_append_digits(out, number, length);
}

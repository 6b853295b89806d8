/* SPDX-License-Identifier: MIT */
#include "table/column_csv.h"

struct pd_pen pd_pen_csv_text(struct pd_pen pen, const struct pd_column *column, size_t record)
{
    char scratch[24];
    pd_pen_csv(&pen, pd_column_text(column, record, scratch));
    return pen;
}

void pd_append_csv_value(struct pd_buffer *out, const struct pd_column *column, size_t record)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_value(&pen, column, record);
    pd_pen_end(&pen);
}

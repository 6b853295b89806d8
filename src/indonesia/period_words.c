/* SPDX-License-Identifier: MIT
 * One interval has one text in all reports, however rosters and jobs spell it, so that tables can be joined by it. */
#include "indonesia/period.h"

static void append_year(struct pd_buffer *buffer, struct pd_date date)
{
    pd_append_digits(buffer, (uint64_t)date.year, 4);
}

static void append_month(struct pd_buffer *buffer, struct pd_date date)
{
    append_year(buffer, date);
    pd_append_byte(buffer, '-');
    pd_append_digits(buffer, (uint64_t)date.month, 2);
}

static bool is_whole_months(struct pd_date first, int32_t end)
{
    return first.day == 1 && pd_date_to_civil(end + 1).day == 1;
}

void pd_period_append(struct pd_buffer *buffer, struct pd_period period)
{
    if (period.begin == PD_DATE_NONE) return;
    const struct pd_date first = pd_date_to_civil(period.begin);
    const struct pd_date last = pd_date_to_civil(period.end);
    const int months = (last.year - first.year) * 12 + last.month - first.month + 1;
    if (!is_whole_months(first, period.end)) {
        pd_append_date(buffer, period.begin);
        pd_append_string(buffer, "..");
        pd_append_date(buffer, period.end);
    } else if (months == 12 && first.month == 1) {
        append_year(buffer, first);
    } else if (months == 3 && first.month % 3 == 1) {
        append_year(buffer, first);
        pd_append_string(buffer, "-T");
        pd_append_digits(buffer, (uint64_t)last.month / 3, 1);
    } else {
        append_month(buffer, first);
        if (months == 1) return;
        pd_append_string(buffer, "..");
        append_month(buffer, last);
    }
}

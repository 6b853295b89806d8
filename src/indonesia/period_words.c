/* SPDX-License-Identifier: MIT
 * One interval has one text in all reports, however rosters and jobs spell it, so that tables can be joined by it. */
#include "indonesia/period.h"

#include "base/date.h"
#include "base/digits.h"

static char *put_year(char *to, struct pd_date date)
{
    return pd_put_few_digits(to, (uint32_t)date.year, 4);
}

static char *put_month(char *to, struct pd_date date)
{
    to = put_year(to, date);
    *to++ = '-';
    return pd_put_few_digits(to, (uint32_t)date.month, 2);
}

static char *put_range(char *to)
{
    *to++ = '.';
    *to++ = '.';
    return to;
}

/* Of a period of whole months. */
static char *put_months(char *to, struct pd_date first, struct pd_date last)
{
    const int months = (last.year - first.year) * 12 + last.month - first.month + 1;
    if (months == 12 && first.month == 1) return put_year(to, first);
    if (months == 3 && first.month % 3 == 1) {
        to = put_year(to, first);
        *to++ = '-';
        *to++ = 'T';
        return pd_put_few_digits(to, (uint32_t)last.month / 3, 1);
    }
    to = put_month(to, first);
    return months == 1 ? to : put_month(put_range(to), last);
}

static bool is_whole_months(struct pd_date first, int32_t end)
{
    return first.day == 1 && pd_date_to_civil(end + 1).day == 1;
}

char *pd_period_put(char *to, struct pd_period period)
{
    if (period.begin == PD_DATE_NONE) return to;
    const struct pd_date first = pd_date_to_civil(period.begin);
    if (is_whole_months(first, period.end)) return put_months(to, first, pd_date_to_civil(period.end));
    return pd_date_put(put_range(pd_date_put(to, period.begin)), period.end);
}

void pd_period_append(struct pd_buffer *buffer, struct pd_period period)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_period_put(to, period) - to);
}

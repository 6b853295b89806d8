/* SPDX-License-Identifier: MIT */
#include "base/date.h"

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool pd_date_valid(int year, int month, int day)
{
    static const unsigned char lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999) return false;
    return day <= lengths[month - 1] + (month == 2 && leap(year));
}

int32_t pd_date_from_civil(int year, int month, int day)
{
    const int shifted = year - (month <= 2);
    const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct pd_date pd_date_to_civil(int32_t day_number)
{
    const int shifted = day_number + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int day_of_era = shifted - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_index = (5 * day_of_year + 2) / 153;
    struct pd_date date;
    date.day = day_of_year - (153 * month_index + 2) / 5 + 1;
    date.month = month_index < 10 ? month_index + 3 : month_index - 9;
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

int pd_date_age(int32_t birth, int32_t then)
{
    const struct pd_date from = pd_date_to_civil(birth);
    const struct pd_date to = pd_date_to_civil(then);
    return to.year - from.year - (to.month < from.month || (to.month == from.month && to.day < from.day));
}

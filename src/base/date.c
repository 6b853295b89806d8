/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "base/digits.h"

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

/* Years from March on, by fixed-point multiplication instead of division: C. Neri and L. Schneider, "Euclidean affine
 * functions and their application to calendar algorithms", Software: Practice and Experience 53 (2023). Days are
 * shifted by whole eras of 400 years so that none is negative. */
struct pd_date pd_date_to_civil(int32_t day_number)
{
    enum { ERA_DAYS = 146097, SHIFTED_ERAS = 15000, DAYS_TO_1970 = 719468 };
    const uint64_t days = (uint64_t)((int64_t)day_number + DAYS_TO_1970 + (int64_t)SHIFTED_ERAS * ERA_DAYS);
    const uint64_t quarters = 4 * days + 3;
    const uint64_t century = quarters / ERA_DAYS;
    const uint32_t of_century = (uint32_t)(quarters % ERA_DAYS) | 3; /* 4 day + 3, whatever the quarter */
    const uint64_t years = (uint64_t)2939745 * of_century;           /* 2^32 / 1461 */
    const uint32_t day_of_year = (uint32_t)years / 2939745 / 4;
    const uint32_t months = 2141 * day_of_year + 197913;
    const bool next_year = day_of_year >= 306; /* January and February */
    const int year = (int)((int64_t)(100 * century + (years >> 32)) - (int64_t)400 * SHIFTED_ERAS);
    return (struct pd_date){ .year = year + next_year,
                             .month = (int)(months >> 16) - (next_year ? 12 : 0),
                             .day = (int)((months & 0xffff) / 2141) + 1 };
}

char *pd_date_put(char *to, int32_t day_number)
{
    if (day_number == PD_DATE_NONE) return to;
    const struct pd_date date = pd_date_to_civil(day_number);
    to = pd_put_few_digits(to, (uint32_t)date.year, 4);
    *to++ = '-';
    to = pd_put_few_digits(to, (uint32_t)date.month, 2);
    *to++ = '-';
    return pd_put_few_digits(to, (uint32_t)date.day, 2);
}

int pd_date_age(int32_t birth, int32_t then)
{
    const struct pd_date from = pd_date_to_civil(birth);
    const struct pd_date to = pd_date_to_civil(then);
    return to.year - from.year - (to.month < from.month || (to.month == from.month && to.day < from.day));
}

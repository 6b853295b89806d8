/* SPDX-License-Identifier: MIT
 * How two dates relate, by the errors that happen to birth dates (DOMAIN 3): day and month exchanged, a digit typed
 * wrong, a default date in place of an unknown one, the year off by one or ten. Also regions, which are as short. */
#include "base/date.h"

#include "compare/identity.h"

static bool is_default(struct pd_date date)
{
    return (date.month == 1 && date.day == 1) || (date.month == 7 && date.day == 1) ||
           (date.month == 12 && date.day == 31);
}

bool pd_date_is_default(int32_t day)
{
    return is_default(pd_date_to_civil(day));
}

/* Decimal digits in which two numbers below 100 differ. */
static int two_digits_differ(int a, int b)
{
    return (a / 10 != b / 10) + (a % 10 != b % 10);
}

/* One digit of a four-digit year differs, or two neighbouring ones are exchanged. */
static bool year_slip(int a, int b)
{
    if (a < 0 || b < 0 || a > 9999 || b > 9999) return false;
    const int digits_a[4] = { a / 1000, a / 100 % 10, a / 10 % 10, a % 10 };
    const int digits_b[4] = { b / 1000, b / 100 % 10, b / 10 % 10, b % 10 };
    int differing = 0, last = 0;
    for (int i = 0; i < 4; i++)
        if (digits_a[i] != digits_b[i]) {
            differing++;
            last = i;
        }
    if (differing == 1) return true;
    return differing == 2 && digits_a[last] == digits_b[last - 1] && digits_a[last - 1] == digits_b[last];
}

static int same_year_relation(struct pd_date a, struct pd_date b, bool one_default)
{
    if (a.day == b.month && a.month == b.day) return PD_DATE_SWAPPED;
    if (two_digits_differ(a.day, b.day) + two_digits_differ(a.month, b.month) == 1) return PD_DATE_DIGIT;
    if (one_default) return PD_DATE_DEFAULT;
    return a.month == b.month ? PD_DATE_SAME_MONTH : PD_DATE_SAME_YEAR;
}

int pd_date_relation(int32_t a, int32_t b)
{
    if (a == b) return PD_DATE_EQUAL;
    const struct pd_date date_a = pd_date_to_civil(a), date_b = pd_date_to_civil(b);
    if (date_a.year == date_b.year) return same_year_relation(date_a, date_b, is_default(date_a) != is_default(date_b));
    if (date_a.day == date_b.day && date_a.month == date_b.month) {
        const int years = date_a.year > date_b.year ? date_a.year - date_b.year : date_b.year - date_a.year;
        if (years == 1 || years == 10) return PD_DATE_YEAR_OFF;
        if (year_slip(date_a.year, date_b.year)) return PD_DATE_YEAR_DIGIT;
    }
    const int64_t apart = a > b ? (int64_t)a - b : (int64_t)b - a;
    return apart <= 366 ? PD_DATE_NEAR : PD_DATE_UNRELATED;
}

enum { VILLAGE = 4 };

/* Level of a code by its size: 4 village, 3 district, 2 regency, 1 province, 0 anything else. */
static int code_level(int64_t code)
{
    if (code >= 1000000000 && code <= 9999999999) return VILLAGE;
    if (code >= 100000 && code <= 999999) return 3;
    if (code >= 1000 && code <= 9999) return 2;
    return code >= 10 && code <= 99 ? 1 : 0;
}

static int64_t code_parent(int64_t code, int level)
{
    return level == VILLAGE ? code / 10000 : code / 100;
}

int pd_region_proximity(int64_t a, int64_t b)
{
    if (a <= 0 || b <= 0) return 0;
    int level_a = code_level(a), level_b = code_level(b);
    if (a == b) return level_a == 0 ? VILLAGE : level_a;
    if (level_a == 0 || level_b == 0) return 0;
    while (level_a > 0 && (level_a != level_b || a != b)) {
        const int level = level_a;
        if (level_a >= level_b) a = code_parent(a, level_a--);
        if (level_b >= level) b = code_parent(b, level_b--);
    }
    return level_a;
}

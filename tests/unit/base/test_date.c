/* SPDX-License-Identifier: MIT
 * Day numbers against a walk through the calendar, day by day. */
#include "base/date.h"

#include <criterion/criterion.h>

static int month_length(int year, int month)
{
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Test(date, every_day_from_1800_to_2100_has_its_number_and_comes_back)
{
    int32_t number = pd_date_from_civil(1800, 1, 1);
    for (int year = 1800; year <= 2100; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= month_length(year, month); day++, number++) {
                cr_assert_eq(pd_date_from_civil(year, month, day), number, "%d-%d-%d", year, month, day);
                const struct pd_date back = pd_date_to_civil(number);
                cr_assert(back.year == year && back.month == month && back.day == day, "%d-%d-%d", year, month, day);
            }
    cr_expect_eq(pd_date_from_civil(1970, 1, 1), 0);
}

Test(date, knows_which_days_exist)
{
    for (int year = 1800; year <= 2100; year++)
        for (int month = -1; month <= 14; month++)
            for (int day = -1; day <= 33; day++) {
                const bool exists = month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
                cr_assert_eq(pd_date_valid(year, month, day), exists, "%d-%d-%d", year, month, day);
            }
    cr_expect(!pd_date_valid(0, 1, 1) && !pd_date_valid(10000, 1, 1));
}

Test(date, age_counts_birthdays)
{
    static const struct {
        struct pd_date birth, then;
        int age;
    } cases[] = {
        { { 2000, 11, 23 }, { 2026, 11, 22 }, 25 }, { { 2000, 11, 23 }, { 2026, 11, 23 }, 26 },
        { { 2004, 2, 29 }, { 2026, 2, 28 }, 21 },   { { 2004, 2, 29 }, { 2026, 3, 1 }, 22 },
        { { 2026, 11, 23 }, { 2026, 11, 23 }, 0 },  { { 2026, 11, 24 }, { 2026, 11, 23 }, -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_date b = cases[i].birth, t = cases[i].then;
        cr_expect_eq(
            pd_date_age(pd_date_from_civil(b.year, b.month, b.day), pd_date_from_civil(t.year, t.month, t.day)),
            cases[i].age, "case %zu", i);
    }
}

/* SPDX-License-Identifier: MIT
 * Numbers with other beginnings are told by their last digits; serial numbers of years, and slips, are not. */
#include "auto/last_digits.h"
#include "auto/same_columns.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 400, HALF = ROWS / 2 };

static struct pd_table table;
static struct pd_arena arena;

static void set_up(void)
{
    make_two_sources(&table, ROWS);
}

static void clean_up(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

static void put(const char *name, size_t record, const char *text)
{
    cr_assert_eq(pd_column_put(column_of(&table, name), record, pd_text_of(text), NULL), PADAN_OK);
}

/* Nine digits that have no order. */
static unsigned long national(size_t i)
{
    return 100000000UL + i * 7919UL * 104729UL % 899999999UL;
}

/* What stands before and behind a number. */
struct written {
    const char *before, *behind;
};

/* The last digits of a column whose numbers are written as `first`, and every `step`th of the second source, which is
 * in the first source too, as `second`. */
static size_t last_digits(struct written first, struct written second, size_t step)
{
    struct pd_profiles profiles;
    for (size_t i = 0; i < ROWS; i++) {
        char text[40];
        const bool again = i >= HALF && i % step == 0;
        const struct written as = again ? second : first;
        snprintf(text, sizeof text, "%s%09lu%s", as.before, national(again ? i - HALF : i), as.behind);
        put("telephone", i, text);
    }
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_look_at_last_digits(&table, &profiles.columns[0], NULL), PADAN_OK);
    return profiles.columns[0].last_digits;
}

Test(last_digits, are_those_behind_the_code_of_a_country, .init = set_up, .fini = clean_up)
{
    cr_expect_eq(last_digits((struct written){ "0", "" }, (struct written){ "+55 (", ")" }, 2), 9);
}

Test(last_digits, are_those_behind_letters, .init = set_up, .fini = clean_up)
{
    cr_expect_eq(last_digits((struct written){ "", "" }, (struct written){ "ID-", "" }, 5), 9);
}

Test(last_digits, are_not_asked_where_all_begin_alike, .init = set_up, .fini = clean_up)
{
    cr_expect_eq(last_digits((struct written){ "0", "" }, (struct written){ "0", "" }, 2), 0);
}

Test(last_digits, are_not_told_by_a_slip, .init = set_up, .fini = clean_up)
{
    cr_expect_eq(last_digits((struct written){ "0", "" }, (struct written){ "", "" }, 50), 0,
                 "four of 400 lost their first digit");
}

Test(last_digits, of_serial_numbers_behind_years_are_none, .init = set_up, .fini = clean_up)
{
    cr_expect_eq(last_digits((struct written){ "2020", "" }, (struct written){ "2021", "" }, 2), 0);
}

Test(last_digits, behind_many_beginnings_are_a_serial_number, .init = set_up, .fini = clean_up)
{
    struct pd_profiles profiles;
    for (size_t i = 0; i < ROWS; i++) {
        char text[40];
        snprintf(text, sizeof text, "%zu-%08zu", i < HALF ? 10 + i * 37 % 80 : 1000 + i * 3, 70000000 + i % HALF);
        put("file", i, text);
    }
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_look_at_last_digits(&table, &profiles.columns[0], NULL), PADAN_OK);
    cr_expect_eq(profiles.columns[0].last_digits, 0);
}

Test(last_digits, make_columns_of_other_names_one, .init = set_up, .fini = clean_up)
{
    struct pd_profiles profiles;
    struct pd_same_columns same;
    for (size_t i = 0; i < ROWS; i++) {
        char text[40];
        snprintf(text, sizeof text, i < HALF ? "M-%09lu" : "%09lu", national(i >= HALF && i % 4 == 0 ? i - HALF : i));
        put(i < HALF ? "member" : "number", i, text);
        snprintf(text, sizeof text, i < HALF ? "S-%09lu" : "%09lu", national(1000 + i));
        put(i < HALF ? "ticket" : "account", i, text);
    }
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    cr_assert_eq(same.n, 1, "numbers that have nothing in common are two");
    cr_expect_eq(same.list[0].into, 0);
    cr_expect_eq(same.list[0].from, 2);
}

Test(last_digits, low_numbers_behind_zeros_are_none)
{
    uint64_t digits = 0;
    cr_expect_not(pd_last_digits_of(PD_TEXT("INV-00012345"), &digits));
    cr_expect_not(pd_last_digits_of(PD_TEXT("123456"), &digits));
    cr_expect_not(pd_last_digits_of(PD_TEXT("1234567A"), &digits));
    cr_expect(pd_last_digits_of(PD_TEXT("+1 (23) 45-67 8"), &digits));
    cr_expect_eq(digits, 2345678);
}

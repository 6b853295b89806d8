/* SPDX-License-Identifier: MIT
 * Dates of two sources that lie some days apart in many rows of the same things, and those that are the same but for
 * slips. */
#include "auto/near_dates.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 200 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;

static size_t month_of(size_t thing)
{
    return 1 + thing * 5 % 12;
}

static void put(const char *name, size_t row, const char *text)
{
    cr_assert_eq(pd_column_put(column_of(&table, name), row, pd_text_of(text), NULL), PADAN_OK);
}

/* Half of the rows of each source are things of their own; every `often`-th date of the second one is `days` later. */
static void add_things(size_t often, size_t days)
{
    for (size_t i = 0; i < ROWS; i++) {
        const bool second = i >= ROWS / 2;
        const size_t thing = i % (ROWS / 2);
        const size_t later = second && thing % often == 0 ? days : 0;
        char text[24];
        snprintf(text, sizeof text, "Nama%c%c", (char)('a' + (int)(thing % 26)), (char)('a' + (int)(thing / 26)));
        put("nama", i, text);
        snprintf(text, sizeof text, "2024-%02zu-%02zu", month_of(thing), 1 + thing * 7 % 20 + later);
        put("tanggal", i, text);
    }
}

static double look(struct pd_profile **dates)
{
    struct pd_likely_rows likely;
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    *dates = &profiles.columns[1];
    cr_assert_eq((*dates)->kind, PD_KIND_DATE);
    cr_assert_eq(pd_likely_rows_find(&table, &profiles, &likely, NULL), PADAN_OK);
    const double share = pd_auto_look_at_near_dates(&table, &likely, *dates);
    pd_likely_rows_reset(&likely);
    return share;
}

static void set_up(void)
{
    make_two_sources(&table, ROWS);
}

static void tear_down(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(near_dates, are_a_few_days_apart_in_many_rows, .init = set_up, .fini = tear_down)
{
    struct pd_profile *dates = NULL;
    add_things(2, 3);
    cr_expect_float_eq(look(&dates), .5, .01);
    cr_expect(dates->near_days);
}

Test(near_dates, few_of_them_are_slips, .init = set_up, .fini = tear_down)
{
    struct pd_profile *dates = NULL;
    add_things(20, 3);
    cr_expect_float_eq(look(&dates), .05, .01);
    cr_expect_not(dates->near_days);
}

Test(near_dates, are_within_a_week, .init = set_up, .fini = tear_down)
{
    struct pd_profile *dates = NULL;
    add_things(2, 8);
    cr_expect_eq(look(&dates), 0);
    cr_expect_not(dates->near_days);
}

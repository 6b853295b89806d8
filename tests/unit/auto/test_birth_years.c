/* SPDX-License-Identifier: MIT
 * Years of birth, and ages, of one source are known to be those of the other's dates by rows of the same people. */
#include "auto/birth_years.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 200, TAKEN = 2021 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;
static struct pd_likely_rows likely;
static struct pd_birth_years found;

static int year_of(size_t person)
{
    return 1930 + (int)(person * 37 % 83);
}

/* The same people stand in both sources. */
static void add(const char *name, size_t source, void form(size_t person, char *text))
{
    struct pd_column *column = column_of(&table, name);
    for (size_t i = table.sources[source].begin; i < table.sources[source].end; i++) {
        char text[24];
        form(i % (ROWS / 2), text);
        cr_assert_eq(pd_column_put(column, i, pd_text_of(text), NULL), PADAN_OK);
    }
}

static void name(size_t i, char *text)
{
    snprintf(text, 24, "Nama%c%c", (char)('a' + (int)(i % 26)), (char)('a' + (int)(i / 26)));
}

static void capital_name(size_t i, char *text)
{
    snprintf(text, 24, "NAMA-%c%c", (char)('A' + (int)(i % 26)), (char)('A' + (int)(i / 26)));
}

static void date(size_t i, char *text)
{
    snprintf(text, 24, "%02d/%02d/%04d", 1 + (int)(i % 28), 1 + (int)(i % 12), year_of(i));
}

static void short_date(size_t i, char *text)
{
    snprintf(text, 24, "%02d/%02d/%02d", 1 + (int)(i % 28), 1 + (int)(i % 12), year_of(i) % 100);
}

static void year(size_t i, char *text)
{
    snprintf(text, 24, "%d", year_of(i));
}

static void age(size_t i, char *text)
{
    snprintf(text, 24, "%d", TAKEN - year_of(i));
}

/* Years, and ages, of anyone: of entry, of houses. */
static void other_year(size_t i, char *text)
{
    snprintf(text, 24, "%d", 1930 + (int)((i * i + 5 * i) % 83));
}

static void other_number(size_t i, char *text)
{
    snprintf(text, 24, "%d", 1 + (int)((i * i + 5 * i) % 83));
}

static void find(void)
{
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_likely_rows_find(&table, &profiles, &likely, NULL), PADAN_OK);
    pd_auto_find_birth_years(&table, &profiles, &likely, &found);
    pd_likely_rows_reset(&likely);
}

static void set_up(void)
{
    make_two_sources(&table, ROWS);
    add("nama", 0, name);
    add("nama", 1, capital_name);
}

static void tear_down(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(birth_years, are_those_that_agree_with_dates_of_the_same_people, .init = set_up, .fini = tear_down)
{
    add("lahir", 0, date);
    add("masuk", 1, other_year);
    add("tahun", 1, year);
    find();
    cr_assert_gt(found.agree, 0);
    cr_expect_eq(found.dates, 1);
    cr_expect_eq(found.years, 3);
    cr_expect_eq(found.counted_from, 0);
    cr_expect_gt(found.agree, .99);
}

Test(birth_years, ages_say_when_they_were_taken, .init = set_up, .fini = tear_down)
{
    add("rumah", 0, other_number);
    add("umur", 0, age);
    add("lahir", 1, date);
    find();
    cr_assert_gt(found.agree, 0);
    cr_expect_eq(found.years, 2);
    cr_expect_eq(found.dates, 3);
    cr_expect_eq(found.counted_from, TAKEN);
}

Test(birth_years, years_of_two_digits_are_of_the_nearest_century, .init = set_up, .fini = tear_down)
{
    add("tahun", 0, year);
    add("lahir", 1, short_date);
    find();
    cr_assert_gt(found.agree, 0);
    cr_expect_gt(found.agree, .99);
}

Test(birth_years, ages_are_compared_with_years_too, .init = set_up, .fini = tear_down)
{
    add("umur", 0, age);
    add("tahun", 1, year);
    find();
    cr_assert_gt(found.agree, 0);
    cr_expect_eq(found.counted_from, TAKEN);
}

Test(birth_years, years_of_something_else_are_none, .init = set_up, .fini = tear_down)
{
    add("lahir", 0, date);
    add("masuk", 1, other_year);
    add("rumah", 1, other_number);
    find();
    cr_expect_eq(found.agree, 0);
}

Test(birth_years, a_column_of_both_sources_is_left_alone, .init = set_up, .fini = tear_down)
{
    add("lahir", 0, date);
    add("lahir", 1, date);
    add("tahun", 1, year);
    find();
    cr_expect_eq(found.agree, 0);
}

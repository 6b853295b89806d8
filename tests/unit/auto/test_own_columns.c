/* SPDX-License-Identifier: MIT
 * Rows of one source that differ in what only it has are people of one household. */
#include "auto/own_columns.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 480 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;

/* A column of the first source: its row i has the value that form makes of i. */
static void add(const char *name, void form(size_t i, char *text))
{
    struct pd_column *column = column_of(&table, name);
    for (size_t i = 0; i < ROWS / 2; i++) {
        char text[24];
        form(i, text);
        if (text[0] != '\0') cr_assert_eq(pd_column_put(column, i, pd_text_of(text), NULL), PADAN_OK);
    }
}

static void name_of_row(size_t i, char *text)
{
    static const char vowels[] = "aeiou";
    text[0] = (char)((i % 2 == 0 ? 'A' : 'a') + (int)(i / 2 * 7 % 26)); /* rows of two begin alike */
    text[1] = vowels[i % 5];
    text[2] = (char)('a' + (int)(i % 23));
    text[3] = vowels[i % 3];
    text[4] = '\0';
}

static void day_of_row(size_t i, char *text)
{
    text[0] = '\0';
    if (i != 7) snprintf(text, 24, "%04d-%02d-%02d", 1950 + (int)(i * 11 % 60), 1 + (int)(i % 12), 1 + (int)(i % 28));
}

static void day_of_visit(size_t i, char *text)
{
    snprintf(text, 24, "2023-%02d-%02d", 1 + (int)(i % 12), 1 + (int)(i * 5 % 28));
}

static void year_of_row(size_t i, char *text)
{
    snprintf(text, 24, "%d", 1950 + (int)(i * 11 % 60));
}

static void town_of_row(size_t i, char *text)
{
    snprintf(text, 24, "%s", i % 3 == 0 ? "Medan" : i % 3 == 1 ? "Solok" : "Jambi");
}

static void find(void)
{
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    for (size_t i = 0; i < profiles.n_columns; i++) profiles.columns[i].one_sided = true;
    cr_assert_eq(pd_auto_find_own(&table, &profiles, NULL), PADAN_OK);
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

Test(own_columns, are_names_and_dates_that_tell_people_apart, .init = set_up, .fini = tear_down)
{
    static const bool own[] = { true, true, false, true, false };
    add("nama", name_of_row);
    add("lahir", day_of_row);
    add("kunjungan", day_of_visit);
    add("tahun_lahir", year_of_row);
    add("kota", town_of_row);
    find();
    for (size_t i = 0; i < profiles.n_columns; i++)
        cr_expect_eq(profiles.columns[i].own, own[i], "%.*s", PD_TEXT_ARGS(profiles.columns[i].name));
}

Test(own_columns, rows_that_differ_in_all_of_them_are_others, .init = set_up, .fini = tear_down)
{
    add("nama", name_of_row);
    add("lahir", day_of_row);
    find();
    cr_expect(pd_auto_differ_in_own(&table, &profiles, 2, 4));
    cr_expect_not(pd_auto_differ_in_own(&table, &profiles, 2, 3));     /* one first letter */
    cr_expect_not(pd_auto_differ_in_own(&table, &profiles, 0, 60));    /* one year: 60 * 11 % 60 == 0 */
    cr_expect(pd_auto_differ_in_own(&table, &profiles, 7, 9));         /* one date missing: the name decides */
    cr_expect_not(pd_auto_differ_in_own(&table, &profiles, 300, 301)); /* the other source has neither */
}

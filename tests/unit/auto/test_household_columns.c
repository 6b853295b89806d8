/* SPDX-License-Identifier: MIT
 * Which columns say what rows are a household. */
#include "auto/household_columns.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 1200 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;
static struct pd_household_choices choices;

static void add(const char *name, void form(size_t i, char *text))
{
    struct pd_column *column = column_of(&table, name);
    for (size_t i = 0; i < ROWS; i++) {
        char text[24];
        form(i, text);
        cr_assert_eq(pd_column_put(column, i, pd_text_of(text), NULL), PADAN_OK);
    }
}

/* A name that belongs to a number, of as many as 11,025. */
static void put_name(size_t i, char *text)
{
    static const char vowels[] = "AEIOU", others[] = "BDFGHJKLMNPRSTVWYZCQX";
    snprintf(text, 24, "%c%c%c%c", others[i % 21], vowels[i % 5], others[i / 21 % 21], vowels[i / 5 % 5]);
}

static size_t household_of(size_t i)
{
    return i / 4;
}
static void first_name(size_t i, char *text)
{
    put_name(i * 37 % 400, text);
}
static void surname(size_t i, char *text)
{
    put_name(household_of(i) * 13 % 150, text);
}
static void street(size_t i, char *text)
{
    put_name(household_of(i) * 29 % 40, text);
}
static void house(size_t i, char *text)
{
    snprintf(text, 24, "%zu", 1 + household_of(i) * 7 % 61);
}
static void class_of_thirty(size_t i, char *text)
{
    snprintf(text, 24, "%zu", 100 + i / 30);
}
static void own_surname(size_t i, char *text)
{
    put_name(i * 61 % 1100, text);
}

static void find(void)
{
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_household_columns(&table, &profiles, 2, &choices, NULL), PADAN_OK);
}

static bool has(const struct pd_household_columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->n; i++)
        if (pd_text_equal(profiles.columns[columns->profiles[i]].name, pd_text_of(name))) return true;
    return false;
}

Test(household_columns, a_street_and_a_house_make_households_and_first_names_do_not)
{
    make_two_sources(&table, ROWS);
    add("first", first_name);
    add("surname", surname);
    add("street", street);
    add("house", house);
    find();
    cr_assert_gt(choices.n, 0);
    cr_expect_eq(choices.items[0].n_rows, ROWS);
    cr_expect_eq(choices.items[0].n_households, ROWS / 4);
    cr_expect_gt(choices.items[0].kin, .9);
    for (size_t i = 0; i < choices.n; i++) cr_expect(!has(&choices.items[i], "first"), "choice %zu", i);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

Test(household_columns, a_class_is_no_household)
{
    make_two_sources(&table, ROWS);
    add("first", first_name);
    add("surname", own_surname);
    add("class", class_of_thirty);
    find();
    cr_expect_eq(choices.n, 0, "%zu choices", choices.n);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

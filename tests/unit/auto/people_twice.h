/* SPDX-License-Identifier: MIT
 * A file in which everybody stands twice: the second half of its rows is of the people of the first. */
#ifndef PD_TESTS_AUTO_PEOPLE_TWICE_H
#define PD_TESTS_AUTO_PEOPLE_TWICE_H

#include "two_sources.h"

enum { PEOPLE = 1500, ROWS = 2 * PEOPLE, LONGEST = 128 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;

/* A column: form makes the value of a person in the first or second row of theirs. */
static void add(const char *name, void form(size_t person, bool second, char *text))
{
    struct pd_column *column = column_of(&table, name);
    for (size_t i = 0; i < ROWS; i++) {
        char text[LONGEST];
        form(i % PEOPLE, i >= PEOPLE, text);
        if (text[0] != '\0') cr_assert_eq(pd_column_put(column, i, pd_text_of(text), NULL), PADAN_OK);
    }
}

#endif

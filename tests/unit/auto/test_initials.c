/* SPDX-License-Identifier: MIT
 * Initials of one source are known to be those of the other's names by rows of the same people. */
#include "auto/initials.h"
#include "auto/kind.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 200 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;
static struct pd_likely_rows likely;
static struct pd_initials found;

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

static char letter(size_t person)
{
    return (char)('A' + (int)(person * 11 % 26));
}

static void surname(size_t i, char *text)
{
    snprintf(text, 24, "Marga%c%c", (char)('a' + (int)(i % 26)), (char)('a' + (int)(i / 26)));
}

static void first_name(size_t i, char *text)
{
    snprintf(text, 24, "%cniko%c", letter(i), (char)('a' + (int)(i % 5)));
}

static void initials(size_t i, char *text)
{
    snprintf(text, 24, i % 2 == 0 ? "%c." : "%c.P.", letter(i) + 'a' - 'A');
}

static void class(size_t i, char *text)
{
    snprintf(text, 24, "%c", (char)('A' + (int)(i % 7)));
}

static void find(void)
{
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_likely_rows_find(&table, &profiles, &likely, NULL), PADAN_OK);
    pd_auto_find_initials(&table, &profiles, &likely, &found);
    pd_likely_rows_reset(&likely);
}

static void set_up(void)
{
    make_two_sources(&table, ROWS);
    add("marga", 0, surname);
    add("marga", 1, surname);
}

static void tear_down(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(initials, are_those_that_agree_with_names_of_the_same_people, .init = set_up, .fini = tear_down)
{
    add("nama", 0, first_name);
    add("kelas", 1, class);
    add("inisial", 1, initials);
    find();
    cr_expect_gt(found.agree, .99);
    cr_expect_eq(found.names, 1);
    cr_expect_eq(found.initials, 3);
}

Test(initials, letters_of_something_else_are_none, .init = set_up, .fini = tear_down)
{
    add("nama", 0, first_name);
    add("kelas", 1, class);
    find();
    cr_expect_eq(found.agree, 0);
}

Test(initials, are_letters_that_stand_alone)
{
    static const struct {
        const char *value;
        bool are;
    } cases[] = {
        { "J", true },   { "j.p.", true },     { "J P", true }, { "J.-P.", true }, { "\xc3\x89.", true },
        { "JP", false }, { "J. Piet", false }, { "J1", false }, { "", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_value_counts counts = { 0 };
        pd_value_look(pd_text_of(cases[i].value), &counts);
        cr_expect_eq(counts.initials == 1, cases[i].are, "%s", cases[i].value);
    }
}

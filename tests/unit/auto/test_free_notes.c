/* SPDX-License-Identifier: MIT
 * A text whose words rows of one person have in common no more than any rows do says nothing of who a row is. */
#include "auto/free_notes.h"
#include "base/hash.h"
#include "people_twice.h"

#include <stdio.h>

static size_t mix(size_t person, size_t of)
{
    return pd_mix64(person * 64 + of) % 100003;
}

static void surname(size_t person, bool second, char *text)
{
    (void)second;
    const size_t which = mix(person, 3) % 600;
    snprintf(text, LONGEST, "%c%co%c", (int)('a' + which % 26), (int)('a' + which / 26), (int)('a' + which % 5));
}

static void birth(size_t person, bool second, char *text)
{
    (void)second;
    snprintf(text, LONGEST, "%zu-%02zu-%02zu", 1930 + mix(person, 6) % 80, 1 + mix(person, 7) % 12,
             1 + mix(person, 8) % 28);
}

static void telephone(size_t person, bool second, char *text)
{
    (void)second;
    snprintf(text, LONGEST, "08%zu%04zu", 1000 + mix(person, 9) % 9000, mix(person, 10) % 10000);
}

/* Four to eight words of some 300, drawn by a number. */
static void draw_words(size_t number, char *text)
{
    size_t length = 0;
    for (size_t i = 0; i < 4 + mix(number, 20) % 5; i++) {
        const size_t word = mix(number, 30 + i) % 300;
        length +=
            (size_t)snprintf(text + length, LONGEST - length, "%c%ca ", (int)('a' + word % 20), (int)('a' + word / 20));
    }
}

static void note(size_t person, bool second, char *text)
{
    draw_words(2 * person + second, text);
}

static void address(size_t person, bool second, char *text)
{
    (void)second;
    draw_words(2 * person, text);
}

/* One row in four took the note of the other. */
static void copied_note(size_t person, bool second, char *text)
{
    draw_words(2 * person + (second && mix(person, 11) % 4 != 0), text);
}

/* Hardly any person stands twice with it; those that do have something else in common. */
static void seldom_copied_note(size_t person, bool second, char *text)
{
    draw_words(2 * person + (second && person % 50 != 0), text);
}

static enum pd_kind kind_of(void form(size_t person, bool second, char *text), bool with_telephones)
{
    make_two_sources(&table, ROWS);
    add("last", surname);
    add("born", birth);
    if (with_telephones) add("phone", telephone);
    add("text", form);
    const struct pd_auto_data data = { .table = &table, .inside = true, .across = true, .threads = 1 };
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_leave_out_free_notes(&data, &profiles, &arena, NULL), PADAN_OK);
    const enum pd_kind kind = profiles.columns[profiles.n_columns - 1].kind;
    pd_arena_reset(&arena);
    pd_table_reset(&table);
    return kind;
}

Test(free_notes, words_in_common_by_chance_say_nothing)
{
    cr_expect_eq(kind_of(note, true), PD_KIND_LEFT_OUT);
}

Test(free_notes, an_address_is_the_same_in_rows_of_one_person)
{
    cr_expect_eq(kind_of(address, true), PD_KIND_TEXT);
}

Test(free_notes, what_is_copied_now_and_then_tells)
{
    cr_expect_eq(kind_of(copied_note, true), PD_KIND_TEXT);
    cr_expect_eq(kind_of(seldom_copied_note, true), PD_KIND_TEXT);
}

Test(free_notes, without_a_third_column_nothing_shows_whose_rows_they_are)
{
    cr_expect_eq(kind_of(note, false), PD_KIND_TEXT);
}

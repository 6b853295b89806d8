/* SPDX-License-Identifier: MIT
 * A frequent value that the other row of the same person has no more often than anybody stands for nothing. */
#include "auto/fillers.h"
#include "people_twice.h"

#include <stdio.h>

static size_t mix(size_t person, size_t of)
{
    return (person * 7919 + of * 104729) % 100003;
}

static void first_name(size_t person, bool second, char *text)
{
    (void)second; /* one in twelve has the most frequent one */
    const size_t which = mix(person, 1) % 12 == 0 ? 0 : 1 + mix(person, 2) % 150;
    snprintf(text, 32, "%c%c%c", (int)('a' + which % 26), (int)('a' + which / 26), (int)('m' + which % 7));
}

static void surname(size_t person, bool second, char *text)
{
    (void)second;
    const size_t which = mix(person, 3) % 600;
    snprintf(text, 32, "%c%co%c", (int)('a' + which % 26), (int)('a' + which / 26), (int)('a' + which % 5));
}

static void birth(size_t person, bool second, char *text)
{
    if (mix(person, second ? 4 : 5) % 5 == 0)
        snprintf(text, 32, "1900-01-01");
    else
        snprintf(text, 32, "%zu-%02zu-%02zu", 1930 + mix(person, 6) % 80, 1 + mix(person, 7) % 12,
                 1 + mix(person, 8) % 28);
}

static void telephone(size_t person, bool second, char *text)
{
    (void)second;
    snprintf(text, 32, "08%zu%04zu", 1000 + mix(person, 9) % 9000, mix(person, 10) % 10000);
}

/* Half of those who are called Mohammad stand as Md in one row or the other. */
static void short_name(size_t person, bool second, char *text)
{
    if (mix(person, 11) % 10 == 0)
        snprintf(text, 32, mix(person, second ? 12 : 13) % 2 == 0 ? "Md" : "Mohammad");
    else
        first_name(person, second, text);
}

static const struct pd_profile *profile_of(const char *name)
{
    for (size_t i = 0; i < profiles.n_columns; i++)
        if (pd_text_equal(profiles.columns[i].name, pd_text_of(name))) return &profiles.columns[i];
    cr_assert_fail("no column %s", name);
    return NULL;
}

static void find(void)
{
    const struct pd_auto_data data = { .table = &table, .inside = true, .across = true, .threads = 1 };
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_mind_fillers(&data, &profiles, &arena, NULL), PADAN_OK);
}

Test(fillers, a_date_of_nobody_counts_as_missing)
{
    make_two_sources(&table, ROWS);
    add("first", first_name);
    add("last", surname);
    add("born", birth);
    add("phone", telephone);
    find();
    const struct pd_profile *born = profile_of("born");
    cr_assert_eq(born->n_fillers, (size_t)1);
    cr_expect(pd_text_equal(born->fillers[0], PD_TEXT("1900-01-01")));
    cr_expect(born->fill > .75 && born->fill < .85, "%g", born->fill);
    cr_expect(born->same < .002, "%g", born->same);
    cr_expect_eq(profile_of("first")->n_fillers, (size_t)0, "a frequent name");
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

Test(fillers, a_short_form_of_one_name_is_a_name)
{
    make_two_sources(&table, ROWS);
    add("first", short_name);
    add("last", surname);
    add("phone", telephone);
    find();
    cr_expect_eq(profile_of("first")->n_fillers, (size_t)0);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

Test(fillers, where_nobody_stands_twice_nothing_is_said)
{
    make_two_sources(&table, ROWS);
    add("first", first_name);
    add("born", birth);
    find();
    cr_expect_eq(profile_of("born")->n_fillers, (size_t)0);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

/* SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "base/random.h"
#include "cluster/cluster.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_MAX = 16, PERSON_NUMBERS = 9000 /* of person 1: 9001 */ };

/* Rows of three sources: 0 the registry, 1 the register, 2 a roster. person: number of the cluster. */
struct row {
    uint16_t source;
    uint32_t person;
    uint64_t number;
};

static struct pd_table make_table(const struct row *rows, size_t n)
{
    static struct pd_source sources[3] = { { .name = PD_TEXT("a"), .begin = 0, .end = 0 },
                                           { .name = PD_TEXT("b"), .begin = 0, .end = 0 },
                                           { .name = PD_TEXT("c"), .begin = 0, .end = 0 } };
    static uint16_t source_of[N_MAX];
    struct pd_table table = { .n_records = n, .sources = sources, .n_sources = 3, .source_of = source_of };
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, PD_TEXT("unique_id"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < 3; i++) sources[i].begin = sources[i].end = 0;
    for (size_t i = 0; i < n; i++) {
        struct pd_source *source = &sources[rows[i].source];
        if (source->end == 0) source->begin = i;
        source->end = i + 1;
    }
    for (size_t i = 0; i < n; i++) {
        char id[24];
        (void)snprintf(id, sizeof id, "%02zu", i);
        const struct pd_text text = pd_text_of(id);
        source_of[i] = rows[i].source;
        cr_assert_eq(
            pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &((uint32_t *)column->words)[i], NULL),
            PADAN_OK);
    }
    return table;
}

/* Families of the rows: the first row of each row's family. */
static void families(const struct row *rows, size_t n, int register_source, uint32_t *first)
{
    static const uint8_t priority[] = { 0, 1, 2 };
    uint64_t numbers[N_MAX], persons[N_MAX];
    uint32_t cluster[N_MAX], household[N_MAX], anchor[N_MAX];
    struct pd_table table = make_table(rows, n);
    for (size_t i = 0; i < n; i++) {
        /* Numbers of one digit stand for numbers that have no digit in common. */
        numbers[i] = rows[i].number < 10 ? rows[i].number * 1111 : rows[i].number;
        persons[i] = PERSON_NUMBERS + rows[i].person;
        cluster[i] = (uint32_t)i;
        for (size_t k = 0; k < i; k++)
            if (rows[k].person == rows[i].person) cluster[i] = cluster[k];
    }
    for (size_t i = 0; i < n; i++) {
        anchor[i] = PD_NO_RECORD;
        for (size_t k = 0; k < n; k++)
            if (rows[k].person == rows[i].person && rows[k].source == 1) anchor[i] = (uint32_t)k;
    }
    const struct pd_clusters clusters = { .n_records = n, .cluster = cluster, .anchor = anchor };
    const struct pd_household_options options = { &table, numbers, persons, priority, 20, register_source, 1 };
    cr_assert_eq(pd_cluster_households(&options, &clusters, household, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) {
        first[i] = (uint32_t)i;
        for (size_t k = i; k > 0; k--)
            if (household[k - 1] == household[i]) first[i] = (uint32_t)(k - 1);
    }
    pd_table_reset(&(struct pd_table){ .columns = table.columns, .n_columns = table.n_columns, .arena = table.arena });
}

struct family_case {
    const char *what;
    size_t n;
    struct row rows[7];
    uint32_t first[7]; /* the first row of each row's family */
};

static void check(const struct family_case *of, int register_source)
{
    uint32_t first[N_MAX];
    families(of->rows, of->n, register_source, first);
    for (size_t k = 0; k < of->n; k++)
        cr_expect_eq(first[k], of->first[k], "%s: row %zu is with %u", of->what, k, first[k]);
}

Test(households, numbers_make_families_and_the_registry_speaks_first)
{
    static const struct family_case cases[] = {
        { "one number, one family", 3, { { 0, 1, 7 }, { 0, 2, 7 }, { 0, 3, 8 } }, { 0, 0, 2 } },
        { "the registry before the register: two married and have a new card",
          5,
          { { 0, 1, 7 }, { 0, 2, 7 }, { 1, 1, 8 }, { 1, 2, 9 }, { 1, 3, 8 } },
          { 0, 0, 0, 0, 4 } },
        { "a number of one row gives way to the register's",
          5,
          { { 0, 1, 9 }, { 0, 2, 7 }, { 0, 3, 7 }, { 1, 1, 7 }, { 1, 2, 7 } },
          { 0, 0, 0, 0, 0 } },
        { "a person alone stays alone", 3, { { 0, 1, 9 }, { 1, 1, 9 }, { 1, 2, 7 } }, { 0, 0, 2 } },
        { "the register's family of a lonely number, before the roster's",
          5,
          { { 0, 1, 9 }, { 2, 1, 6 }, { 1, 1, 7 }, { 1, 2, 7 }, { 2, 3, 6 } },
          { 0, 0, 0, 0, 4 } },
        { "rows without a number", 2, { { 0, 1, 0 }, { 0, 2, 0 } }, { 0, 1 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int register_source = -1; register_source <= 1; register_source += 2) check(&cases[i], register_source);
}

Test(households, an_old_card_that_the_register_does_not_know_parts_no_family)
{
    static const struct family_case cases[] = {
        { "two people of three",
          6,
          { { 0, 1, 9 }, { 0, 2, 9 }, { 0, 3, 7 }, { 1, 1, 7 }, { 1, 2, 7 }, { 1, 3, 7 } },
          { 0, 0, 0, 0, 0, 0 } },
        { "one whom the register does not know goes with them",
          5,
          { { 0, 1, 9 }, { 0, 2, 9 }, { 1, 1, 7 }, { 1, 3, 7 }, { 0, 4, 8 } },
          { 0, 0, 0, 0, 4 } },
        { "a number that the register has for somebody who moved is no unknown one",
          7,
          { { 0, 1, 9 }, { 0, 2, 9 }, { 0, 3, 8 }, { 1, 1, 7 }, { 1, 2, 7 }, { 1, 3, 9 }, { 1, 4, 7 } },
          { 0, 0, 0, 0, 0, 0, 6 } },
        { "a person alone is not drawn into the family on a roster's card",
          4,
          { { 0, 1, 6 }, { 1, 1, 6 }, { 2, 1, 7 }, { 1, 2, 7 } },
          { 0, 0, 0, 3 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i], 1);
}

Test(households, a_slip_in_the_registry_joins_no_two_families_and_parts_none)
{
    static const struct family_case cases[] = {
        { "another digit is another family's number",
          5,
          { { 0, 1, 7002 }, { 0, 2, 7002 }, { 1, 1, 7004 }, { 1, 2, 7002 }, { 1, 3, 7004 } },
          { 0, 1, 0, 1, 0 } },
        { "one who moved to the family of a number that is no slip",
          5,
          { { 0, 1, 7002 }, { 0, 2, 7002 }, { 1, 1, 8004 }, { 1, 2, 7002 }, { 1, 3, 8004 } },
          { 0, 0, 0, 0, 4 } },
        { "the person's own number in its place, which is a family's number by chance",
          5,
          { { 0, 1, 9001 }, { 0, 2, 7002 }, { 1, 1, 7002 }, { 1, 2, 7002 }, { 1, 3, 9001 } },
          { 0, 0, 0, 0, 4 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i], 1);
}

/* The row whose number a person speaks with: of the first source that gives one. */
static size_t speaker_of(const struct row *rows, size_t n, uint32_t person)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].person != person || rows[i].number == 0) continue;
        if (best == n || rows[i].source < rows[best].source) best = i;
    }
    return best;
}

/* The one number that all who speak with `number` have in the register, 0 when there are several or the register has
 * it. */
static uint64_t number_instead(const struct row *rows, size_t n, uint64_t number)
{
    uint64_t common = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].source == 1 && rows[i].number == number) return 0;
    for (size_t i = 0; i < n; i++) {
        const size_t speaker = speaker_of(rows, n, rows[i].person);
        if (rows[i].source != 1 || rows[i].number == 0 || speaker == n || rows[speaker].number != number) continue;
        if (common != 0 && common != rows[i].number) return 0;
        common = rows[i].number;
    }
    return common;
}

static uint64_t family_of(const struct row *rows, size_t n, uint32_t person)
{
    const size_t speaker = speaker_of(rows, n, person);
    if (speaker == n) return 1000 + person; /* alone */
    const uint64_t instead = number_instead(rows, n, rows[speaker].number);
    return instead != 0 ? instead : rows[speaker].number;
}

/* Small nations against the rules said plainly: the registry's rows, then the register's, then a roster's. */
Test(households, of_random_people_are_those_that_the_rules_say)
{
    struct pd_random random = pd_random_stream(5, 2);
    for (int round = 0; round < 3000; round++) {
        struct row rows[N_MAX];
        uint32_t first[N_MAX];
        size_t n = 0;
        for (uint16_t source = 0; source < 3; source++)
            for (uint32_t person = 1; person <= 5; person++)
                if (pd_random_below(&random, 4) != 0)
                    rows[n++] = (struct row){ source, person, pd_random_below(&random, 5) };
        families(rows, n, 1, first);
        for (size_t i = 0; i < n; i++) {
            size_t expected = 0;
            while (family_of(rows, n, rows[expected].person) != family_of(rows, n, rows[i].person)) expected++;
            cr_assert_eq(first[i], expected, "round %d, row %zu is with %u", round, i, first[i]);
        }
    }
}

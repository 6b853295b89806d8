/* SPDX-License-Identifier: MIT */
#include "reconcile/links.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* The register is rows 0 (father), 1 (mother), 2 (child), of family 77, and 3, of family 88. The roster has family 55:
 * row 4 is the child, to be reviewed, twice (5); row 6 the father, linked; row 7 the mother, linked or not. */
enum { FATHER, MOTHER, CHILD, STRANGER, ROW_CHILD, ROW_AGAIN, ROW_FATHER, ROW_MOTHER, N };

struct family {
    enum pd_class mother;
    uint32_t name_of_again; /* 3 is the child's */
    uint32_t candidate;
};

/* Codes 1 to 9 are names, 10 is the third with an alias. */
static void fill_names(struct pd_dictionary *names)
{
    for (uint32_t i = 1; i <= 10; i++) {
        char name[32];
        uint32_t code = 0;
        (void)snprintf(name, sizeof name, i == 10 ? "NAME C ALIAS UCOK" : "NAME %c", (char)('A' + i - 1));
        const struct pd_text text = pd_text_of(name);
        cr_assert_eq(pd_dictionary_insert(names, text, pd_hash_text(text), &code, NULL), PADAN_OK);
        cr_assert_eq(code, i);
    }
}

static pd_weight gained(struct family family)
{
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = 4 },
                                   { .name = PD_TEXT("b"), .begin = 4, .end = N } };
    uint16_t source_of[N] = { 0, 0, 0, 0, 1, 1, 1, 1 };
    struct pd_table table = { .n_records = N, .sources = sources, .n_sources = 2, .source_of = source_of };
    struct pd_column *column = NULL;
    static const uint64_t families[N] = { 77, 77, 77, 88, 55, 55, 55, 55 };
    const uint32_t names[N] = { 1, 2, 3, 4, 3, family.name_of_again, 1, 2 };
    static const int64_t birth_days[N] = { 10, 20, 30, 40, 30, 30, 10, 20 };
    size_t n_gained = 0;
    uint8_t gained_rows[N];
    struct pd_edge list[] = {
        { .left = family.candidate, .right = ROW_CHILD, .class = PD_CLASS_REVIEW },
        { .left = FATHER, .right = ROW_FATHER, .class = PD_CLASS_AUTOMATIC },
        { .left = MOTHER, .right = ROW_MOTHER, .class = (uint8_t)family.mother },
    };
    struct pd_edges edges = { .edges = list, .n_edges = sizeof list / sizeof *list };
    cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    memcpy(column->words, families, sizeof families);
    cr_assert_eq(pd_table_add(&table, PD_TEXT("nama"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    memcpy(column->words, names, sizeof names);
    fill_names(column->dictionary);
    cr_assert_eq(pd_table_add(&table, PD_TEXT("tgl_lahir"), PD_TYPE_DATE, PD_ENCODING_INT, &column, NULL), PADAN_OK);
    memcpy(column->words, birth_days, sizeof birth_days);
    const struct pd_person_columns columns = { .no_kk = 0, .nama = 1, .tgl_lahir = 2 };
    const struct pd_household_evidence_of of = { &table, &columns, 0, 6, 2 };
    cr_assert_eq(pd_household_evidence(&of, &edges, gained_rows, &n_gained, NULL), PADAN_OK);
    for (size_t i = 0; i < edges.n_edges; i++)
        cr_assert_eq(gained_rows[list[i].right], list[i].weight > 0, "row %u", list[i].right);
    table.sources = NULL;
    table.source_of = NULL;
    table.n_sources = 0;
    pd_table_reset(&table);
    return list[0].weight;
}

Test(household_evidence, co_members_speak_and_the_same_person_again_does_not)
{
    static const struct {
        struct family family;
        int bits;
        const char *what;
    } cases[] = {
        { { PD_CLASS_AUTOMATIC, 3, CHILD }, 6, "all co-members; the repeat is none" },
        { { PD_CLASS_AUTOMATIC, 10, CHILD }, 6, "the repeat has an alias" },
        { { PD_CLASS_REVIEW, 3, CHILD }, 3, "one of two" },
        { { PD_CLASS_AUTOMATIC, 9, CHILD }, 4, "another child that nobody knows: two of three" },
        { { PD_CLASS_AUTOMATIC, 3, STRANGER }, 0, "a candidate of another family" },
        { { PD_CLASS_AUTOMATIC, 3, FATHER }, 3, "the father has a row of his own, which speaks against him" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(gained(cases[i].family), cases[i].bits * PD_WEIGHT_ONE, "%s", cases[i].what);
}

/* Twins (rows 1 and 2 of the register) and their mother: a row is linked to one, its pair with the other is in doubt.
 * What the mother says counts for both. */
Test(household_evidence, speaks_for_an_automatic_pair_beside_one_in_doubt)
{
    enum { PARENT, ONE, OTHER, ROW, ROW_PARENT, ROWS };
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = ROW },
                                   { .name = PD_TEXT("b"), .begin = ROW, .end = ROWS } };
    uint16_t source_of[ROWS] = { 0, 0, 0, 1, 1 };
    struct pd_table table = { .n_records = ROWS, .sources = sources, .n_sources = 2, .source_of = source_of };
    struct pd_column *column = NULL;
    static const uint64_t families[ROWS] = { 77, 77, 77, 55, 55 };
    size_t n_gained = 0;
    uint8_t gained_rows[ROWS];
    struct pd_edge list[] = {
        { .left = ONE, .right = ROW, .class = PD_CLASS_AUTOMATIC },
        { .left = OTHER, .right = ROW, .class = PD_CLASS_REVIEW },
        { .left = PARENT, .right = ROW_PARENT, .class = PD_CLASS_AUTOMATIC },
    };
    struct pd_edges edges = { .edges = list, .n_edges = sizeof list / sizeof *list };
    cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    memcpy(column->words, families, sizeof families);
    const struct pd_person_columns columns = { .no_kk = 0, .nama = -1, .tgl_lahir = -1 };
    const struct pd_household_evidence_of of = { &table, &columns, 0, 6, 2 };
    cr_assert_eq(pd_household_evidence(&of, &edges, gained_rows, &n_gained, NULL), PADAN_OK);
    cr_expect_eq(list[0].weight, 6 * PD_WEIGHT_ONE);
    cr_expect_eq(list[1].weight, 6 * PD_WEIGHT_ONE);
    cr_expect_eq(list[2].weight, 0, "no pair of the mother is in doubt");
    cr_expect_eq(n_gained, 2);
    table.sources = NULL;
    table.source_of = NULL;
    table.n_sources = 0;
    pd_table_reset(&table);
}

/* A register of families of four and a roster of the same people, whose first members are in doubt and whose others are
 * linked, or not. The weight gained is told by a look at the family alone. */
enum { FAMILIES = 30000, MEMBERS = 4, PEOPLE = FAMILIES * MEMBERS };

struct village {
    struct pd_source sources[2];
    uint16_t source_of[2 * PEOPLE];
    struct pd_edge edges[PEOPLE];
    pd_weight wanted[PEOPLE];
    uint8_t gained[2 * PEOPLE];
    size_t n_gained;
};

static void settle(struct village *village, uint64_t *families)
{
    struct pd_random random = pd_random_stream(31, 1);
    village->n_gained = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        const bool doubtful = i % MEMBERS == 0;
        families[i] = 1 + i / MEMBERS;
        families[PEOPLE + i] = FAMILIES + 1 + i / MEMBERS;
        village->source_of[i] = 0;
        village->source_of[PEOPLE + i] = 1;
        village->edges[i] = (struct pd_edge){ .left = (uint32_t)i, .right = (uint32_t)(PEOPLE + i) };
        village->edges[i].class = doubtful || pd_random_below(&random, 3) == 0 ? PD_CLASS_REVIEW : PD_CLASS_AUTOMATIC;
    }
    for (size_t i = 0; i < PEOPLE; i++) {
        size_t n_linked = 0;
        for (size_t j = i / MEMBERS * MEMBERS; j < (i / MEMBERS + 1) * MEMBERS; j++)
            n_linked += j != i && village->edges[j].class == PD_CLASS_AUTOMATIC;
        village->wanted[i] = 0;
        if (village->edges[i].class != PD_CLASS_REVIEW || n_linked == 0) continue;
        village->wanted[i] = pd_weight_of_bits(6 * ((double)n_linked / (MEMBERS - 1)));
        village->n_gained++;
    }
}

Test(household_evidence, of_many_families_is_that_of_each_for_any_number_of_threads)
{
    static struct village village;
    village.sources[0] = (struct pd_source){ .name = PD_TEXT("a"), .begin = 0, .end = PEOPLE };
    village.sources[1] = (struct pd_source){ .name = PD_TEXT("b"), .begin = PEOPLE, .end = (size_t)2 * PEOPLE };
    for (int threads = 1; threads <= 3; threads++) {
        struct pd_table table = {
            .n_records = (size_t)2 * PEOPLE, .sources = village.sources, .n_sources = 2, .source_of = village.source_of
        };
        struct pd_column *column = NULL;
        size_t n_gained = 0;
        cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
        settle(&village, column->words);
        struct pd_edges edges = { .edges = village.edges, .n_edges = PEOPLE };
        const struct pd_person_columns columns = { .no_kk = 0, .nama = -1, .tgl_lahir = -1 };
        const struct pd_household_evidence_of of = { &table, &columns, 0, 6, threads };
        cr_assert_eq(pd_household_evidence(&of, &edges, village.gained, &n_gained, NULL), PADAN_OK);
        cr_assert_eq(n_gained, village.n_gained);
        for (size_t i = 0; i < PEOPLE; i++) {
            cr_assert_eq(village.edges[i].weight, village.wanted[i], "pair %zu", i);
            cr_assert_eq(village.gained[i], 0, "person %zu", i);
            cr_assert_eq(village.gained[PEOPLE + i], village.wanted[i] > 0, "row %zu", i);
        }
        table.sources = NULL;
        table.source_of = NULL;
        table.n_sources = 0;
        pd_table_reset(&table);
    }
}

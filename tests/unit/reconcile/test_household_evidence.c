/* SPDX-License-Identifier: MIT */
#include "reconcile/links.h"

#include "base/memory.h"

#include <criterion/criterion.h>

/* The register is rows 0 (father), 1 (mother), 2 (child), of family 77, and 3, of family 88. The roster has family 55:
 * row 4 is the child, to be reviewed, twice (5); row 6 the father, linked; row 7 the mother, linked or not. */
enum { FATHER, MOTHER, CHILD, STRANGER, ROW_CHILD, ROW_AGAIN, ROW_FATHER, ROW_MOTHER, N };

struct family {
    enum pd_class mother;
    uint32_t name_of_again; /* 3 is the child's */
    uint32_t candidate;
};

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
    cr_assert_eq(pd_table_add(&table, PD_TEXT("tgl_lahir"), PD_TYPE_DATE, PD_ENCODING_INT, &column, NULL), PADAN_OK);
    memcpy(column->words, birth_days, sizeof birth_days);
    const struct pd_person_columns columns = { .no_kk = 0, .nama = 1, .tgl_lahir = 2 };
    cr_assert_eq(pd_household_evidence(&table, &columns, 0, 6, 2, &edges, &n_gained, NULL), PADAN_OK);
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
        { { PD_CLASS_REVIEW, 3, CHILD }, 3, "one of two" },
        { { PD_CLASS_AUTOMATIC, 9, CHILD }, 4, "another child that nobody knows: two of three" },
        { { PD_CLASS_AUTOMATIC, 3, STRANGER }, 0, "a candidate of another family" },
        { { PD_CLASS_AUTOMATIC, 3, FATHER }, 3, "the father has a row of his own, which speaks against him" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(gained(cases[i].family), cases[i].bits * PD_WEIGHT_ONE, "%s", cases[i].what);
}

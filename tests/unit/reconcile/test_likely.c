/* SPDX-License-Identifier: MIT */
#include "reconcile/likely.h"

#include "base/memory.h"

#include <criterion/criterion.h>

enum { N = 13 };

/* Two people of the register are rows 0 and 1; every row is a cluster of its own but 8, which belongs to 1; 8 is a row
 * of a roster. */
static const struct {
    uint32_t left, right;
    int weight;
    enum pd_class class;
} pairs[] = {
    { 0, 2, 10, PD_CLASS_REVIEW }, /* 2 follows its strongest pair, to 1 */
    { 1, 2, 11, PD_CLASS_REVIEW }, /* */
    { 2, 3, 9, PD_CLASS_REVIEW },  /* 3 follows 2 to 1 */
    { 4, 5, 8, PD_CLASS_REVIEW },  /* 4 and 5 are nobody the register knows */
    { 0, 6, 5, PD_CLASS_REVIEW },  /* 6 and 7 follow each other, and then 6 leads to 0 */
    { 6, 7, 7, PD_CLASS_REVIEW },   { 0, 1, 30, PD_CLASS_REVIEW }, /* two people of the register are two */
    { 0, 8, 30, PD_CLASS_REVIEW },                                 /* 8 is 1 already */
    { 0, 9, 30, PD_CLASS_NONE },                                   /* below review */
    { 0, 10, 4, PD_CLASS_REVIEW },                                 /* 10 is rather like a row of the register than */
    { 8, 10, 5, PD_CLASS_REVIEW },                                 /* like somebody's row in a roster */
    { 11, 12, 9, PD_CLASS_REVIEW }, { 0, 12, 3, PD_CLASS_REVIEW }, /* follow each other: then the one's weaker pair */
    { 1, 11, 2, PD_CLASS_REVIEW },                                 /* and not the other's, which is weaker still */
};
enum { N_PAIRS = sizeof pairs / sizeof *pairs };

Test(likely, persons_follow_their_strongest_pair_and_never_join_two_of_the_register)
{
    struct pd_edge edges[N_PAIRS];
    uint32_t cluster[N];
    uint32_t anchor[N];
    uint32_t likely[N];
    const struct pd_table table = { .n_records = N };
    for (uint32_t i = 0; i < N; i++) {
        cluster[i] = i == 8 ? 1 : i;
        anchor[i] = i == 0 ? 0 : i == 1 || i == 8 ? 1 : PD_NO_RECORD;
    }
    for (size_t i = 0; i < N_PAIRS; i++)
        edges[i] = (struct pd_edge){ .left = pairs[i].left,
                                     .right = pairs[i].right,
                                     .weight = pairs[i].weight * PD_WEIGHT_ONE,
                                     .class = (uint8_t)pairs[i].class };
    const struct pd_edges all = { .edges = edges, .n_edges = N_PAIRS };
    const struct pd_linkage linkage = { .table = &table, .edges = &all, .cluster = cluster, .anchor = anchor };
    cr_assert_eq(pd_likely_persons(&linkage, likely, NULL), PADAN_OK);
    static const uint32_t wanted[N] = { 0, 1, 1, 1, 4, 4, 0, 0, 1, 9, 0, 0, 0 };
    for (size_t i = 0; i < N; i++) cr_expect_eq(likely[i], wanted[i], "row %zu: %u", i, likely[i]);
}

/* Rows 0 to 3 are the register's: 0, 1 and 2 have one number there, 3 has none. The registry puts 0 with 4 and 1 with
 * 5; 2 is with 1. A number of more than 20 people (6 to 27) joins nobody. */
Test(likely, families_that_the_register_holds_as_one_may_be_one)
{
    enum { ROWS = 28, CROWD = 6 };
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = 4 },
                                   { .name = PD_TEXT("b"), .begin = 4, .end = 6 },
                                   { .name = PD_TEXT("c"), .begin = 6, .end = ROWS } };
    struct pd_table table = { .n_records = ROWS, .sources = sources, .n_sources = 3 };
    struct pd_column *numbers = NULL;
    uint32_t household[ROWS], likely_family[ROWS];
    cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &numbers, NULL), PADAN_OK);
    uint64_t *words = numbers->words;
    for (uint32_t i = 0; i < ROWS; i++) {
        household[i] = i;
        words[i] = i < 3 ? 77 : i >= CROWD ? 99 : 0;
    }
    household[4] = 0;
    household[5] = household[2] = 1;
    struct pd_linkage linkage = { .table = &table, .columns = { .no_kk = 0 }, .household = household };
    cr_assert_eq(pd_likely_families(&linkage, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++)
        cr_expect_eq(likely_family[i], i == 1 ? 0 : i, "family %u: %u", i, likely_family[i]);
    linkage.register_source = 2;
    cr_assert_eq(pd_likely_families(&linkage, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++) cr_expect_eq(likely_family[i], i, "family %u: %u", i, likely_family[i]);
    linkage.register_source = -1;
    cr_assert_eq(pd_likely_families(&linkage, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++) cr_expect_eq(likely_family[i], i);
    table.sources = NULL;
    table.n_sources = 0;
    pd_table_reset(&table);
}

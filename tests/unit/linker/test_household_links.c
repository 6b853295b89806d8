/* SPDX-License-Identifier: MIT
 * What the other members of two households say of a pair. */
#include "linking/household_links.h"

#include "../auto/two_sources.h"

#include <math.h>

enum { ROWS = 32, PAIRS_MAX = 16 };

static struct pd_table table;
static double bits[PD_MEMBER_GAMMAS]; /* of one comparison: like, other */
static struct pd_household_members members = { .apart = .1, .odds = 20, .bits = bits };
static struct pd_edge edges[PAIRS_MAX];
static int8_t gammas[PAIRS_MAX];
static double gains[PAIRS_MAX], weights[PAIRS_MAX];

/* homes: of rows 0 and on, and of rows 16 and on, one letter each; '-' for a row without one. */
static void make(const char *left, const char *right)
{
    pd_table_reset(&table); /* of the case before */
    make_two_sources(&table, ROWS);
    struct pd_column *column = column_of(&table, "home");
    bits[1] = -6;
    bits[2] = 7;
    for (size_t side = 0; side < 2; side++)
        for (const char *at = side == 0 ? left : right; *at != '\0'; at++) {
            const size_t row = side * ROWS / 2 + (size_t)(at - (side == 0 ? left : right));
            const char home[2] = { *at, '\0' };
            if (*at != '-') cr_assert_eq(pd_column_put(column, row, pd_text_of(home), NULL), PADAN_OK);
        }
}

struct pair {
    uint32_t left, right; /* right: from 0 on in its source */
    int8_t gamma;
    double weight;
};

/* Gains of pairs, in their order. */
static void weigh(const struct pair *pairs, size_t n)
{
    static const int columns[] = { 0 };
    struct pd_household_rows rows;
    struct pd_household_meetings meetings;
    for (size_t i = 0; i < n; i++) {
        edges[i] = (struct pd_edge){ .left = pairs[i].left, .right = ROWS / 2 + pairs[i].right };
        gammas[i] = pairs[i].gamma;
        weights[i] = pairs[i].weight;
    }
    const struct pd_edges list = { .edges = edges, .n_edges = n, .gammas = gammas, .n_comparisons = 1 };
    cr_assert_eq(pd_household_rows_make(&table, columns, 1, 2, &rows, NULL), PADAN_OK);
    cr_assert_eq(pd_household_meetings_make(&table, &rows, &list, 2, &meetings, NULL), PADAN_OK);
    cr_assert_eq(pd_household_gains(&meetings, &table, &members, weights, gains, NULL), PADAN_OK);
    pd_household_meetings_reset(&meetings);
    pd_household_rows_reset(&rows);
}

Test(household_links, rows_of_a_source_with_equal_values_are_a_household_but_not_too_many)
{
    static const int columns[] = { 0 };
    struct pd_household_rows rows;
    make("aab-b-c", "abccccccccccccc");
    cr_assert_eq(pd_household_rows_make(&table, columns, 1, 1, &rows, NULL), PADAN_OK);
    cr_expect_eq(rows.n, 2, "%zu households", rows.n);
    cr_expect_eq(rows.n_within, 4);
    cr_expect_eq(rows.n_crowded, 13, "%zu rows are too many for one", rows.n_crowded);
    cr_expect_eq(rows.of[0], rows.of[1]);
    cr_expect_eq(rows.of[2], rows.of[4]);
    cr_expect_neq(rows.of[0], rows.of[2]);
    for (size_t i = 0; i < ROWS; i++) cr_expect_eq(rows.of[i] != 0, i == 0 || i == 1 || i == 2 || i == 4, "row %zu", i);
    for (uint32_t i = 1; i <= rows.n; i++) cr_expect_eq(pd_household_size(&rows, i), 2);
    pd_household_rows_reset(&rows);
    pd_table_reset(&table);
}

Test(household_links, a_pair_gains_where_the_others_are_found_and_to_the_bit_what_it_should)
{
    static const struct pair pairs[] = { { 0, 0, 1, -1 }, { 1, 1, 1, -1 }, { 2, 2, 1, -1 } };
    make("aaa", "xxx");
    weigh(pairs, 3);
    /* The two others: what all share once, (-1 - 7), what each tells, and four members who are not counted apart. */
    const double odds = exp2(-8 + 2 * (log2(20) + 7) + 4 * log2(.1));
    const double are_one = odds / (1 + odds);
    const double wanted = log2(are_one * 20 * exp2(7) + (1 - are_one) * .5) + 1;
    for (size_t i = 0; i < 3; i++) cr_expect_float_eq(gains[i], wanted, 1e-9, "%f instead of %f", gains[i], wanted);
    cr_expect_gt(wanted, 5);
    pd_table_reset(&table);
}

Test(household_links, two_who_are_left_over_gain_though_their_names_differ)
{
    static const struct pair pairs[] = { { 0, 0, 1, 9 }, { 1, 1, 1, 9 }, { 2, 2, 0, -4 } };
    make("aaa", "xxx");
    weigh(pairs, 3);
    cr_expect_gt(gains[2], 2, "%f", gains[2]);
    cr_expect_lt(gains[2], log2(20), "more than one of two left over may be");
    pd_table_reset(&table);
}

Test(household_links, nothing_is_gained_of_equal_rivals)
{
    static const struct pair households[] = { { 0, 0, 1, -1 }, { 1, 1, 1, -1 }, { 2, 2, 1, -1 },
                                              { 0, 3, 1, -1 }, { 1, 4, 1, -1 }, { 2, 5, 1, -1 } };
    static const struct pair left_over[] = { { 0, 0, 1, 9 },   { 1, 1, 1, 9 },   { 2, 2, -1, -1 },
                                             { 2, 3, -1, -1 }, { 3, 2, -1, -1 }, { 3, 3, -1, -1 } };
    make("aaa", "xxxyyy");
    weigh(households, 6);
    for (size_t i = 0; i < 6; i++) cr_expect_lt(weights[i] + gains[i], log2(20) + 7, "household %zu", i);
    weigh(households, 3);
    const double alone = gains[0];
    weigh(households, 6);
    cr_expect_lt(gains[0], alone - .9, "%f of two, %f of one", gains[0], alone);
    make("aaaa", "xxxx");
    weigh(left_over, 6);
    for (size_t i = 2; i < 6; i++)
        cr_expect_lt(weights[i] + gains[i], 1e-9, "%f of two by two who are left over", gains[i]);
    pd_table_reset(&table);
}

Test(household_links, who_moved_links_no_strangers)
{
    /* Row 0 has moved to three others; rows 1 and 2 are at home as before. */
    static const struct pair pairs[] = { { 0, 0, 1, 12 }, { 1, 1, 0, -3 }, { 2, 2, 0, -3 }, { 3, 3, 0, -3 } };
    make("aaaa", "xxxx");
    weigh(pairs, 4);
    for (size_t i = 0; i < 4; i++) cr_expect_eq(gains[i], 0, "%f for pair %zu", gains[i], i);
    pd_table_reset(&table);
}

Test(household_links, rows_of_no_household_and_of_one_source_are_left_alone)
{
    static const struct pair pairs[] = { { 0, 0, 1, -1 }, { 1, 1, 1, -1 }, { 2, 2, 1, -1 } };
    make("a--", "xx-");
    weigh(pairs, 3);
    for (size_t i = 0; i < 3; i++) cr_expect_eq(gains[i], 0);
    make("aab", "xyx");
    weigh(pairs, 3);
    for (size_t i = 0; i < 3; i++) cr_expect_eq(gains[i], 0, "one of a household alone says nothing of another");
    pd_table_reset(&table);
}

/* SPDX-License-Identifier: MIT
 * Messages along candidates against all matchings, one by one. */
#include "train/matching.h"

#include <criterion/criterion.h>

enum { MOST_EDGES = 8, MOST_ROWS = 16, ROUNDS = 200 };

/* Rows of two sources, the even ones and the odd ones. */
struct graph {
    struct pd_edge edges[MOST_EDGES];
    double odds[MOST_EDGES];
    size_t n;
    uint16_t source_of[MOST_ROWS];
    struct pd_rivals rivals;
};

static void make(struct graph *graph, const uint32_t (*rows)[2], const double *odds, size_t n)
{
    *graph = (struct graph){ .n = n };
    for (size_t i = 0; i < MOST_ROWS; i++) graph->source_of[i] = i % 2;
    for (size_t i = 0; i < n; i++) {
        graph->edges[i] = (struct pd_edge){ .left = rows[i][0], .right = rows[i][1] };
        graph->odds[i] = odds[i];
    }
    graph->rivals = (struct pd_rivals){ graph->edges, graph->source_of, MOST_ROWS, 2, NULL };
}

/* The product of the odds of a set of edges; 0 when two of them touch a row. */
static double worth(const struct graph *graph, unsigned set)
{
    unsigned rows = 0;
    double product = 1;
    for (size_t i = 0; i < graph->n; i++) {
        const unsigned both = 1U << graph->edges[i].left | 1U << graph->edges[i].right;
        if ((set >> i & 1) == 0) continue;
        if (rows & both) return 0;
        rows |= both;
        product *= graph->odds[i];
    }
    return product;
}

static double share_of_matchings(const struct graph *graph, size_t edge)
{
    double with = 0, all = 0;
    for (unsigned set = 0; set < 1U << graph->n; set++) {
        all += worth(graph, set);
        if (set >> edge & 1) with += worth(graph, set);
    }
    return with / all;
}

static void expect_shares(const struct graph *graph, double tolerance)
{
    struct pd_matching matching;
    double sums[2 * MOST_ROWS];
    cr_assert_eq(pd_matching_make(&matching, graph->n, NULL), PADAN_OK);
    for (int i = 0; i < ROUNDS; i++) pd_matching_send(&matching, &graph->rivals, graph->odds, sums, 1);
    for (size_t i = 0; i < graph->n; i++) {
        const double expected = share_of_matchings(graph, i);
        const double found = pd_matching_probability(&matching, graph->odds[i], i);
        cr_expect_float_eq(found, expected, tolerance, "edge %zu: %g, not %g", i, found, expected);
    }
    pd_matching_reset(&matching);
}

Test(matching, is_exact_without_loops)
{
    static const uint32_t rows[][2] = { { 0, 1 }, { 2, 1 }, { 2, 3 }, { 4, 3 }, { 4, 5 }, { 4, 7 }, { 6, 7 } };
    static const double odds[][7] = { { 1, 1, 1, 1, 1, 1, 1 },
                                      { 30, 2, .5, 900, .01, 4, 7 },
                                      { 1e5, 3e4, 20, 1e5, 1e5, 50, 2e5 } };
    struct graph graph;
    for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
        make(&graph, rows, odds[i], 7);
        expect_shares(&graph, 1e-6);
    }
}

Test(matching, is_near_with_loops)
{
    static const uint32_t rows[][2] = { { 0, 1 }, { 0, 3 }, { 2, 1 }, { 2, 3 }, { 2, 5 }, { 4, 5 } };
    static const double odds[] = { 50, 1, .2, 40, 3, 2 };
    struct graph graph;
    make(&graph, rows, odds, 6);
    expect_shares(&graph, .02);
}

/* Row 2 fits row 1 a little, whose own row 0 fits it for certain: so does row 3 fit row 2 as if row 1 were not there.
 */
Test(matching, who_has_a_match_stands_in_nobodys_way)
{
    static const uint32_t rows[][2] = { { 0, 1 }, { 2, 1 }, { 2, 3 } };
    static const double odds[] = { 1e6, 9, 1 };
    struct graph graph;
    make(&graph, rows, odds, 3);
    expect_shares(&graph, 1e-4);
    cr_expect_float_eq(share_of_matchings(&graph, 2), .5, 1e-4);
}

/* The most odds there are, of two candidates of one row: sums of them lose nothing that counts. */
Test(matching, two_certain_candidates_share_a_row)
{
    static const uint32_t rows[][2] = { { 0, 1 }, { 0, 3 }, { 2, 5 } };
    static const double odds[] = { PD_MATCHING_ODDS_MOST, PD_MATCHING_ODDS_MOST, PD_MATCHING_ODDS_MOST };
    struct graph graph;
    make(&graph, rows, odds, 3);
    expect_shares(&graph, 1e-3);
}

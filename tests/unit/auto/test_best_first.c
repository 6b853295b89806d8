/* SPDX-License-Identifier: MIT
 * Links one to one, the best first. */
#include <criterion/criterion.h>

#include "auto/best_first.h"

enum { EDGES = 5 };

static const uint16_t two_sources[] = { 0, 0, 0, 1, 1, 1 };
static const uint16_t one_source[6] = { 0 };

static void take(const struct pd_edge *edges, const double *weights, const uint16_t *source_of, bool *taken)
{
    const size_t n_sources = source_of == two_sources ? 2 : 1;
    const struct pd_rivals rivals = { edges, source_of, 6, n_sources, NULL };
    cr_assert_eq(pd_auto_best_first(&rivals, weights, EDGES, taken, NULL), PADAN_OK);
}

Test(auto_best_first, takes_what_others_did_not_want)
{
    const struct pd_edge edges[EDGES] = { { .left = 0, .right = 3 },
                                          { .left = 0, .right = 4 },
                                          { .left = 1, .right = 3 },
                                          { .left = 1, .right = 4 },
                                          { .left = 2, .right = 4 } };
    const double weights[EDGES] = { 9, 8, 7, 2, 1 };
    bool taken[EDGES];
    take(edges, weights, two_sources, taken);
    cr_expect(taken[0] && !taken[1] && !taken[2] && !taken[4]);
    cr_expect(taken[3], "the best of neither, but both are left");
}

Test(auto_best_first, of_several_as_good_takes_the_first)
{
    const struct pd_edge edges[EDGES] = { { .left = 0, .right = 3 },
                                          { .left = 0, .right = 4 },
                                          { .left = 0, .right = 5 },
                                          { .left = 1, .right = 3 },
                                          { .left = 1, .right = 4 } };
    const double weights[EDGES] = { 5, 5, 5, 5, 5 };
    bool taken[EDGES];
    take(edges, weights, two_sources, taken);
    cr_expect(taken[0] && taken[4]);
    cr_expect(!taken[1] && !taken[2] && !taken[3]);
}

Test(auto_best_first, rows_of_one_source_are_taken_once)
{
    const struct pd_edge edges[EDGES] = { { .left = 0, .right = 1 },
                                          { .left = 1, .right = 2 },
                                          { .left = 2, .right = 3 },
                                          { .left = 3, .right = 4 },
                                          { .left = 4, .right = 5 } };
    const double weights[EDGES] = { 1, 2, 3, 2, 1 };
    bool taken[EDGES];
    take(edges, weights, one_source, taken);
    cr_expect(taken[0] && taken[2] && taken[4]);
    cr_expect(!taken[1] && !taken[3]);
}

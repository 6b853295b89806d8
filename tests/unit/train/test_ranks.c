/* SPDX-License-Identifier: MIT
 * The best pair of both rows says more than a weight, as much as decoys allow. */
#include <criterion/criterion.h>

#include <math.h>

#include "train/ranks.h"

enum { ROWS = 100, EDGES_MAX = 4 * ROWS };

/* Two sources of ROWS rows. Row i of one and of the other weigh `own`; with its neighbour a row weighs `other`. */
struct world {
    struct pd_edge edges[EDGES_MAX];
    double weights[EDGES_MAX], probabilities[EDGES_MAX];
    uint16_t source_of[2 * ROWS];
    struct pd_rivals rivals;
    size_t n;
};

static void add(struct world *world, uint32_t left, uint32_t right, double weight, double probability)
{
    world->edges[world->n] = (struct pd_edge){ .left = left, .right = ROWS + right };
    world->weights[world->n] = weight;
    world->probabilities[world->n++] = probability;
}

static void make(struct world *world, double own, double other, double probability)
{
    *world = (struct world){ .n = 0 };
    for (size_t i = 0; i < 2 * ROWS; i++) world->source_of[i] = i >= ROWS;
    for (uint32_t i = 0; i < ROWS; i++) {
        add(world, i, i, own + i * 1e-3, probability);
        add(world, i, (i + 1) % ROWS, other + i * 1e-3, 0);
        add(world, i, (i + 2) % ROWS, other - 1, 0);
    }
    world->rivals = (struct pd_rivals){ world->edges, world->source_of, 2 * ROWS, 2, NULL };
}

static void learn(struct world *world, struct pd_ranks *ranks)
{
    cr_assert_eq(pd_ranks_make(ranks, &world->rivals, world->n, NULL), PADAN_OK);
    pd_ranks_learn(ranks, &world->rivals, world->weights, world->probabilities);
}

Test(ranks, the_best_of_both_rows_gains_and_others_lose)
{
    struct world *world = calloc(1, sizeof *world);
    struct pd_ranks ranks;
    make(world, 2, -8, .9);
    learn(world, &ranks);
    cr_expect(ranks.best[0] && !ranks.best[1] && !ranks.best[2]);
    cr_expect_gt(pd_ranks_bits(&ranks, &world->rivals, 0, 2), 3);
    cr_expect_lt(pd_ranks_bits(&ranks, &world->rivals, 1, 2), -3);
    pd_ranks_reset(&ranks);
    free(world);
}

Test(ranks, a_second_best_that_is_as_good_says_that_chance_makes_bests)
{
    /* Nothing is taken for a match, and every row's second best weighs as much as its best. */
    struct world *world = calloc(1, sizeof *world);
    struct pd_ranks ranks;
    make(world, 2, 1.9, 0);
    learn(world, &ranks);
    cr_expect_lt(fabs(pd_ranks_bits(&ranks, &world->rivals, 0, 2)), 1.5);
    pd_ranks_reset(&ranks);
    free(world);
}

Test(ranks, rows_that_have_a_match_leave_less_to_chance)
{
    struct world *world = calloc(1, sizeof *world);
    struct pd_ranks without, with;
    make(world, 2, 1.9, .1);
    learn(world, &without);
    make(world, 2, 1.9, .9);
    learn(world, &with);
    cr_expect_gt(pd_ranks_bits(&with, &world->rivals, 0, 1.5), pd_ranks_bits(&without, &world->rivals, 0, 1.5) + 1);
    pd_ranks_reset(&without);
    pd_ranks_reset(&with);
    free(world);
}

/* SPDX-License-Identifier: MIT */
#include "base/random.h"
#include "evaluate/counts.h"

#include <criterion/criterion.h>
#include <math.h>

enum { GROUPS = 200, ENTITIES = 2 * GROUPS, FILES = 200 };

static const double share_merged = 0.1;

/* A file of pairs of entities of two rows each; some pairs of entities are in one cluster of four rows. */
static void draw_file(struct pd_entity_counts *entities, struct pd_evaluation *evaluation, uint64_t number)
{
    struct pd_random random = pd_random_stream(7, number);
    *evaluation = (struct pd_evaluation){ .link_only = false };
    for (uint32_t i = 0; i < GROUPS; i++) {
        const bool merged = pd_random_unit(&random) < share_merged;
        const struct pd_entity_counts entity = { .n_true = 1, .n_found = 1, .n_wrong = merged ? 4 : 0, .n_rows = 2 };
        entities[2 * i] = entities[2 * i + 1] = entity;
        if (merged) entities[2 * i + 1].joined = 2 * i + 1;
        evaluation->all.n_true += 2;
        evaluation->all.n_found += 2;
        evaluation->all.n_predicted += merged ? 6 : 2;
    }
}

Test(bootstrap, intervals_of_precision_hold_the_truth_as_often_as_they_say)
{
    static struct pd_entity_counts entities[ENTITIES];
    const double truth = 2 / (2 + 4 * share_merged);
    int n_held = 0;
    for (uint64_t i = 0; i < FILES; i++) {
        struct pd_evaluation evaluation;
        draw_file(entities, &evaluation, i);
        cr_assert_eq(pd_bootstrap(&evaluation, entities, ENTITIES, 1, i, NULL), PADAN_OK);
        n_held += evaluation.precision.low <= truth && truth <= evaluation.precision.high;
    }
    cr_assert_geq(n_held, FILES * 91 / 100, "%d of %d", n_held, FILES); /* were drawn apart: 150 */
}

Test(bootstrap, no_error_seen_is_no_interval_without_width)
{
    static struct pd_entity_counts entities[50];
    struct pd_evaluation evaluation = { .all = { 50, 50, 50 } };
    for (size_t i = 0; i < 50; i++) entities[i] = (struct pd_entity_counts){ .n_true = 1, .n_found = 1, .n_rows = 2 };
    cr_assert_eq(pd_bootstrap(&evaluation, entities, 50, 1, 1, NULL), PADAN_OK);
    cr_assert_float_eq(evaluation.precision.low, 50 / (50 + 1.959964 * 1.959964), 1e-9);
    cr_assert_float_eq(evaluation.recall.low, evaluation.precision.low, 1e-12);
    cr_assert_eq(evaluation.f1.high, 1);
    cr_assert_lt(evaluation.f1.low, 1);
}

/* What joined entities are worth must not hang on the order in which they were met. */
Test(bootstrap, joined_entities_are_one_unit_whatever_chain_joins_them)
{
    struct pd_entity_counts chains[2][6];
    struct pd_evaluation evaluations[2];
    static const uint32_t joined[2][6] = { { 0, 1, 2, 0, 0, 0 }, { 0, 1, 1, 0, 0, 0 } };
    for (size_t k = 0; k < 2; k++) {
        evaluations[k] = (struct pd_evaluation){ .all = { 6, 9, 6 } };
        for (size_t i = 0; i < 6; i++)
            chains[k][i] = (struct pd_entity_counts){
                .n_true = 1, .n_found = 1, .n_wrong = i < 3 ? 2 : 0, .n_rows = 2, .joined = joined[k][i]
            };
        cr_assert_eq(pd_entity_first(chains[k], 2), 0);
        cr_assert_eq(pd_bootstrap(&evaluations[k], chains[k], 6, 1, 1, NULL), PADAN_OK);
    }
    cr_assert_eq(evaluations[0].precision.low, evaluations[1].precision.low);
    cr_assert_eq(evaluations[0].precision.high, evaluations[1].precision.high);
}

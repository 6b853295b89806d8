/* SPDX-License-Identifier: MIT
 * Estimation recovers the parameters that pairs were drawn from, duplicates or not, and keeps m in order. */
#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "linking/linker.h"
#include "train/candidates.h"

enum { COMPARISONS = 4, CANDIDATES = 6000, MATCHES = 2000, RANDOM_PAIRS = 40000 };

static const char model_text[] = "{\"blocking_rules_to_generate_predictions\": [\"l.a = r.a\"], \"comparisons\": ["
#define COMPARISON(name)                                                                                               \
    "{\"output_column_name\": \"" name "\", \"comparison_levels\": ["                                                  \
    "{\"sql_condition\": \"" name "_l IS NULL\", \"is_null_level\": true},"                                            \
    "{\"sql_condition\": \"" name "_l = " name "_r\", \"m_probability\": 0.7, \"u_probability\": 0.1},"                \
    "{\"sql_condition\": \"levenshtein(" name "_l, " name                                                              \
    "_r) <= 1\", \"m_probability\": 0.2, \"u_probability\": 0.1},"                                                     \
    "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]}"
    COMPARISON("a") "," COMPARISON("b") "," COMPARISON("c") "," COMPARISON("d") "]}";

static const double true_m[3] = { .05, .15, .8 }; /* by gamma */
static const double true_u[3] = { .93, .05, .02 };

static int8_t draw(struct pd_random *random, const double *shares)
{
    const double place = pd_random_unit(random);
    return place < shares[0] ? 0 : place < shares[0] + shares[1] ? 1 : 2;
}

static void draw_pairs(int8_t *gammas, size_t n_pairs, size_t n_matches, uint64_t stream)
{
    struct pd_random random = pd_random_stream(5, stream);
    for (size_t i = 0; i < n_pairs; i++)
        for (size_t c = 0; c < COMPARISONS; c++)
            gammas[i * COMPARISONS + c] = draw(&random, i < n_matches ? true_m : true_u);
}

static int8_t candidates[CANDIDATES * COMPARISONS], at_random[RANDOM_PAIRS * COMPARISONS];
static double no_bits[RANDOM_PAIRS];

Test(candidates, recovers_m_u_and_the_number_of_matches)
{
    struct pd_model model;
    struct pd_estimate estimate;
    struct pd_equal_pairs unknown[COMPARISONS] = { { 0, 0 } };
    double start[COMPARISONS][PD_GAMMAS];
    const size_t set_of[COMPARISONS] = { 0 };
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), NULL), PADAN_OK);
    for (size_t c = 0; c < COMPARISONS; c++) {
        start[c][0] = 0;
        start[c][1] = .1;
        start[c][2] = .2;
        start[c][3] = .7;
    }
    draw_pairs(candidates, CANDIDATES, MATCHES, 1);
    draw_pairs(at_random, RANDOM_PAIRS, 400, 2); /* one in a hundred is a match: they must not count for u */
    const struct pd_levelled_pairs sets[] = { { at_random, no_bits, RANDOM_PAIRS, NULL } };
    const struct pd_estimate_input input = { .candidates = { candidates, no_bits, CANDIDATES, NULL },
                                             .sets = sets,
                                             .n_sets = 1,
                                             .set_of = set_of,
                                             .with_related = true,
                                             .all_pairs = MATCHES * 100.0,
                                             .start_matches = 1000,
                                             .equal = unknown,
                                             .start = (const double(*)[PD_GAMMAS])start };
    cr_assert_eq(pd_estimate_model(&input, &model, &estimate, NULL), PADAN_OK);
    cr_expect(estimate.converged);
    cr_expect_float_eq(estimate.n_matches, MATCHES, .05 * MATCHES, "%f", estimate.n_matches);
    for (size_t c = 0; c < COMPARISONS; c++) {
        const struct pd_level *levels = model.comparisons[c].levels;
        for (size_t i = 1; i < 4; i++) {
            const double tolerance = .35 * true_m[levels[i].gamma] + .01; /* the start values keep some say */
            cr_expect_float_eq(levels[i].m, true_m[levels[i].gamma], tolerance, "m %zu: %f", i, levels[i].m);
            cr_expect_float_eq(levels[i].u, true_u[levels[i].gamma], .1 * true_u[levels[i].gamma] + .002, "u %zu: %f",
                               i, levels[i].u);
        }
        cr_expect_geq(levels[1].weight, levels[2].weight);
        cr_expect_geq(levels[2].weight, levels[3].weight);
    }
    pd_estimate_reset(&estimate);
    pd_model_reset(&model);
}

enum { RELATED = 4000, FEW_MATCHES = 1000 };

/* Related pairs have a and b in common as matches do, and nothing else but by chance. */
static void draw_related(int8_t *gammas, size_t n_pairs)
{
    struct pd_random random = pd_random_stream(5, 9);
    for (size_t i = 0; i < n_pairs; i++)
        for (size_t c = 0; c < COMPARISONS; c++) gammas[i * COMPARISONS + c] = draw(&random, c < 2 ? true_m : true_u);
}

static void estimate_with_related(size_t n_matches, struct pd_estimate *estimate)
{
    struct pd_model model;
    struct pd_equal_pairs unknown[COMPARISONS] = { { 0, 0 } };
    double start[COMPARISONS][PD_GAMMAS] = {
        { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }
    };
    const size_t set_of[COMPARISONS] = { 0 };
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), NULL), PADAN_OK);
    draw_pairs(candidates, n_matches, n_matches, 1);
    draw_related(candidates + n_matches * COMPARISONS, RELATED);
    draw_pairs(at_random, RANDOM_PAIRS, 0, 2);
    const struct pd_levelled_pairs sets[] = { { at_random, no_bits, RANDOM_PAIRS, NULL } };
    const struct pd_estimate_input input = { .candidates = { candidates, no_bits, n_matches + RELATED, NULL },
                                             .sets = sets,
                                             .n_sets = 1,
                                             .set_of = set_of,
                                             .with_related = true,
                                             .all_pairs = 1e6,
                                             .start_matches = 1000,
                                             .equal = unknown,
                                             .start = (const double(*)[PD_GAMMAS])start };
    cr_assert_eq(pd_estimate_model(&input, &model, estimate, NULL), PADAN_OK);
    pd_model_reset(&model);
}

Test(candidates, matches_are_told_from_more_related_pairs)
{
    struct pd_estimate estimate;
    estimate_with_related(FEW_MATCHES, &estimate);
    cr_expect_float_eq(estimate.n_matches, FEW_MATCHES, .1 * FEW_MATCHES, "%f", estimate.n_matches);
    cr_expect_gt(estimate.related.shared[0], .7);
    cr_expect_lt(estimate.related.shared[2], .1);
    pd_estimate_reset(&estimate);
}

Test(candidates, related_pairs_alone_are_no_matches)
{
    struct pd_estimate estimate;
    estimate_with_related(0, &estimate);
    cr_expect_lt(estimate.n_matches, .02 * RELATED, "%f", estimate.n_matches);
    cr_expect_gt(estimate.n_related, .5 * RELATED, "%f", estimate.n_related);
    pd_estimate_reset(&estimate);
}

/* Two candidates of one row share what probability there is. */
Test(candidates, rows_that_compete_have_one_match_between_them)
{
    struct pd_model model;
    struct pd_estimate estimate;
    struct pd_equal_pairs unknown[COMPARISONS] = { { 0, 0 } };
    double start[COMPARISONS][PD_GAMMAS] = {
        { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }
    };
    const size_t set_of[COMPARISONS] = { 0 };
    const struct pd_edge edges[] = { { .left = 0, .right = 2 }, { .left = 0, .right = 3 } };
    const uint16_t source_of[] = { 0, 0, 1, 1 };
    int8_t both[2 * COMPARISONS];
    memset(both, 2, sizeof both);
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), NULL), PADAN_OK);
    draw_pairs(at_random, RANDOM_PAIRS, 0, 3);
    const struct pd_levelled_pairs sets[] = { { at_random, no_bits, RANDOM_PAIRS, NULL } };
    const struct pd_estimate_input input = { .candidates = { both, no_bits, 2, NULL },
                                             .sets = sets,
                                             .n_sets = 1,
                                             .set_of = set_of,
                                             .rivals = { edges, source_of, 4, 2 },
                                             .all_pairs = 100,
                                             .start_matches = 1,
                                             .equal = unknown,
                                             .start = (const double(*)[PD_GAMMAS])start };
    cr_assert_eq(pd_estimate_model(&input, &model, &estimate, NULL), PADAN_OK);
    cr_expect_float_eq(estimate.probabilities[0], .5, .01);
    cr_expect_float_eq(estimate.probabilities[1], .5, .01);
    pd_estimate_reset(&estimate);
    pd_model_reset(&model);
}

enum { UNCLEAR = 100, CLEAR = 50 };

/* Pairs that are a match with probability 1/4, and then clear ones: a equal and nothing else. */
static void count_agreement(size_t n_clear, struct pd_agreement *agreement)
{
    struct pd_model model;
    struct pd_equal_pairs unknown[COMPARISONS] = { { 0, 0 } };
    const double start[COMPARISONS][PD_GAMMAS] = {
        { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 }
    };
    const struct pd_estimate estimate = { .lambda = .303, .related = { .n_comparisons = COMPARISONS } };
    const struct pd_levelled_pairs pairs = { candidates, no_bits, UNCLEAR + n_clear, NULL };
    const struct pd_estimate_input input = {
        .all_pairs = 1e6, .start_matches = 1000, .equal = unknown, .start = start
    };
    memset(candidates, 0, sizeof candidates);
    for (size_t i = 0; i < UNCLEAR + n_clear; i++) candidates[i * COMPARISONS] = 2;
    for (size_t i = 0; i < UNCLEAR; i++) candidates[i * COMPARISONS + 1] = 2;
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), NULL), PADAN_OK);
    cr_assert_eq(pd_estimate_agreement(&input, &model, &estimate, &pairs, agreement, NULL), PADAN_OK);
    pd_model_reset(&model);
}

Test(candidates, agreement_is_counted_among_clear_pairs_where_there_are_any)
{
    struct pd_agreement agreement[COMPARISONS];
    count_agreement(CLEAR, agreement);
    cr_expect_float_eq(agreement[1].n, CLEAR, 1, "%f", agreement[1].n);
    cr_expect_eq(agreement[1].n_equal, 0);
}

/* The members of a household of a large register were counted nowhere, and its columns passed for independent. */
Test(candidates, agreement_is_counted_among_unclear_pairs_where_there_are_no_others)
{
    struct pd_agreement agreement[COMPARISONS];
    count_agreement(0, agreement);
    cr_expect_float_eq(agreement[1].n, .75 * UNCLEAR, 1, "%f", agreement[1].n);
    cr_expect_float_eq(agreement[1].n_equal, .75 * UNCLEAR, 1, "%f", agreement[1].n_equal);
    cr_expect_eq(agreement[2].n_equal, 0);
}

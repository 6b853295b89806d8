/* SPDX-License-Identifier: MIT
 * EM on patterns drawn from known parameters: what was put in must come out. */
#include "train/em.h"

#include "base/memory.h"
#include "base/random.h"
#include "train/patterns.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { N_COMPARISONS = 5, N_RULES = 3, N_GROUPS = 2, WIDTH = N_COMPARISONS + 2 };

static const size_t n_levels[N_COMPARISONS] = { 3, 4, 2, 3, 3 };
static const double m_true[N_COMPARISONS][4] = {
    { 0.08, 0.12, 0.80 }, { 0.05, 0.10, 0.15, 0.70 }, { 0.04, 0.96 }, { 0.20, 0.10, 0.70 }, { 0.10, 0.15, 0.75 }
};
static const double u_true[N_COMPARISONS][4] = {
    { 0.95, 0.04, 0.01 }, { 0.90, 0.08, 0.015, 0.005 }, { 0.50, 0.50 }, { 0.97, 0.02, 0.01 }, { 0.90, 0.06, 0.04 }
};
static const double lambda_true[N_GROUPS] = { 0.02, 0.005 };
/* The comparisons that the rules ask to be at their highest level. */
static const size_t ruled[N_RULES] = { 0, 1, 3 };

/* Pairs of which some rule holds, as counts of patterns; those of several rules are masked where all rules ask. */
struct problem {
    struct pd_patterns patterns;
    uint64_t *masked;
    struct pd_em_sample samples[2];
    double u[PD_TRAIN_TABLE], m_start[PD_TRAIN_TABLE], n_pairs[N_GROUPS], n_matches[N_GROUPS];
    bool fixed[PD_TRAIN_TABLE];
    struct pd_em em;
    struct pd_em_state state;
};

static int8_t draw_level(struct pd_random *random, const double *shares, size_t n)
{
    double rest = pd_random_unit(random);
    for (size_t i = 0; i + 1 < n; i++) {
        if (rest < shares[i]) return (int8_t)i;
        rest -= shares[i];
    }
    return (int8_t)(n - 1);
}

/* Every tenth value is missing. Whether it is a match. */
static bool draw_pattern(struct pd_random *random, size_t group, int8_t *pattern)
{
    const bool is_match = pd_random_unit(random) < lambda_true[group];
    for (size_t i = 0; i < N_COMPARISONS; i++) {
        pattern[i] = draw_level(random, is_match ? m_true[i] : u_true[i], n_levels[i]);
        if (pd_random_below(random, 10) == 0) pattern[i] = -1;
    }
    pattern[N_COMPARISONS] = -1;
    pattern[N_COMPARISONS + 1] = (int8_t)group;
    return is_match;
}

static bool holds(const int8_t *pattern, size_t rule)
{
    return pattern[ruled[rule]] == (int8_t)(n_levels[ruled[rule]] - 1);
}

static uint64_t mask_of(const int8_t *pattern)
{
    uint64_t masked = UINT64_MAX;
    for (size_t i = 0; i < N_RULES; i++)
        if (holds(pattern, i)) masked &= UINT64_C(1) << ruled[i];
    return masked;
}

static void fill_tables(struct problem *problem)
{
    for (size_t i = 0; i < PD_TRAIN_TABLE; i++) problem->u[i] = problem->m_start[i] = 1;
    for (size_t i = 0; i < N_COMPARISONS; i++)
        for (size_t j = 0; j < n_levels[i]; j++) {
            problem->u[pd_level_index(i, j)] = u_true[i][j];
            problem->m_start[pd_level_index(i, j)] = j + 1 == n_levels[i] ? 0.95 : 0.05 / (double)(n_levels[i] - 1);
        }
}

static void draw_patterns(struct problem *problem, size_t n_pairs, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    problem->patterns.width = WIDTH;
    for (size_t i = 0; i < n_pairs; i++) {
        int8_t pattern[WIDTH];
        const size_t group = i % N_GROUPS;
        const bool is_match = draw_pattern(&random, group, pattern);
        problem->n_pairs[group]++;
        if (mask_of(pattern) == UINT64_MAX) continue;
        problem->n_matches[group] += is_match;
        cr_assert_eq(pd_patterns_add(&problem->patterns, pattern, 1, NULL), PADAN_OK);
    }
    cr_assert_eq(pd_patterns_sort(&problem->patterns, NULL), PADAN_OK);
}

static void prepare(struct problem *problem)
{
    const struct pd_patterns *patterns = &problem->patterns;
    cr_assert_eq(pd_allocate(&problem->masked, patterns->n, sizeof *problem->masked, NULL), PADAN_OK);
    for (size_t i = 0; i < patterns->n; i++) problem->masked[i] = mask_of(pd_pattern(patterns, i));
    problem->samples[0] = (struct pd_em_sample){ .patterns = patterns->bytes,
                                                 .n = patterns->n,
                                                 .width = WIDTH,
                                                 .counts = patterns->counts,
                                                 .masked = problem->masked,
                                                 .scale = 1 };
    problem->em = (struct pd_em){ .n_comparisons = N_COMPARISONS,
                                  .n_groups = N_GROUPS,
                                  .n_samples = 1,
                                  .n_levels = n_levels,
                                  .samples = problem->samples,
                                  .n_pairs = problem->n_pairs,
                                  .fixed = problem->fixed,
                                  .m_start = problem->m_start,
                                  .settles = true,
                                  .max_iterations = 1000,
                                  .tolerance = 1e-7 };
}

static void start(struct problem *problem)
{
    cr_assert_eq(pd_em_state_make(&problem->em, &problem->state, NULL), PADAN_OK);
    pd_em_start(&problem->em, problem->m_start, problem->u, 0.01, &problem->state);
}

static void make_problem(struct problem *problem, size_t n_pairs, uint64_t seed)
{
    memset(problem, 0, sizeof *problem);
    fill_tables(problem);
    draw_patterns(problem, n_pairs, seed);
    prepare(problem);
    start(problem);
}

static void reset_problem(struct problem *problem)
{
    pd_patterns_reset(&problem->patterns);
    pd_free(problem->masked);
    pd_em_state_reset(&problem->state);
}

Test(em, known_parameters_come_back_within_five_percent)
{
    static struct problem problem;
    make_problem(&problem, 6000000, 1);
    pd_em_run(&problem.em, &problem.state);
    cr_assert(problem.state.converged);
    for (size_t i = 0; i < N_COMPARISONS; i++)
        for (size_t j = 0; j < n_levels[i]; j++) {
            const double m = problem.state.m[pd_level_index(i, j)];
            cr_expect(fabs(m / m_true[i][j] - 1) < 0.05, "m of comparison %zu, level %zu: %f, not %f", i, j, m,
                      m_true[i][j]);
        }
    for (size_t i = 0; i < N_GROUPS; i++) {
        const double lambda = problem.n_matches[i] / problem.n_pairs[i];
        cr_expect(fabs(problem.state.lambda[i] / lambda - 1) < 0.05, "lambda of group %zu: %f, not %f", i,
                  problem.state.lambda[i], lambda);
    }
    reset_problem(&problem);
}

/* Labels hold no m, and no mask leaves a part out: so the likelihood is climbed. */
Test(em, the_likelihood_does_not_fall)
{
    static struct problem problem;
    make_problem(&problem, 200000, 2);
    problem.em.has_labels = true;
    problem.em.max_iterations = 1;
    problem.samples[0].masked = NULL;
    double before = -INFINITY;
    for (size_t i = 0; i < 60; i++) {
        pd_em_run(&problem.em, &problem.state);
        cr_assert(problem.state.log_likelihood > before - 0.01, "iteration %zu: %f after %f", i,
                  problem.state.log_likelihood, before);
        before = problem.state.log_likelihood;
    }
    reset_problem(&problem);
}

Test(em, ten_random_starts_end_at_one_optimum_for_any_number_of_threads)
{
    static struct problem problem;
    for (int threads = 1; threads <= 7; threads += 3) {
        size_t agree = 0;
        make_problem(&problem, 500000, 3);
        pd_em_run(&problem.em, &problem.state);
        cr_assert_eq(pd_em_many_starts(&problem.em, 1, 10, threads, &problem.state, &agree, NULL), PADAN_OK);
        cr_expect_eq(agree, 10, "%zu starts agree", agree);
        reset_problem(&problem);
    }
}

/* One comparison alone cannot tell how many matches there are: any m goes with some lambda. */
Test(em, starts_that_end_elsewhere_are_seen)
{
    static struct problem problem;
    size_t agree = 0;
    memset(&problem, 0, sizeof problem);
    fill_tables(&problem);
    draw_patterns(&problem, 0, 4);
    for (int8_t level = 0; level < 3; level++) {
        const int8_t pattern[WIDTH] = { level, -1, -1, -1, -1, -1, 0 };
        const uint64_t count = (uint64_t)(1e5 * (.8 * u_true[0][level] + .2 * m_true[0][level]));
        cr_assert_eq(pd_patterns_add(&problem.patterns, pattern, count, NULL), PADAN_OK);
    }
    problem.n_pairs[0] = problem.n_pairs[1] = 1e5;
    prepare(&problem);
    problem.samples[0].masked = NULL;
    problem.em.max_iterations = 10000;
    start(&problem);
    pd_em_run(&problem.em, &problem.state);
    cr_assert_eq(pd_em_many_starts(&problem.em, 1, 10, 1, &problem.state, &agree, NULL), PADAN_OK);
    cr_expect_lt(agree, 10);
    reset_problem(&problem);
}

Test(em, weights_rise_with_agreement_and_fixed_levels_stay)
{
    static struct problem problem;
    make_problem(&problem, 30000, 5);
    problem.fixed[pd_level_index(4, 2)] = true;
    pd_em_run(&problem.em, &problem.state);
    cr_expect_float_eq(problem.state.m[pd_level_index(4, 2)], 0.95, 1e-12);
    for (size_t i = 0; i < N_COMPARISONS; i++) {
        double sum = 0;
        for (size_t j = 0; j < n_levels[i]; j++) {
            const size_t level = pd_level_index(i, j);
            sum += problem.state.m[level];
            if (j > 0 && i != 4)
                cr_expect(problem.state.m[level] / problem.u[level] >=
                          problem.state.m[level - 1] / problem.u[level - 1] - 1e-9);
        }
        cr_expect_float_eq(sum, 1, 1e-9);
    }
    reset_problem(&problem);
}

Test(em, a_comparison_masked_in_every_rule_keeps_its_m)
{
    static struct problem problem;
    size_t agree = 0;
    make_problem(&problem, 100000, 6);
    for (size_t i = 0; i < problem.patterns.n; i++) problem.masked[i] |= UINT64_C(1) << 4;
    pd_em_run(&problem.em, &problem.state);
    cr_assert_eq(pd_em_many_starts(&problem.em, 1, 5, 2, &problem.state, &agree, NULL), PADAN_OK);
    for (size_t j = 0; j < n_levels[4]; j++) {
        const size_t level = pd_level_index(4, j);
        cr_expect_float_eq(problem.state.m[level], problem.m_start[level], 1e-15);
        cr_expect_float_eq(problem.state.m_counts[level], 0, 1e-15);
    }
    reset_problem(&problem);
}

/* Two halves of one column: what they are at is seen of both, where it is an address of e-mail. */
Test(em, slips_of_an_address_fall_whatever_becomes_of_the_name)
{
    static struct problem problem;
    struct pd_telling telling[N_COMPARISONS] = {
        { .column = 0 }, { .column = 1 }, { .column = 2 }, { .column = 0 }, { .column = 4 }
    };
    for (int mail = 0; mail <= 1; mail++) {
        make_problem(&problem, 100000, 8);
        telling[0].is_mail = telling[3].is_mail = mail == 1;
        problem.em.telling = telling;
        pd_em_run(&problem.em, &problem.state);
        const double highest = problem.state.m[pd_level_index(0, 2)];
        const double of_other = problem.state.m[pd_level_index(3, 2)];
        cr_expect(mail == 1 ? fabs(highest - of_other) < 1e-9 : highest > of_other + .05, "%g %g", highest, of_other);
        reset_problem(&problem);
    }
}

/* Labels speak where they are: 500 labelled matches of the rules come once more, unmasked, as labelled matches. */
Test(em, labelled_matches_are_counted_once)
{
    static struct problem problem;
    struct pd_patterns labelled = { .width = WIDTH };
    const int8_t yes[WIDTH] = { 2, 3, 1, 2, 2, 1, 0 };
    const int8_t no[WIDTH] = { 2, 0, 0, 0, 0, 0, 0 };
    memset(&problem, 0, sizeof problem);
    fill_tables(&problem);
    draw_patterns(&problem, 0, 7);
    cr_assert_eq(pd_patterns_add(&problem.patterns, yes, 500, NULL), PADAN_OK);
    cr_assert_eq(pd_patterns_add(&problem.patterns, no, 1500, NULL), PADAN_OK);
    cr_assert_eq(pd_patterns_add(&labelled, yes, 600, NULL), PADAN_OK);
    problem.n_pairs[0] = problem.n_pairs[1] = 1e5;
    prepare(&problem);
    problem.samples[1] = (struct pd_em_sample){ .patterns = labelled.bytes,
                                                .n = labelled.n,
                                                .width = WIDTH,
                                                .counts = labelled.counts,
                                                .scale = 1,
                                                .is_labels = true };
    problem.em.n_samples = 2;
    problem.em.has_labels = true;
    start(&problem);
    pd_em_run(&problem.em, &problem.state);
    cr_expect_float_eq(problem.state.m_counts[pd_level_index(4, 2)], 600, 1);
    cr_expect_float_eq(problem.state.matches[0], 500, 1e-9);
    for (size_t i = 0; i < problem.patterns.n; i++)
        cr_expect_eq(problem.state.probabilities[i], pd_pattern(&problem.patterns, i)[N_COMPARISONS]);
    pd_patterns_reset(&labelled);
    reset_problem(&problem);
}

/* Row 0 has three candidates in the other source, alike in all: one is labelled a match, one none, of one nothing is
 * known. Row 4 has one. */
Test(em, candidates_give_way_to_a_labelled_match)
{
    static struct problem problem;
    static const uint16_t source_of[6] = { 0, 1, 1, 1, 0, 1 };
    const struct pd_edge edges[4] = {
        { .left = 0, .right = 1 }, { .left = 0, .right = 2 }, { .left = 0, .right = 3 }, { .left = 4, .right = 5 }
    };
    const int8_t patterns[4 * WIDTH] = { 2, 3, 1, 2, 2, 1,  0, 2, 3, 1, 2, 2, 0,  0,
                                         2, 3, 1, 2, 2, -1, 0, 2, 3, 1, 2, 2, -1, 0 };
    memset(&problem, 0, sizeof problem);
    fill_tables(&problem);
    problem.n_pairs[0] = problem.n_pairs[1] = 100;
    prepare(&problem);
    problem.samples[0] =
        (struct pd_em_sample){ .patterns = patterns, .n = 4, .width = WIDTH, .scale = 1, .masked = NULL };
    problem.em.rivals.of = (struct pd_rivals){ edges, source_of, 6, 2, NULL };
    start(&problem);
    pd_em_expect(&problem.em, &problem.state);
    cr_expect_eq(problem.state.probabilities[0], 1);
    cr_expect_eq(problem.state.probabilities[1], 0);
    cr_expect_lt(problem.state.probabilities[2], 1e-3);
    cr_expect_gt(problem.state.probabilities[3], .9);
    reset_problem(&problem);
}

/* --- families --- */

enum { N_FAMILY_PAIRS = 200000 };
/* Of the pairs of one household: two values are as of matches, the first shares a part. */
static const double first_of_family[3] = { 0.29, 0.70, 0.01 };
static const double share_of_matches = 0.002, share_of_families = 0.02;

static void draw_families(struct problem *problem)
{
    struct pd_random random = pd_random_stream(7, 1);
    problem->patterns.width = WIDTH;
    for (size_t i = 0; i < N_FAMILY_PAIRS; i++) {
        int8_t pattern[WIDTH] = { [N_COMPARISONS] = -1 };
        const double which = pd_random_unit(&random);
        const bool is_match = which < share_of_matches;
        const bool is_family = !is_match && which < share_of_matches + share_of_families;
        for (size_t c = 0; c < N_COMPARISONS; c++) {
            const bool as_match = is_match || (is_family && c != 0 && c != 2 && c != 3);
            const double *shares = is_family && c == 0 ? first_of_family : as_match ? m_true[c] : u_true[c];
            pattern[c] = draw_level(&random, shares, n_levels[c]);
        }
        problem->n_matches[0] += is_match;
        cr_assert_eq(pd_patterns_add(&problem->patterns, pattern, 1, NULL), PADAN_OK);
    }
    problem->n_pairs[0] = N_FAMILY_PAIRS;
    cr_assert_eq(pd_patterns_sort(&problem->patterns, NULL), PADAN_OK);
}

Test(em, families_that_outnumber_matches_keep_apart_when_it_is_known_what_they_are_like)
{
    static struct problem problem;
    memset(&problem, 0, sizeof problem);
    fill_tables(&problem);
    draw_families(&problem);
    prepare(&problem);
    problem.em.n_groups = 1;
    problem.em.with_related = true;
    problem.samples[0].masked = NULL;
    start(&problem);
    /* To begin with they are what two classes would take for matches: mostly families, a few matches among them. */
    problem.state.shared.by_level = true;
    for (size_t c = 0; c < N_COMPARISONS; c++)
        for (size_t i = 0; i < n_levels[c]; i++)
            problem.state.shared.levels[c][i + 1] = .1 * m_true[c][i] + .9 * (c == 0             ? first_of_family[i]
                                                                              : c == 2 || c == 3 ? u_true[c][i]
                                                                                                 : m_true[c][i]);
    pd_em_run(&problem.em, &problem.state);
    cr_expect_float_eq(problem.state.n_matches, problem.n_matches[0], .2 * problem.n_matches[0]);
    cr_expect_float_eq(problem.state.n_related, N_FAMILY_PAIRS * share_of_families,
                       .05 * N_FAMILY_PAIRS * share_of_families);
    cr_expect_lt(problem.state.shared.levels[0][3], .1); /* equal first values are of the matches now */
    reset_problem(&problem);
}

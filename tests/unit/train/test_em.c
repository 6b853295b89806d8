/* SPDX-License-Identifier: MIT
 * EM on patterns drawn from known parameters: what was put in must come out. */
#include "train/em.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { N_COMPARISONS = 5, N_RULES = 3, N_GROUPS = 2, WIDTH = N_COMPARISONS + 2 };
enum { TABLE = PD_COMPARISONS_MAX * PD_LEVELS_MAX };

static const size_t n_levels[N_COMPARISONS] = { 3, 4, 2, 3, 3 };
static const double m_true[N_COMPARISONS][4] = {
    { 0.08, 0.12, 0.80 }, { 0.05, 0.10, 0.15, 0.70 }, { 0.04, 0.96 }, { 0.20, 0.10, 0.70 }, { 0.10, 0.15, 0.75 }
};
static const double u_true[N_COMPARISONS][4] = {
    { 0.95, 0.04, 0.01 }, { 0.90, 0.08, 0.015, 0.005 }, { 0.50, 0.50 }, { 0.97, 0.02, 0.01 }, { 0.90, 0.06, 0.04 }
};
static const double lambda_true[N_RULES][N_GROUPS] = { { 0.30, 0.10 }, { 0.05, 0.02 }, { 0.60, 0.70 } };

/* Patterns of each rule; rule r masks comparison r. */
struct problem {
    struct pd_patterns patterns[N_RULES];
    struct pd_em_pass passes[N_RULES];
    double u[TABLE], m_start[TABLE];
    bool fixed[TABLE];
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

/* A masked comparison agrees in all pairs of its rule; every tenth value is missing. */
static void draw_pattern(struct pd_random *random, size_t rule, size_t group, int8_t *pattern)
{
    const bool is_match = pd_random_unit(random) < lambda_true[rule][group];
    for (size_t i = 0; i < N_COMPARISONS; i++) {
        pattern[i] = draw_level(random, is_match ? m_true[i] : u_true[i], n_levels[i]);
        if (pd_random_below(random, 10) == 0) pattern[i] = -1;
        if (i == rule) pattern[i] = (int8_t)(n_levels[i] - 1);
    }
    pattern[N_COMPARISONS] = -1;
    pattern[N_COMPARISONS + 1] = (int8_t)group;
}

static void fill_tables(struct problem *problem)
{
    for (size_t i = 0; i < TABLE; i++) problem->u[i] = problem->m_start[i] = 1;
    for (size_t i = 0; i < N_COMPARISONS; i++)
        for (size_t j = 0; j < n_levels[i]; j++) {
            problem->u[pd_level_index(i, j)] = u_true[i][j];
            problem->m_start[pd_level_index(i, j)] = j + 1 == n_levels[i] ? 0.95 : 0.05 / (double)(n_levels[i] - 1);
        }
}

static void make_problem(struct problem *problem, size_t n_pairs, uint64_t seed)
{
    memset(problem, 0, sizeof *problem);
    fill_tables(problem);
    for (size_t rule = 0; rule < N_RULES; rule++) {
        struct pd_random random = pd_random_stream(seed, rule);
        problem->patterns[rule].width = WIDTH;
        for (size_t i = 0; i < n_pairs; i++) {
            int8_t pattern[WIDTH];
            draw_pattern(&random, rule, i % N_GROUPS, pattern);
            cr_assert_eq(pd_patterns_add(&problem->patterns[rule], pattern, 1, NULL), PADAN_OK);
        }
        cr_assert_eq(pd_patterns_sort(&problem->patterns[rule], NULL), PADAN_OK);
        problem->passes[rule] = (struct pd_em_pass){ &problem->patterns[rule], UINT64_C(1) << rule, false };
    }
    problem->em = (struct pd_em){ .n_comparisons = N_COMPARISONS,
                                  .n_groups = N_GROUPS,
                                  .n_passes = N_RULES,
                                  .n_levels = n_levels,
                                  .passes = problem->passes,
                                  .u = problem->u,
                                  .fixed = problem->fixed,
                                  .u_strength = 0.5,
                                  .max_iterations = 1000,
                                  .tolerance = 1e-7 };
    cr_assert_eq(pd_em_state_make(&problem->em, &problem->state, NULL), PADAN_OK);
    pd_em_start(&problem->em, problem->m_start, 0.1, &problem->state);
}

static void reset_problem(struct problem *problem)
{
    for (size_t i = 0; i < N_RULES; i++) pd_patterns_reset(&problem->patterns[i]);
    pd_em_state_reset(&problem->state);
}

Test(em, known_parameters_come_back_within_five_percent)
{
    static struct problem problem;
    make_problem(&problem, 200000, 1);
    pd_em_run(&problem.em, &problem.state);
    cr_assert(problem.state.converged);
    for (size_t i = 0; i < N_COMPARISONS; i++)
        for (size_t j = 0; j < n_levels[i]; j++) {
            const double m = problem.state.m[pd_level_index(i, j)];
            cr_expect(fabs(m / m_true[i][j] - 1) < 0.05, "m of comparison %zu, level %zu: %f, not %f", i, j, m,
                      m_true[i][j]);
        }
    for (size_t i = 0; i < N_RULES; i++)
        for (size_t j = 0; j < N_GROUPS; j++) {
            const double lambda = problem.state.lambda[i * N_GROUPS + j];
            cr_expect(fabs(lambda / lambda_true[i][j] - 1) < 0.05, "lambda of rule %zu, group %zu: %f", i, j, lambda);
        }
    reset_problem(&problem);
}

Test(em, the_likelihood_does_not_fall)
{
    static struct problem problem;
    make_problem(&problem, 5000, 2);
    problem.em.u_strength = INFINITY;
    problem.em.max_iterations = 1;
    double before = -INFINITY;
    for (size_t i = 0; i < 60; i++) {
        pd_em_run(&problem.em, &problem.state);
        /* The half match that every level has may cost the likelihood a trifle near the optimum. */
        cr_assert(problem.state.log_likelihood > before - 0.01, "iteration %zu: %f after %f", i,
                  problem.state.log_likelihood, before);
        before = problem.state.log_likelihood;
    }
    reset_problem(&problem);
}

Test(em, ten_random_starts_end_at_one_optimum_for_any_number_of_threads)
{
    static struct problem problem;
    double m[TABLE];
    for (int threads = 1; threads <= 7; threads += 3) {
        size_t agree = 0;
        make_problem(&problem, 20000, 3);
        pd_em_run(&problem.em, &problem.state);
        cr_assert_eq(pd_em_many_starts(&problem.em, 1, 10, threads, &problem.state, &agree, NULL), PADAN_OK);
        cr_expect_eq(agree, 10, "%zu starts agree", agree);
        if (threads > 1) cr_expect_eq(memcmp(m, problem.state.m, sizeof m), 0);
        memcpy(m, problem.state.m, sizeof m);
        reset_problem(&problem);
    }
}

/* One comparison alone cannot tell how many matches there are: any m goes with some lambda. */
Test(em, starts_that_end_elsewhere_are_seen)
{
    static struct problem problem;
    size_t agree = 0;
    make_problem(&problem, 5000, 4);
    problem.em.n_passes = 1;
    problem.passes[0].masked = 0x1d;
    pd_em_run(&problem.em, &problem.state);
    cr_assert_eq(pd_em_many_starts(&problem.em, 1, 10, 1, &problem.state, &agree, NULL), PADAN_OK);
    cr_expect_lt(agree, 10);
    reset_problem(&problem);
}

Test(em, weights_rise_with_agreement_and_fixed_levels_stay)
{
    static struct problem problem;
    make_problem(&problem, 300, 5);
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
    make_problem(&problem, 5000, 6);
    for (size_t i = 0; i < N_RULES; i++) problem.passes[i].masked |= UINT64_C(1) << 3;
    pd_em_run(&problem.em, &problem.state);
    cr_assert_eq(pd_em_many_starts(&problem.em, 1, 5, 2, &problem.state, &agree, NULL), PADAN_OK);
    for (size_t j = 0; j < n_levels[3]; j++) {
        const size_t level = pd_level_index(3, j);
        cr_expect_float_eq(problem.state.m[level], problem.m_start[level], 1e-15);
        cr_expect_float_eq(problem.state.m_counts[level], 0, 1e-15);
    }
    reset_problem(&problem);
}

/* Labels speak where they are: half of the pairs labelled, and all labelled matches once more without a mask. */
Test(em, labelled_matches_are_counted_once)
{
    static struct problem problem;
    struct pd_patterns labelled = { .width = WIDTH };
    struct pd_em_pass passes[2];
    const int8_t yes[WIDTH] = { 2, 3, 1, 2, 2, 1, 0 };
    const int8_t no[WIDTH] = { 0, 0, 0, 0, 0, 0, 0 };
    make_problem(&problem, 1, 7);
    cr_assert_eq(pd_patterns_add(&problem.patterns[0], yes, 500, NULL), PADAN_OK);
    cr_assert_eq(pd_patterns_add(&problem.patterns[0], no, 1500, NULL), PADAN_OK);
    cr_assert_eq(pd_patterns_add(&labelled, yes, 600, NULL), PADAN_OK);
    passes[0] = (struct pd_em_pass){ &problem.patterns[0], 1, false };
    passes[1] = (struct pd_em_pass){ &labelled, 0, true };
    problem.em.passes = passes;
    problem.em.n_passes = 2;
    problem.em.has_label_pass = true;
    pd_em_run(&problem.em, &problem.state);
    cr_expect_float_eq(problem.state.m_counts[pd_level_index(4, 2)], 600, 1);
    cr_expect_float_eq(problem.state.lambda[0], 0.25, 0.01);
    cr_expect_float_eq(pd_em_posterior(&problem.em, &problem.state, 0, yes), 1, 0);
    cr_expect_float_eq(pd_em_posterior(&problem.em, &problem.state, 0, no), 0, 0);
    pd_patterns_reset(&labelled);
    reset_problem(&problem);
}

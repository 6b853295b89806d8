/* SPDX-License-Identifier: MIT
 * The threshold is where the expected F1 is highest. */
#include <criterion/criterion.h>

#include <math.h>

#include "auto/threshold.h"

static enum padan_status find(const double *weights, const double *probabilities, size_t n, double bits,
                              double precision, struct pd_auto_threshold *out)
{
    const struct pd_auto_limits least = { bits, precision, 10, false };
    const struct pd_auto_pairs pairs = { weights, probabilities, NULL, n };
    return pd_auto_threshold(&pairs, &least, out, NULL);
}

Test(auto_threshold, lies_between_sure_matches_and_sure_non_matches)
{
    const double weights[] = { -9, 12, -8, 11, 10, -10 };
    double probabilities[6];
    struct pd_auto_threshold threshold;
    for (size_t i = 0; i < 6; i++) probabilities[i] = 1 / (1 + exp2(-weights[i]));
    cr_assert_eq(find(weights, probabilities, 6, -1, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.weight, 1, 1e-9); /* half way from -8 to 10 */
    cr_expect_float_eq(threshold.n_pairs, 3, 1e-9);
    cr_expect_gt(threshold.precision, .999);
}

Test(auto_threshold, agrees_with_trying_every_cut)
{
    enum { N = 200 };
    double weights[N], probabilities[N], best = -1;
    struct pd_auto_threshold threshold;
    for (int i = 0; i < N; i++) {
        weights[i] = (double)((i * 37) % N) / 10 - 10;
        probabilities[i] = 1 / (1 + exp2(-weights[i]));
    }
    cr_assert_eq(find(weights, probabilities, N, -1, 0, &threshold), PADAN_OK);
    double matches = 0;
    for (int i = 0; i < N; i++) matches += probabilities[i];
    for (int cut = 0; cut < N; cut++) {
        double found = 0, n = 0;
        for (int i = 0; i < N; i++) {
            if (weights[i] < weights[cut]) continue;
            found += probabilities[i];
            n++;
        }
        best = fmax(best, 2 * found / (n + matches));
    }
    const double f1 = 2 * threshold.precision * threshold.n_pairs / (threshold.n_pairs + matches);
    cr_expect_float_eq(f1, best, 1e-12);
}

Test(auto_threshold, is_a_cautious_one_where_nothing_looks_like_a_match)
{
    const double weights[] = { -8.7 };
    const double probabilities[] = { .0024 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 1, -1, 0, &threshold), PADAN_OK);
    cr_expect(threshold.cannot_tell);
    cr_expect_float_eq(threshold.weight, 10, 1e-9);
}

Test(auto_threshold, takes_only_what_is_nearly_all_right_where_it_cannot_tell)
{
    /* Weights are high, but probabilities say that most of these pairs are merely related. */
    const double weights[] = { 30, 29, 14, 13, 12 };
    const double probabilities[] = { 1, 1, .2, .2, .2 };
    const double wrong[] = { .3, .2, .1, .1, .1 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, wrong, 5, -1, 0, &threshold), PADAN_OK);
    cr_expect(threshold.cannot_tell);
    cr_expect_gt(threshold.weight, 30);
    cr_expect_eq(threshold.n_pairs, 0);
    cr_assert_eq(find(weights, probabilities, 5, -1, 0, &threshold), PADAN_OK);
    cr_expect_not(threshold.cannot_tell);
    cr_expect_gt(threshold.weight, 14);
}

Test(auto_threshold, is_as_low_as_the_caller_lets_it_be)
{
    /* Weights that are low, of pairs that something else than their weight makes likely. */
    const double weights[] = { -4, -5, -9 };
    const double probabilities[] = { .9, .8, .01 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 3, -1, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.weight, -1, 1e-9);
    cr_assert_eq(find(weights, probabilities, 3, -14, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.weight, -7, 1e-9);
}

Test(auto_threshold, is_raised_until_enough_links_are_expected_to_be_right)
{
    const double weights[] = { 20, 18, 15, 14, 13, 12, 11 };
    const double probabilities[] = { 1, 1, .9, .6, .6, .6, .6 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 7, -1, 0, &threshold), PADAN_OK);
    cr_expect_lt(threshold.precision, .9);
    cr_expect_float_eq(threshold.n_pairs, 7, 1e-9);
    cr_assert_eq(find(weights, probabilities, 7, -1, .9, &threshold), PADAN_OK);
    cr_expect_not(threshold.cannot_tell);
    cr_expect_geq(threshold.precision, .9);
    cr_expect_float_eq(threshold.weight, 15, 1e-5);
    cr_expect_float_eq(threshold.n_pairs, 3, 1e-9);
}

Test(auto_threshold, matches_without_values_do_not_hide_that_the_others_stand_out)
{
    /* Three matches that are clear, and eight pairs of which half are matches: as likely as they can be, or not. */
    const double weights[] = { 20, 18, 15, 0, 0, 0, 0, 0, 0, 0, 0, -20 };
    const double probabilities[] = { 1, 1, 1, .3, .3, .3, .3, .3, .3, .3, .3, 0 };
    const double missing[] = { 20, 20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 20 };
    const double present[] = { 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20 };
    const struct pd_auto_limits least = { -1, 0, 10, false };
    struct pd_auto_pairs pairs = { weights, probabilities, missing, 12 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(pd_auto_threshold(&pairs, &least, &threshold, NULL), PADAN_OK);
    cr_expect_not(threshold.cannot_tell);
    cr_expect_float_eq(threshold.n_pairs, 3, 1e-9);
    cr_expect_lt(threshold.recall, 2.0 / 3, "it is no better than it is");
    pairs.most = present;
    cr_assert_eq(pd_auto_threshold(&pairs, &least, &threshold, NULL), PADAN_OK);
    cr_expect(threshold.cannot_tell);
}

Test(auto_threshold, says_of_the_least_weight_what_is_expected_from_there_on)
{
    const double weights[] = { 5, 4, -2, -3 };
    const double probabilities[] = { 1, .9, .6, .5 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 4, -1, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.weight, -1, 1e-9); /* the highest F1 is at -3 */
    cr_expect_float_eq(threshold.n_pairs, 2, 1e-9);
    cr_expect_float_eq(threshold.precision, .95, 1e-9);
    cr_expect_float_eq(threshold.recall, 1.9 / 3, 1e-9);
}

Test(auto_threshold, takes_the_likest_pairs_where_it_is_measured_that_they_stand_out)
{
    const double weights[] = { 3, 2, -4, -5, -6, -7, -8 };
    const double probabilities[] = { .9, .8, .3, .3, .3, .3, .3 };
    const struct pd_auto_pairs pairs = { weights, probabilities, NULL, 7 };
    struct pd_auto_limits least = { -14, 2. / 3, -14, false };
    struct pd_auto_threshold threshold;
    cr_assert_eq(pd_auto_threshold(&pairs, &least, &threshold, NULL), PADAN_OK);
    cr_expect(threshold.cannot_tell);
    least.measured = true;
    cr_assert_eq(pd_auto_threshold(&pairs, &least, &threshold, NULL), PADAN_OK);
    cr_expect(!threshold.cannot_tell);
    cr_expect_float_eq(threshold.weight, -1, 1e-9); /* half way from -4 to 2 */
    cr_expect_float_eq(threshold.precision, .85, 1e-9);
}

Test(auto_threshold, pairs_of_one_weight_stand_or_fall_together)
{
    /* Sums of the same levels in another order: the last of them is the least likely by its rivals. */
    const double weights[] = { 9, 3 + 2e-13, 3 + 1e-13, 3 };
    const double probabilities[] = { 1, .8, .8, .1 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 4, -1, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.n_pairs, 4, 1e-9);
}

Test(auto_threshold, lies_below_the_last_pair_where_all_are_taken)
{
    const double weights[] = { 34, 36, 35 };
    const double probabilities[] = { 1, 1, 1 };
    struct pd_auto_threshold threshold;
    cr_assert_eq(find(weights, probabilities, 3, -1, 0, &threshold), PADAN_OK);
    cr_expect_float_eq(threshold.n_pairs, 3, 1e-9);
    cr_expect_lt(threshold.weight, 34 - 1e-9); /* its weight in another order is less by that */
    cr_expect_gt(threshold.weight, 34 - 1e-3);
}

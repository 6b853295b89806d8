/* SPDX-License-Identifier: MIT */
#include "train/threshold.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 3000 };

/* n_top matches of weight 20, n_wrong non-matches of weight 10, n_low matches of weight 5. */
struct threshold_case {
    size_t n_top, n_wrong, n_low;
    double precision;
    pd_weight expected;
    bool shown;
};

static const struct threshold_case cases[] = {
    { 2000, 0, 0, 0.999, 20, true }, /* enough pairs without an error */
    { 998, 0, 0, 0.999, 15, false }, /* one pair too few to show it */
    { 999, 0, 0, 0.999, 20, true },
    { 1500, 1, 1000, 0.999, 5, true }, /* one error among 2501 is within two of a thousand each */
    { 1500, 1, 400, 0.999, 20, true }, /* among 1901 it is not */
    { 500, 1, 0, 0.999, 15, false },   /* not shown: cautious, which is above the non-match */
    { 0, 0, 0, 0.9, 15, false },
    { 30, 2, 0, 0.9, 10, true }, /* 3 of 33 */
};

Test(threshold, the_lowest_weight_that_the_labels_support)
{
    static struct pd_scored_label labels[MOST];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct threshold_case *c = &cases[i];
        size_t n = 0;
        for (size_t j = 0; j < c->n_low; j++) labels[n++] = (struct pd_scored_label){ 5, true };
        for (size_t j = 0; j < c->n_wrong; j++) labels[n++] = (struct pd_scored_label){ 10, false };
        for (size_t j = 0; j < c->n_top; j++) labels[n++] = (struct pd_scored_label){ 20, true };
        const struct pd_threshold threshold = pd_threshold_find(labels, n, c->precision, 2, 15);
        cr_expect_eq(threshold.weight, c->expected, "case %zu: %lld", i, (long long)threshold.weight);
        cr_expect_eq(threshold.shown, c->shown, "case %zu", i);
    }
}

Test(threshold, without_proof_it_is_above_every_non_match)
{
    struct pd_scored_label labels[] = { { 40, true }, { 30, false }, { 35, true }, { 5, false } };
    const struct pd_threshold threshold = pd_threshold_find(labels, 4, 0.999, 2, 15);
    cr_expect_eq(threshold.weight, 31);
    cr_expect_eq(threshold.n_labelled, 2);
    cr_expect_float_eq(threshold.precision, 1, 0);
}

Test(threshold, nothing_below_the_least_weight)
{
    static struct pd_scored_label labels[MOST];
    for (size_t i = 0; i < MOST; i++) labels[i] = (struct pd_scored_label){ (pd_weight)(i % 50), true };
    cr_expect_eq(pd_threshold_find(labels, MOST, 0.99, 7, 15).weight, 7);
}

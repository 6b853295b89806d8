/* SPDX-License-Identifier: MIT
 * The fit against its definition: in order, sums to the mass, and no ordered m is more likely. */
#include "train/monotone.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>

enum { LEVELS = 5, ROUNDS = 300, RIVALS = 300 };

static double log_likelihood(const double *counts, const double *m)
{
    double sum = 0;
    for (size_t i = 0; i < LEVELS; i++) sum += counts[i] > 0 ? counts[i] * log(m[i]) : 0;
    return sum;
}

/* Some m whose ratios to u rise. */
static void rival(struct pd_random *random, const double *u, double *m)
{
    double ratio = 0;
    double sum = 0;
    for (size_t i = 0; i < LEVELS; i++) {
        ratio += pow(pd_random_unit(random), 4);
        m[i] = ratio * u[i];
        sum += m[i];
    }
    for (size_t i = 0; i < LEVELS; i++) m[i] /= sum;
}

static void draw(struct pd_random *random, double *counts, double *u)
{
    double sum = 0;
    for (size_t i = 0; i < LEVELS; i++) {
        counts[i] = (double)pd_random_below(random, 100) + 0.5;
        u[i] = 0.01 + pd_random_unit(random);
        sum += u[i];
    }
    for (size_t i = 0; i < LEVELS; i++) u[i] /= sum;
}

Test(monotone, the_fit_is_ordered_and_no_ordered_rival_is_more_likely)
{
    struct pd_random random = pd_random_stream(5, 1);
    for (size_t round = 0; round < ROUNDS; round++) {
        double counts[LEVELS];
        double u[LEVELS];
        double m[LEVELS];
        double sum = 0;
        draw(&random, counts, u);
        pd_monotone_fit(counts, u, LEVELS, 1, m);
        for (size_t i = 0; i < LEVELS; i++) sum += m[i];
        cr_assert_float_eq(sum, 1, 1e-12);
        for (size_t i = 1; i < LEVELS; i++) cr_assert(m[i] / u[i] >= m[i - 1] / u[i - 1] - 1e-12);
        for (size_t i = 0; i < RIVALS; i++) {
            double other[LEVELS];
            rival(&random, u, other);
            cr_assert(log_likelihood(counts, other) <= log_likelihood(counts, m) + 1e-9);
        }
    }
}

Test(monotone, counts_in_order_stay_and_a_mass_is_shared)
{
    const double counts[3] = { 10, 30, 60 };
    const double u[3] = { 0.5, 0.3, 0.2 };
    double m[3];
    pd_monotone_fit(counts, u, 3, 0.4, m);
    for (size_t i = 0; i < 3; i++) cr_expect_float_eq(m[i], 0.4 * counts[i] / 100, 1e-12);
}

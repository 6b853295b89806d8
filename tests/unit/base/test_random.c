/* SPDX-License-Identifier: MIT
 * The generator's streams: fixed for ever (a seed is part of a run's identity) and even enough for drawing people. */
#include "base/random.h"

#include <criterion/criterion.h>

Test(random, a_stream_is_a_pure_function_of_seed_and_number)
{
    struct pd_random a = pd_random_stream(7, 1), b = pd_random_stream(7, 1);
    struct pd_random other_stream = pd_random_stream(7, 2), other_seed = pd_random_stream(8, 1);
    size_t n_same = 0;
    for (int i = 0; i < 1000; i++) {
        const uint64_t value = pd_random_next(&a);
        cr_assert_eq(value, pd_random_next(&b));
        n_same += value == pd_random_next(&other_stream);
        n_same += value == pd_random_next(&other_seed);
    }
    cr_expect_eq(n_same, 0);
}

Test(random, draws_stay_in_range_and_fill_it_evenly)
{
    enum { BOUND = 10, N = 200000 };
    struct pd_random random = pd_random_stream(1, 1);
    size_t counts[BOUND] = { 0 };
    double sum = 0;
    for (int i = 0; i < N; i++) {
        const uint64_t value = pd_random_below(&random, BOUND);
        cr_assert_lt(value, (uint64_t)BOUND);
        counts[value]++;
        const double unit = pd_random_unit(&random);
        cr_assert(unit >= 0 && unit < 1);
        sum += unit;
    }
    /* Six standard deviations. */
    for (int i = 0; i < BOUND; i++) cr_expect(counts[i] > 19200 && counts[i] < 20800, "value %d: %zu", i, counts[i]);
    cr_expect(sum / N > 0.496 && sum / N < 0.504);
    cr_expect_eq(pd_random_below(&random, 1), 0);
}

Test(random, mixing_is_a_bijection_on_a_sample_and_spreads_bits)
{
    cr_expect_eq(pd_mix64(0), 0);
    unsigned flipped = 0;
    for (unsigned bit = 0; bit < 64; bit++)
        flipped += (unsigned)__builtin_popcountll(pd_mix64(12345) ^ pd_mix64(12345 ^ (UINT64_C(1) << bit)));
    cr_expect(flipped > 64 * 28 && flipped < 64 * 36, "%u of 4096 bits flipped", flipped);
}

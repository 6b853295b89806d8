/* SPDX-License-Identifier: MIT */
#include "block/foresight.h"

#include <criterion/criterion.h>

static double keys[] = { 1e6, 1e6, 1e6 };

/* Three passes, of which the first is over, with other pairs than foreseen. */
static struct pd_foresight after_one(double *pairs, double seconds)
{
    struct pd_foresight foresight = { .n_passes = 3, .keys = keys, .pairs = pairs };
    pd_foresight_begin(&foresight, 0, 0, 0);
    pd_foresight_begin(&foresight, 1, 1000000, seconds);
    return foresight;
}

Test(foresight, pairs_take_what_those_before_took_and_those_of_a_pass_what_its_own_do)
{
    double pairs[] = { 5e6, 4e6, 2e6 };
    /* 40 ns a key; 700 a pair of the first pass, so that 0.08 + 6 * 0.7 seconds are left after it. */
    struct pd_foresight foresight = after_one(pairs, 0.04 + 0.7);
    cr_expect_float_eq(pd_foresight_part(&foresight, 1, 0, 0.74), 0.74 / (0.74 + 0.08 + 4.2), 1e-2);
    /* 200 a pair of the second, so that of any 300. */
    const double seconds = 0.74 + 0.02 + 2 * 0.2;
    cr_expect_float_eq(pd_foresight_part(&foresight, 1, 0.5, seconds), seconds / (seconds + 0.06 + 0.4 + 2 * 0.37),
                       2e-2);
    cr_expect_float_eq(pd_foresight_part(&foresight, 2, 1, 5), 1, 1e-6);
}

Test(foresight, as_long_as_no_pairs_were_judged_they_take_what_they_take_in_other_jobs)
{
    double pairs[] = { 0, 4e6, 2e6 };
    struct pd_foresight foresight = after_one(pairs, 0.04);
    cr_expect_float_eq(pairs[0], 1e6, 1e-9);
    foresight.pairs[0] = 0;
    cr_expect_float_eq(pd_foresight_part(&foresight, 1, 0, 0.04), 0.04 / (0.04 + 0.08 + 0.6), 1e-4);
}

Test(foresight, without_keys_pairs_or_time_nothing_is_divided_by_zero)
{
    double none[] = { 0, 0 };
    const struct pd_foresight empty = { .n_passes = 2, .keys = none, .pairs = none };
    cr_expect_float_eq(pd_foresight_part(&empty, 0, 0, 0), 0, 1e-9);
}

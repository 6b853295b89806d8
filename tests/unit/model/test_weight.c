/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include "base/buffer.h"

#include <criterion/criterion.h>

Test(weight, bits_beyond_all_weights_stay_on_their_side)
{
    cr_expect_eq(pd_weight_of_bits(2.5), 5 * PD_WEIGHT_ONE / 2);
    cr_expect_eq(pd_weight_of_bits(1e300), (pd_weight)1048576 * PD_WEIGHT_ONE);
    cr_expect_eq(pd_weight_of_bits(-1e300), (pd_weight)-1048576 * PD_WEIGHT_ONE);
}

Test(weight, a_probability_is_written_as_its_double_is)
{
    struct pd_buffer plain = { 0 };
    struct pd_buffer quick = { 0 };
    for (pd_weight weight = -70 * PD_WEIGHT_ONE; weight < 70 * PD_WEIGHT_ONE; weight += PD_WEIGHT_ONE / 64 + 12345) {
        pd_buffer_clear(&plain);
        pd_buffer_clear(&quick);
        pd_append_double(&plain, pd_probability_of_weight(weight), 9);
        pd_append_probability(&quick, weight);
        cr_assert_eq(quick.length, plain.length);
        cr_assert(memcmp(quick.data, plain.data, plain.length) == 0, "%lld", (long long)weight);
    }
    pd_buffer_reset(&plain);
    pd_buffer_reset(&quick);
}

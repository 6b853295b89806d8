/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include "base/buffer.h"

#include <math.h>

pd_weight pd_weight_of_bits(double bits)
{
    return (pd_weight)llround(bits * (double)PD_WEIGHT_ONE);
}

pd_weight pd_weight_of_ratio(double ratio)
{
    return (pd_weight)llroundl(log2l((long double)ratio) * (long double)PD_WEIGHT_ONE);
}

double pd_probability_of_weight(pd_weight weight)
{
    return 1 / (1 + exp2(-pd_weight_to_double(weight)));
}

void pd_append_probability(struct pd_buffer *out, pd_weight weight)
{
    enum { CERTAIN_BITS = 40 }; /* 1 - 2^-40 rounds to 1, as most pairs do */
    if (weight >= CERTAIN_BITS * PD_WEIGHT_ONE)
        pd_append_string(out, "1.000000000");
    else
        pd_append_double(out, pd_probability_of_weight(weight), 9);
}

/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include "base/buffer.h"
#include "base/digits.h"

#include <math.h>

pd_weight pd_weight_of_bits(double bits)
{
    static const double most = 1 << 20; /* no pair has so many; sums of weights stay far from the ends of int64 */
    return (pd_weight)llround(fmin(fmax(bits, -most), most) * (double)PD_WEIGHT_ONE);
}

pd_weight pd_weight_of_ratio(double ratio)
{
    return (pd_weight)llroundl(log2l((long double)ratio) * (long double)PD_WEIGHT_ONE);
}

double pd_probability_of_weight(pd_weight weight)
{
    return 1 / (1 + exp2(-pd_weight_to_double(weight)));
}

char *pd_put_probability(char *to, pd_weight weight)
{
    enum { CERTAIN_BITS = 40 }; /* 1 - 2^-40 rounds to 1, as most pairs do */
    static const char certain[] = "1.000000000";
    if (weight < CERTAIN_BITS * PD_WEIGHT_ONE) return pd_put_double(to, pd_probability_of_weight(weight), 9);
    memcpy(to, certain, sizeof certain - 1);
    return to + sizeof certain - 1;
}

void pd_append_probability(struct pd_buffer *out, pd_weight weight)
{
    char *to = pd_buffer_room(out, PD_NUMBER_ROOM);
    if (to != NULL) out->length += (size_t)(pd_put_probability(to, weight) - to);
}

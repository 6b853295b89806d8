/* SPDX-License-Identifier: MIT
 * Random numbers by counter: the n-th number of a stream is a pure function of (seed, stream, n), so work can be
 * cut in any way over threads. SplitMix64 (Steele, Lea, Flood 2014) with a mixed start. */
#ifndef PD_BASE_RANDOM_H
#define PD_BASE_RANDOM_H

#include "base/hash.h"

struct pd_random {
    uint64_t state;
};

static inline struct pd_random pd_random_stream(uint64_t seed, uint64_t stream)
{
    return (struct pd_random){ pd_mix64(pd_mix64(seed + 0x9e3779b97f4a7c15u) ^ (stream * 0xd1342543de82ef95u)) };
}

static inline uint64_t pd_random_next(struct pd_random *random)
{
    random->state += 0x9e3779b97f4a7c15u;
    return pd_mix64(random->state);
}

/* Uniform in [0, bound), bound >= 1 (multiply-shift; bias below 2^-32 for bounds below 2^32). */
static inline uint64_t pd_random_below(struct pd_random *random, uint64_t bound)
{
    return (uint64_t)(((unsigned __int128)pd_random_next(random) * bound) >> 64);
}

/* Uniform in [0, 1). */
static inline double pd_random_unit(struct pd_random *random)
{
    return (double)(pd_random_next(random) >> 11) * 0x1p-53;
}

#endif

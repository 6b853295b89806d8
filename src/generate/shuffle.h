/* SPDX-License-Identifier: MIT
 * A random permutation of [0, n) that needs no memory: four Feistel rounds over the next power of four, walked until
 * the result is inside (Black and Rogaway 2002, "Ciphers with arbitrary finite domains"). */
#ifndef PD_GENERATE_SHUFFLE_H
#define PD_GENERATE_SHUFFLE_H

#include "base/random.h"

struct pd_shuffle {
    uint64_t n, mask;
    unsigned half_bits;
    uint64_t keys[4];
};

static inline struct pd_shuffle pd_shuffle_of(uint64_t n, struct pd_random random)
{
    struct pd_shuffle shuffle = { .n = n, .half_bits = 1 };
    while (n > UINT64_C(1) << 2 * shuffle.half_bits) shuffle.half_bits++;
    shuffle.mask = (UINT64_C(1) << shuffle.half_bits) - 1;
    for (int i = 0; i < 4; i++) shuffle.keys[i] = pd_random_next(&random);
    return shuffle;
}

/* i < n. */
static inline uint64_t pd_shuffled(const struct pd_shuffle *shuffle, uint64_t i)
{
    do {
        uint64_t left = i >> shuffle->half_bits, right = i & shuffle->mask;
        for (int round = 0; round < 4; round++) {
            const uint64_t next = left ^ (pd_mix64(right ^ shuffle->keys[round]) & shuffle->mask);
            left = right;
            right = next;
        }
        i = left << shuffle->half_bits | right;
    } while (i >= shuffle->n);
    return i;
}

#endif

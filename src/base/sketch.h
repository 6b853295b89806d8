/* SPDX-License-Identifier: MIT
 * Which hashes were met: one bit for each of few groups of them (a Bloom filter with one function). It has no false
 * "no", so what it refuses needs not be kept, sorted or looked at again; what it lets pass is told apart by value.
 * Several threads may add at once, and the bits do not depend on their order. */
#ifndef PD_BASE_SKETCH_H
#define PD_BASE_SKETCH_H

#include "base/memory.h"
#include "base/prefetch.h"

#include <stdbool.h>

enum { PD_SKETCH_WORD_BITS = 64, PD_SKETCH_SMALLEST_WIDTH = 10 };

struct pd_sketch {
    uint64_t *bits; /* [2^width / 64] */
    unsigned width;
};

static inline size_t pd_sketch_words(const struct pd_sketch *sketch)
{
    return ((size_t)1 << sketch->width) / PD_SKETCH_WORD_BITS;
}

/* Room for n hashes: 8 to 16 bits each, so that a hash that was not met passes as met once in 8 to 16 times. */
PADAN_MUST_CHECK static inline enum padan_status pd_sketch_make(struct pd_sketch *sketch, size_t n,
                                                                struct padan_error *error)
{
    sketch->width = PD_SKETCH_SMALLEST_WIDTH;
    while (n >> (sketch->width - 3) != 0 && sketch->width < PD_SKETCH_WORD_BITS) sketch->width++;
    return pd_allocate(&sketch->bits, pd_sketch_words(sketch), sizeof *sketch->bits, error);
}

static inline void pd_sketch_reset(struct pd_sketch *sketch)
{
    pd_free(sketch->bits);
    sketch->bits = NULL;
}

static inline uint64_t pd_sketch_place(const struct pd_sketch *sketch, uint64_t hash)
{
    return hash >> (PD_SKETCH_WORD_BITS - sketch->width);
}

static inline void pd_sketch_prefetch(const struct pd_sketch *sketch, uint64_t hash)
{
    pd_prefetch_to_write(&sketch->bits[pd_sketch_place(sketch, hash) / PD_SKETCH_WORD_BITS]);
}

static inline bool pd_sketch_has(const struct pd_sketch *sketch, uint64_t hash)
{
    const uint64_t place = pd_sketch_place(sketch, hash);
    const uint64_t *word = &sketch->bits[place / PD_SKETCH_WORD_BITS];
    return (__atomic_load_n(word, __ATOMIC_RELAXED) >> (place % PD_SKETCH_WORD_BITS) & 1) != 0;
}

/* Whether the hash, or one that shares its bit, was there before. */
static inline bool pd_sketch_add(const struct pd_sketch *sketch, uint64_t hash)
{
    const uint64_t place = pd_sketch_place(sketch, hash);
    const uint64_t bit = UINT64_C(1) << (place % PD_SKETCH_WORD_BITS);
    uint64_t *word = &sketch->bits[place / PD_SKETCH_WORD_BITS];
    if ((__atomic_load_n(word, __ATOMIC_RELAXED) & bit) != 0) return true;
    return (__atomic_fetch_or(word, bit, __ATOMIC_RELAXED) & bit) != 0;
}

#endif

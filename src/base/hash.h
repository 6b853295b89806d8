/* SPDX-License-Identifier: MIT
 * 64-bit hashing (XXH3, inlined). Hashes only group; values are always compared after. Not for secrets. */
#ifndef PD_BASE_HASH_H
#define PD_BASE_HASH_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/text.h"

static inline uint64_t pd_hash_bytes(const void *bytes, size_t length, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, length, seed);
}

static inline uint64_t pd_hash_text(struct pd_text text)
{
    return XXH3_64bits(text.data, text.length);
}

/* A bijection of 64 bits with full avalanche (Stafford's Mix13 of MurmurHash3's finaliser). */
static inline uint64_t pd_mix64(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static inline uint64_t pd_hash_combine(uint64_t hash, uint64_t value)
{
    return pd_mix64(hash * 0x9e3779b97f4a7c15u + value);
}

#endif

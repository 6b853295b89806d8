/* SPDX-License-Identifier: MIT
 * Where a byte occurs in a short pattern, as a bit row: the inner step of all bit-parallel metrics.
 *
 * With SSE2 (every x86-64) a row is one comparison of the whole pattern with the byte, 16 places at a time, and nothing
 * has to be built or cleared per pair. Elsewhere a 256-entry table is filled only at the bytes of the two texts. Both
 * give the same rows. Width is the number of 16-byte vectors and a constant after inlining. */
#ifndef PD_COMPARE_BYTE_ROWS_H
#define PD_COMPARE_BYTE_ROWS_H

#include "base/text.h"

enum { PD_ROWS_MAX = 64 };

/* Bits [0, n), n in 0..64. */
static inline uint64_t pd_low_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

#ifdef __SSE2__
#include <emmintrin.h>

struct pd_byte_rows {
    __m128i vectors[4];
    uint64_t valid;
};

/* pattern: at most 64 bytes. */
static inline void pd_byte_rows_init(struct pd_byte_rows *rows, struct pd_text pattern, struct pd_text text)
{
    (void)text;
    char padded[PD_ROWS_MAX];
    memset(padded, 0, sizeof padded);
    memcpy(padded, pattern.data, pattern.length);
    for (size_t i = 0; i < 4; i++) {
        const void *place = padded + 16 * i;
        rows->vectors[i] = _mm_loadu_si128(place);
    }
    rows->valid = pd_low_bits(pattern.length);
}

static inline __attribute__((always_inline)) uint64_t pd_byte_row(const struct pd_byte_rows *rows, char byte, int width)
{
    const __m128i wanted = _mm_set1_epi8(byte);
    uint64_t row = (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(rows->vectors[0], wanted));
    if (width > 1) row |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(rows->vectors[1], wanted)) << 16;
    if (width > 2) {
        row |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(rows->vectors[2], wanted)) << 32;
        row |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(rows->vectors[3], wanted)) << 48;
    }
    return row & rows->valid;
}

#else

struct pd_byte_rows {
    uint64_t table[256];
};

static inline void pd_byte_rows_init(struct pd_byte_rows *rows, struct pd_text pattern, struct pd_text text)
{
    for (size_t i = 0; i < text.length; i++) rows->table[(unsigned char)text.data[i]] = 0;
    for (size_t i = 0; i < pattern.length; i++) rows->table[(unsigned char)pattern.data[i]] = 0;
    for (size_t i = 0; i < pattern.length; i++) rows->table[(unsigned char)pattern.data[i]] |= UINT64_C(1) << i;
}

static inline uint64_t pd_byte_row(const struct pd_byte_rows *rows, char byte, int width)
{
    (void)width;
    return rows->table[(unsigned char)byte];
}

#endif

#endif

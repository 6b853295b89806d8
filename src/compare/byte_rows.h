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

/* The last n bytes (1..8) of a text that is at least n long, as a little number; never reads outside the text. */
static inline uint64_t pd_tail_bytes(const char *text, size_t length, size_t n)
{
    uint64_t word = 0;
    if (length >= 8) {
        memcpy(&word, text + length - 8, 8);
        return word >> (8 * (8 - n));
    }
    if (length >= 4) { /* n = length */
        uint32_t first, last;
        memcpy(&first, text, 4);
        memcpy(&last, text + length - 4, 4);
        return first | (uint64_t)last << (8 * (length - 4));
    }
    for (size_t i = 0; i < length; i++) word |= (uint64_t)(unsigned char)text[i] << (8 * i);
    return word;
}

/* Bytes [begin, begin + 16) of a text, zero behind its end. Whole registers are put together from loads inside the
 * text: a copy to a padded buffer would stall on forwarding small stores to a wide load. */
static inline __m128i pd_load_16(const char *text, size_t length, size_t begin)
{
    if (begin >= length) return _mm_setzero_si128();
    const size_t n = length - begin;
    uint64_t low, high = 0;
    if (n >= 16) {
        const void *const place = text + begin;
        return _mm_loadu_si128(place);
    }
    if (n > 8) {
        memcpy(&low, text + begin, 8);
        high = pd_tail_bytes(text, length, n - 8);
    } else {
        low = pd_tail_bytes(text, length, n);
    }
    return _mm_set_epi64x((long long)high, (long long)low);
}

/* pattern: 1..16 width bytes (width 4: 64). */
static inline __attribute__((always_inline)) void pd_byte_rows_init(struct pd_byte_rows *rows, struct pd_text pattern,
                                                                    struct pd_text text, int width)
{
    (void)text;
    for (int i = 0; i < width; i++) rows->vectors[i] = pd_load_16(pattern.data, pattern.length, (size_t)(16 * i));
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

static inline void pd_byte_rows_init(struct pd_byte_rows *rows, struct pd_text pattern, struct pd_text text, int width)
{
    (void)width;
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

/* SPDX-License-Identifier: MIT
 * What the AVX2 kernels of lanes.h share: eight pairs of texts as vectors, lane i belonging to pair i. Eight texts as
 * bit planes are transposed into eight vectors, one per plane; where the j-th byte of each text occurs in its pattern
 * is then the AND over all planes of (plane equal to bit j of the text's plane): four instructions per plane, and no
 * table to build per pair. Few planes do for most names (enum pd_lane_alphabet). */
#ifndef PD_COMPARE_LANE_VECTORS_H
#define PD_COMPARE_LANE_VECTORS_H

#include "compare/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define PD_AVX2 __attribute__((target("avx2,bmi2,popcnt")))
#define PD_AVX2_INLINE static inline __attribute__((target("avx2,bmi2,popcnt"), always_inline))

pd_lane_kernel pd_lane_jaro_avx2, pd_lane_levenshtein_avx2;
pd_lane_sieve pd_lane_sieve_avx2, pd_lane_sieve_popcnt;

/* Eight pairs without their common beginnings. The text is the shorter one. */
struct pd_lane_vectors {
    __m256i text[PD_LANE_PLANES], pattern[PD_LANE_PLANES]; /* planes, transposed */
    __m256i text_length, pattern_length;
    __m256i begin; /* of each pair */
    int steps;     /* the longest text */
};

/* How many planes tell the bytes of eight pairs apart: 5, 6 or 8. */
PD_AVX2_INLINE int pd_lane_planes_needed(const uint32_t *measures)
{
    uint32_t alphabets = UINT32_MAX;
    for (size_t i = 0; i < PD_LANES; i++) alphabets &= measures[i];
    alphabets >>= 24;
    if ((alphabets & (PD_ALPHABET_UPPER | PD_ALPHABET_LOWER | PD_ALPHABET_DIGITS)) != 0) return 5;
    return (alphabets & (PD_ALPHABET_CAPITAL | PD_ALPHABET_LETTERS)) != 0 ? 6 : PD_LANE_PLANES;
}

PD_AVX2_INLINE __m256i pd_lane_load(const void *words)
{
    return _mm256_loadu_si256(words);
}

/* Bits [0, n) of each lane, n 0..32. */
PD_AVX2_INLINE __m256i pd_lane_low_bits(__m256i n)
{
    const __m256i ones = _mm256_set1_epi32(-1);
    return _mm256_andnot_si256(_mm256_sllv_epi32(ones, n), ones);
}

/* Vector k of the result holds word k of each of eight texts. */
PD_AVX2_INLINE void pd_lane_transpose(const __m256i rows[PD_LANES], __m256i columns[PD_LANE_PLANES])
{
    __m256i two[PD_LANES], four[PD_LANES];
    for (int i = 0; i < PD_LANES; i += 2) {
        two[i] = _mm256_unpacklo_epi32(rows[i], rows[i + 1]);
        two[i + 1] = _mm256_unpackhi_epi32(rows[i], rows[i + 1]);
    }
    for (int i = 0; i < PD_LANES; i += 4) {
        four[i] = _mm256_unpacklo_epi64(two[i], two[i + 2]);
        four[i + 1] = _mm256_unpackhi_epi64(two[i], two[i + 2]);
        four[i + 2] = _mm256_unpacklo_epi64(two[i + 1], two[i + 3]);
        four[i + 3] = _mm256_unpackhi_epi64(two[i + 1], two[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        columns[i] = _mm256_permute2x128_si256(four[i], four[i + 4], 0x20);
        columns[i + 4] = _mm256_permute2x128_si256(four[i], four[i + 4], 0x31);
    }
}

/* Eight pairs of a list from `from` on. Behind the end of a text come bytes of ones, which no pattern has. */
PD_AVX2_INLINE void pd_lane_vectors_load(const struct pd_lane_list *list, size_t from, int n_planes,
                                         struct pd_lane_vectors *out)
{
    const __m256i measures = pd_lane_load(list->measures + from), byte = _mm256_set1_epi32(255);
    __m256i texts[PD_LANES], patterns[PD_LANES];
    for (size_t i = 0; i < PD_LANES; i++) {
        texts[i] = pd_lane_load(list->planes[from + i].shorter);
        patterns[i] = pd_lane_load(list->planes[from + i].longer);
    }
    pd_lane_transpose(texts, out->text);
    pd_lane_transpose(patterns, out->pattern);
    out->begin = _mm256_and_si256(measures, byte);
    out->text_length = _mm256_sub_epi32(_mm256_and_si256(_mm256_srli_epi32(measures, 8), byte), out->begin);
    out->pattern_length = _mm256_sub_epi32(_mm256_and_si256(_mm256_srli_epi32(measures, 16), byte), out->begin);
    const __m256i behind = _mm256_sllv_epi32(_mm256_set1_epi32(-1), out->text_length);
    for (int k = 0; k < n_planes; k++) {
        out->text[k] = _mm256_or_si256(_mm256_srlv_epi32(out->text[k], out->begin), behind);
        out->pattern[k] = _mm256_srlv_epi32(out->pattern[k], out->begin);
    }
    const uint32_t last = list->measures[from + PD_LANES - 1];
    out->steps = (int)((last >> 8 & 255) - (last & 255));
}

PD_AVX2_INLINE __m256i pd_lane_equal_in_plane(const struct pd_lane_vectors *lanes, int k, __m256i bit)
{
    const __m256i clear = _mm256_cmpeq_epi32(_mm256_and_si256(lanes->text[k], bit), _mm256_setzero_si256());
    return _mm256_xor_si256(lanes->pattern[k], clear);
}

/* Where the byte of each text at `bit` occurs in its pattern; places behind the pattern's end are unspecified. Written
 * out because compilers do not unroll at -O2. */
PD_AVX2_INLINE __m256i pd_lane_equal_places(const struct pd_lane_vectors *lanes, __m256i bit, int n_planes)
{
    __m256i places = _mm256_and_si256(pd_lane_equal_in_plane(lanes, 0, bit), pd_lane_equal_in_plane(lanes, 1, bit));
    places = _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 2, bit));
    places = _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 3, bit));
    places = _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 4, bit));
    if (n_planes > 5) places = _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 5, bit));
    if (n_planes > 6) places = _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 6, bit));
    return n_planes > 6 ? _mm256_and_si256(places, pd_lane_equal_in_plane(lanes, 7, bit)) : places;
}

#endif
#endif

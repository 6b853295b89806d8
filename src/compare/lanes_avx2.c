/* SPDX-License-Identifier: MIT
 * Jaro and Jaro-Winkler of eight pairs at a time (lane_vectors.h). The steps are those of jaro.c. Out-of-order matches
 * are counted behind the loop: PEXT brings the matched bytes of both texts side by side, two planes at a time. Doubles
 * are made by the same operations in the same order as in jaro.c, without fused multiply-add, so they are the same
 * doubles; quotients of lengths come from a table. */
#include "compare/lane_vectors.h"

#if defined(__x86_64__)

enum { PREFIX_MAX = 4 };

struct jaro_matches {
    uint32_t text[PD_LANES], pattern[PD_LANES]; /* bits of matched bytes behind the common beginning */
};

PD_AVX2_INLINE void match(const struct pd_lane_vectors *lanes, struct jaro_matches *out, int n_planes)
{
    const __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi32(1);
    const __m256i window =
        _mm256_sub_epi32(_mm256_srli_epi32(_mm256_add_epi32(lanes->pattern_length, lanes->begin), 1), one);
    const __m256i window_bit = _mm256_sllv_epi32(one, window);
    const __m256i pattern_valid = pd_lane_low_bits(lanes->pattern_length);
    __m256i in_reach = pd_lane_low_bits(_mm256_add_epi32(window, one));
    __m256i pattern_free = pattern_valid, matched = zero, bit = one;
    for (int j = 0; j < lanes->steps; j++) {
        __m256i places = pd_lane_equal_places(lanes, bit, n_planes);
        places = _mm256_and_si256(places, _mm256_and_si256(in_reach, pattern_free));
        const __m256i lowest = _mm256_and_si256(places, _mm256_sub_epi32(zero, places));
        pattern_free = _mm256_andnot_si256(lowest, pattern_free);
        matched = _mm256_or_si256(matched, _mm256_andnot_si256(_mm256_cmpeq_epi32(places, zero), bit));
        /* One place further; the lowest stays until place j is a window's width away. */
        in_reach = _mm256_sub_epi32(_mm256_add_epi32(in_reach, in_reach), _mm256_cmpgt_epi32(window_bit, bit));
        bit = _mm256_add_epi32(bit, bit);
    }
    void *const text = out->text, *const pattern = out->pattern;
    _mm256_storeu_si256(text, matched);
    _mm256_storeu_si256(pattern, _mm256_andnot_si256(pattern_free, pattern_valid));
}

/* The matched bytes of planes k and k + 1 side by side, one plane behind the other. matches: twice the same 32 bits. */
PD_AVX2_INLINE uint64_t matched_bytes(const struct pd_lane_planes *planes, int k, uint64_t matches)
{
    uint64_t two;
    memcpy(&two, &planes->plane[k], sizeof two);
    return _pext_u64(two, matches);
}

/* Matched bytes of a pair that are not in the same order, halved. Bits of matched bytes, of which there are `count`. */
PD_AVX2_INLINE uint32_t transpositions(const struct pd_lane_planes *text, const struct pd_lane_planes *pattern,
                                       uint32_t text_matched, uint32_t pattern_matched, unsigned count, int n_planes)
{
    const uint64_t both = UINT64_C(1) << 32 | 1, in_text = text_matched * both, in_pattern = pattern_matched * both;
    uint64_t differing = matched_bytes(text, 0, in_text) ^ matched_bytes(pattern, 0, in_pattern);
    differing |= matched_bytes(text, 2, in_text) ^ matched_bytes(pattern, 2, in_pattern);
    differing |= matched_bytes(text, 4, in_text) ^ matched_bytes(pattern, 4, in_pattern);
    if (n_planes > 6) differing |= matched_bytes(text, 6, in_text) ^ matched_bytes(pattern, 6, in_pattern);
    differing |= differing >> count;
    return (uint32_t)__builtin_popcountll(_bzhi_u64(differing, count)) / 2;
}

/* Quotients that the double expression is a sum of; zero without matches. */
struct jaro_shares {
    const double *of_text, *of_pattern, *in_order;
};

/* Nothing is asked of single pairs: what cannot be foretold would cost more than what it saves. */
PD_AVX2_INLINE struct jaro_shares shares_of(const struct pd_lane_list *list, size_t i, uint32_t text_matched,
                                            uint32_t pattern_matched, const struct pd_lane_cutoff *cutoff, int n_planes)
{
    const uint32_t measures = list->measures[i], begin = measures & 255;
    const uint32_t behind = (uint32_t)__builtin_popcount(text_matched), count = begin + behind;
    /* begin may be all 32 bytes, and then nothing is behind. */
    const uint32_t in_text = (uint32_t)((uint64_t)text_matched << begin);
    const uint32_t in_pattern = (uint32_t)((uint64_t)pattern_matched << begin);
    const uint32_t swapped =
        transpositions(list->planes[i].shorter, list->planes[i].longer, in_text, in_pattern, behind, n_planes);
    return (struct jaro_shares){ &cutoff->shares[measures >> 8 & 255][count],
                                 &cutoff->shares[measures >> 16 & 255][count],
                                 &cutoff->shares[count][count - swapped] };
}

/* m / |a| + m / |b| + (m - t) / m of four pairs. */
PD_AVX2_INLINE __m256d sums_of(const struct jaro_shares shares[4])
{
    const struct jaro_shares *const a = &shares[0], *const b = &shares[1], *const c = &shares[2], *const d = &shares[3];
    const __m256d texts = _mm256_setr_pd(*a->of_text, *b->of_text, *c->of_text, *d->of_text);
    const __m256d patterns = _mm256_setr_pd(*a->of_pattern, *b->of_pattern, *c->of_pattern, *d->of_pattern);
    const __m256d ordered = _mm256_setr_pd(*a->in_order, *b->in_order, *c->in_order, *d->in_order);
    return _mm256_add_pd(_mm256_add_pd(texts, patterns), ordered);
}

/* Values of four pairs from their sums and the lengths of their common beginnings, -1 below the bound. */
PD_AVX2_INLINE __m256d values_of(__m256d sums, __m128i begins, const struct pd_lane_cutoff *cutoff)
{
    __m256d value = _mm256_div_pd(sums, _mm256_set1_pd(3.0));
    if (cutoff->metric == PD_LANE_JARO_WINKLER) {
        const __m128i prefixes = _mm_min_epu32(begins, _mm_set1_epi32(PREFIX_MAX));
        const __m256d share = _mm256_mul_pd(_mm256_cvtepi32_pd(prefixes), _mm256_set1_pd(0.1));
        const __m256d boost = _mm256_mul_pd(share, _mm256_sub_pd(_mm256_set1_pd(1.0), value));
        const __m256d boosted = _mm256_cmp_pd(value, _mm256_set1_pd(0.7), _CMP_GT_OQ);
        value = _mm256_add_pd(value, _mm256_and_pd(boost, boosted));
    }
    const __m256d passes = _mm256_cmp_pd(value, _mm256_set1_pd(cutoff->bound), _CMP_GE_OQ);
    return _mm256_blendv_pd(_mm256_set1_pd(-1.0), value, passes);
}

/* Repeated pairs write the same value again. */
PD_AVX2_INLINE void jaro_eight(const struct pd_lane_list *list, size_t from, const struct pd_lane_cutoff *cutoff,
                               double *out, int n_planes)
{
    struct pd_lane_vectors lanes;
    struct jaro_matches matches;
    struct jaro_shares shares[PD_LANES];
    double values[PD_LANES];
    pd_lane_vectors_load(list, from, n_planes, &lanes);
    match(&lanes, &matches, n_planes);
    for (size_t i = 0; i < PD_LANES; i++)
        shares[i] = shares_of(list, from + i, matches.text[i], matches.pattern[i], cutoff, n_planes);
    _mm256_storeu_pd(values, values_of(sums_of(shares), _mm256_castsi256_si128(lanes.begin), cutoff));
    _mm256_storeu_pd(values + 4, values_of(sums_of(shares + 4), _mm256_extracti128_si256(lanes.begin, 1), cutoff));
    for (size_t i = 0; i < PD_LANES; i++) out[list->places[from + i]] = values[i];
}

PD_AVX2 void pd_lane_jaro_avx2(const struct pd_lane_list *list, const struct pd_lane_cutoff *cutoff, double *out)
{
    for (size_t from = 0; from < list->n; from += PD_LANES) {
        switch (pd_lane_planes_needed(list->measures + from)) {
        case 5: jaro_eight(list, from, cutoff, out, 5); break;
        case 6: jaro_eight(list, from, cutoff, out, 6); break;
        default: jaro_eight(list, from, cutoff, out, PD_LANE_PLANES); break;
        }
    }
}

const struct pd_lane_kernels *pd_lanes_avx2(void)
{
    static const struct pd_lane_kernels kernels = { "avx2", pd_lane_jaro_avx2, pd_lane_levenshtein_avx2,
                                                    pd_lane_sieve_avx2 };
    const bool able =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    return able ? &kernels : NULL;
}

const struct pd_lane_kernels *pd_lanes_popcnt(void)
{
    static const struct pd_lane_kernels kernels = { "avx2+vpopcntq", pd_lane_jaro_avx2, pd_lane_levenshtein_avx2,
                                                    pd_lane_sieve_popcnt };
    const bool able = __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vl");
    return able && pd_lanes_avx2() != NULL ? &kernels : NULL;
}
#else
const struct pd_lane_kernels *pd_lanes_avx2(void)
{
    return NULL;
}

const struct pd_lane_kernels *pd_lanes_popcnt(void)
{
    return NULL;
}
#endif

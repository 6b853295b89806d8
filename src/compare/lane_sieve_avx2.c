/* SPDX-License-Identifier: MIT
 * Refusing pairs by the heads of their texts, eight pairs at a time (lanes.h). Heads are loaded as they lie, 16 bytes
 * each, and put in order by shuffles, which takes a third of the instructions of gathering; the left head is loaded
 * once where it is the same for all eight. */
#include "compare/lane_vectors.h"

#if defined(__x86_64__)
#include <math.h>

/* Eight heads in order, four a vector: signatures, and what is behind them. */
struct heads {
    __m256i signatures[2], rests[2];
};

PD_AVX2_INLINE __m128i load_head(const struct pd_lane_head *head)
{
    const void *const memory = head;
    return _mm_loadu_si128(memory);
}

PD_AVX2_INLINE __m256i load_two(const struct pd_lane_head *heads, uint32_t first, uint32_t second)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(load_head(&heads[first])), load_head(&heads[second]), 1);
}

PD_AVX2_INLINE struct heads load_heads(const struct pd_lane_head *heads, const uint32_t *places)
{
    const __m256i a = load_two(heads, places[0], places[2]), b = load_two(heads, places[1], places[3]);
    const __m256i c = load_two(heads, places[4], places[6]), d = load_two(heads, places[5], places[7]);
    return (struct heads){ { _mm256_unpacklo_epi64(a, b), _mm256_unpacklo_epi64(c, d) },
                           { _mm256_unpackhi_epi64(a, b), _mm256_unpackhi_epi64(c, d) } };
}

PD_AVX2_INLINE struct heads repeat_head(const struct pd_lane_head *head)
{
    const __m256i both = _mm256_broadcastsi128_si256(load_head(head));
    const __m256i signature = _mm256_unpacklo_epi64(both, both), rest = _mm256_unpackhi_epi64(both, both);
    return (struct heads){ { signature, signature }, { rest, rest } };
}

/* Set bits of each byte: a table of nibbles. Source: Mula, Kurz, Lemire 2018. */
PD_AVX2_INLINE __m256i count_in_bytes(__m256i words)
{
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2,
                                           2, 3, 2, 3, 3, 4);
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i low = _mm256_and_si256(words, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi32(words, 4), nibble);
    return _mm256_add_epi8(_mm256_shuffle_epi8(table, low), _mm256_shuffle_epi8(table, high));
}

/* Set bits of four words of 64 bits. wide: by the instruction that processors with AVX512_VPOPCNTDQ have; written as
 * such, because what is built around it is for AVX2. */
PD_AVX2_INLINE __m256i count_bits(__m256i words, bool wide)
{
    if (!wide) return _mm256_sad_epu8(count_in_bytes(words), _mm256_setzero_si256());
    __asm__("vpopcntq %1, %0" : "=x"(words) : "x"(words));
    return words;
}

PD_AVX2_INLINE __m256i common_letters(const struct heads *a, const struct heads *b, int half, bool wide)
{
    return count_bits(_mm256_and_si256(a->signatures[half], b->signatures[half]), wide);
}

/* Distances: letters in common + smaller overflow < longer length - limit. Heads have what is left of UINT8_MAX behind
 * the overflow, so that the larger of both is found with the longer length, and both are added at once. allowed: limit
 * + UINT8_MAX. */
PD_AVX2_INLINE unsigned refused_distances(const struct heads *a, const struct heads *b, int half, __m256i allowed,
                                          bool wide)
{
    const __m256i length_and_room = _mm256_set1_epi64x(0x0101);
    const __m256i larger = _mm256_max_epu8(a->rests[half], b->rests[half]);
    const __m256i sum = _mm256_sub_epi64(allowed, _mm256_maddubs_epi16(larger, length_and_room));
    return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_add_epi64(common_letters(a, b, half, wide), sum)));
}

/* Eight numbers of 32 bits: the low halves of eight numbers of 64, or the high ones. */
PD_AVX2_INLINE __m256i low_halves(const __m256i numbers[2])
{
    return _mm256_blend_epi32(numbers[0], _mm256_slli_epi64(numbers[1], 32), 0xaa);
}

PD_AVX2_INLINE __m256i high_halves(const __m256i numbers[2])
{
    return _mm256_blend_epi32(_mm256_srli_epi64(numbers[0], 32), numbers[1], 0xaa);
}

/* pd_lanes_common_start of each pair. */
PD_AVX2_INLINE __m256i common_starts(__m256i a, __m256i b)
{
    const __m256i zero = _mm256_setzero_si256(), differing = _mm256_xor_si256(a, b);
    __m256i equal = _mm256_cmpeq_epi32(differing, zero); /* -1 for each beginning that is equal */
    for (int n = 3; n > 0; n--) {
        const __m256i beginning = _mm256_and_si256(differing, _mm256_set1_epi32((1 << (8 * n)) - 1));
        equal = _mm256_add_epi32(equal, _mm256_cmpeq_epi32(beginning, zero));
    }
    return _mm256_sub_epi32(zero, equal);
}

/* Similarities: letters in common + smaller overflow < the least of the table. Pairs in the order 0, 4, 1, 5, 2, ... */
PD_AVX2_INLINE __m256i refused_similarities(const struct heads *a, const struct heads *b,
                                            const struct pd_lane_cutoff *cutoff, bool winkler, bool wide)
{
    enum { ROW = sizeof cutoff->least[0], CELL = sizeof cutoff->least[0][0] };
    const __m256i byte = _mm256_set1_epi32(255),
                  letters[] = { common_letters(a, b, 0, wide), common_letters(a, b, 1, wide) };
    const __m256i first = low_halves(a->rests), second = low_halves(b->rests);
    const __m256i room = _mm256_and_si256(_mm256_srli_epi32(_mm256_max_epu8(first, second), 8), byte);
    const __m256i most = _mm256_add_epi32(_mm256_or_si256(letters[0], _mm256_slli_epi64(letters[1], 32)), byte);
    const __m256i lengths =
        _mm256_or_si256(_mm256_and_si256(first, byte), _mm256_slli_epi32(_mm256_and_si256(second, byte), 16));
    __m256i places = _mm256_madd_epi16(lengths, _mm256_set1_epi32(ROW | CELL << 16));
    if (winkler) places = _mm256_add_epi32(places, common_starts(high_halves(a->rests), high_halves(b->rests)));
    const void *const table = cutoff->least;
    const __m256i least = _mm256_and_si256(_mm256_i32gather_epi32(table, places, 1), byte);
    return _mm256_cmpgt_epi32(_mm256_add_epi32(least, room), most);
}

/* A bit per pair that the cutoff may let pass. */
PD_AVX2_INLINE unsigned sieve_eight(const struct heads *a, const struct heads *b, const struct pd_lane_cutoff *cutoff,
                                    __m256i allowed, enum pd_lane_metric metric, bool wide)
{
    if (metric == PD_LANE_LEVENSHTEIN)
        return (refused_distances(a, b, 0, allowed, wide) | refused_distances(a, b, 1, allowed, wide) << 4) ^ 255u;
    const __m256i refused = refused_similarities(a, b, cutoff, metric == PD_LANE_JARO_WINKLER, wide);
    const unsigned even = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(refused, 32)));
    const unsigned odd = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(refused));
    return (even | odd << 4) ^ 255u;
}

/* Writes the numbers of the set bits of `bits` plus `first`, and unspecified ones up to eight; how many are set. */
PD_AVX2_INLINE size_t write_places(unsigned bits, uint32_t first, uint32_t *to)
{
    const uint64_t bytes = _pdep_u64(bits, UINT64_C(0x0101010101010101)) * 255;
    const uint64_t numbers = _pext_u64(UINT64_C(0x0706050403020100), bytes);
    const __m256i places = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)numbers));
    void *const memory = to;
    _mm256_storeu_si256(memory, _mm256_add_epi32(places, _mm256_set1_epi32((int)first)));
    return (size_t)__builtin_popcount(bits);
}

PD_AVX2_INLINE bool all_are(const uint32_t *numbers, __m256i number)
{
    const __m256i differing = _mm256_xor_si256(pd_lane_load(numbers), number);
    return _mm256_testz_si256(differing, differing);
}

PD_AVX2_INLINE size_t sieve(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                            const struct pd_lane_cutoff *cutoff, enum pd_lane_metric metric, bool wide,
                            uint32_t *candidates, double *out)
{
    const struct pd_lane_head *const lefts = pairs->left_texts->heads, *const rights = pairs->right_texts->heads;
    const uint32_t *const left = pairs->left, *const right = pairs->right;
    const __m256d refused = _mm256_set1_pd(metric == PD_LANE_LEVENSHTEIN ? HUGE_VAL : -1);
    const __m256i allowed = _mm256_set1_epi64x((long long)cutoff->limit + UINT8_MAX);
    struct heads repeated = repeat_head(&lefts[left[begin]]); /* of the last text */
    __m256i last = _mm256_set1_epi32((int)left[begin]);
    size_t n = 0, i = begin;
    for (; i + PD_LANES <= end; i += PD_LANES) {
        const struct heads b = load_heads(rights, right + i);
        struct heads a = repeated;
        if (!all_are(left + i, last)) {
            a = load_heads(lefts, left + i);
            last = _mm256_set1_epi32((int)left[i + PD_LANES - 1]);
            repeated = repeat_head(&lefts[left[i + PD_LANES - 1]]);
        }
        _mm256_storeu_pd(out + i, refused);
        _mm256_storeu_pd(out + i + 4, refused);
        const unsigned passing = sieve_eight(&a, &b, cutoff, allowed, metric, wide);
        if (passing != 0) n += write_places(passing, (uint32_t)i, candidates + n);
    }
    for (; i < end; i++) {
        out[i] = _mm256_cvtsd_f64(refused);
        candidates[n] = (uint32_t)i;
        n += pd_lanes_may_pass(&lefts[left[i]], &rights[right[i]], cutoff);
    }
    return n;
}

PD_AVX2_INLINE size_t sieve_by(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                               const struct pd_lane_cutoff *cutoff, bool wide, uint32_t *candidates, double *out)
{
    switch (cutoff->metric) {
    case PD_LANE_LEVENSHTEIN: return sieve(pairs, begin, end, cutoff, PD_LANE_LEVENSHTEIN, wide, candidates, out);
    case PD_LANE_JARO_WINKLER: return sieve(pairs, begin, end, cutoff, PD_LANE_JARO_WINKLER, wide, candidates, out);
    default: return sieve(pairs, begin, end, cutoff, PD_LANE_JARO, wide, candidates, out);
    }
}

PD_AVX2 size_t pd_lane_sieve_avx2(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                                  const struct pd_lane_cutoff *cutoff, uint32_t *candidates, double *out)
{
    return sieve_by(pairs, begin, end, cutoff, false, candidates, out);
}

PD_AVX2 size_t pd_lane_sieve_popcnt(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                                    const struct pd_lane_cutoff *cutoff, uint32_t *candidates, double *out)
{
    return sieve_by(pairs, begin, end, cutoff, true, candidates, out);
}
#endif

/* SPDX-License-Identifier: MIT
 * Eight pairs at a time, each in a 32-bit lane. Eight texts as bit planes are transposed into eight vectors, one per
 * plane; where the j-th byte of each text occurs in its pattern is then the AND over all planes of (plane equal to bit
 * j of the text's plane): four instructions per plane, and no table to build per pair. Few planes do for most names
 * (enum pd_lane_alphabet). The steps on these rows are those of jaro.c and levenshtein.c. Out-of-order matches are
 * counted behind the loop: PEXT brings the matched bytes of both texts side by side.
 * Doubles are made by the same operations in the same order as in jaro.c, without fused multiply-add, so they are the
 * same doubles. */
#include "compare/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stddef.h>

#define AVX2 __attribute__((target("avx2,bmi2")))
#define INLINE static inline __attribute__((target("avx2,bmi2"), always_inline))

/* Eight pairs: lane i of every vector belongs to pair i. */
struct lane_group {
    const struct pd_lane_text *texts[PD_LANES], *patterns[PD_LANES];
    __m256i text[PD_LANE_PLANES], pattern[PD_LANE_PLANES]; /* planes, transposed */
    __m256i text_length, pattern_length;
    int steps; /* the longest text */
    int n_planes;
};

/* Vector k of the result holds word k of each of eight records. */
INLINE void transpose(const __m256i rows[PD_LANES], __m256i columns[PD_LANE_PLANES])
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

INLINE __m256i load_planes(const struct pd_lane_text *text)
{
    const void *const planes = text->planes;
    return _mm256_loadu_si256(planes);
}

INLINE int planes_needed(uint32_t alphabets)
{
    if ((alphabets & (PD_ALPHABET_UPPER | PD_ALPHABET_LOWER | PD_ALPHABET_DIGITS)) != 0) return 5;
    return (alphabets & (PD_ALPHABET_CAPITAL | PD_ALPHABET_LETTERS)) != 0 ? 6 : PD_LANE_PLANES;
}

INLINE __m256i load_lengths(const struct pd_lane_text *const *texts)
{
    return _mm256_setr_epi32((int)texts[0]->length, (int)texts[1]->length, (int)texts[2]->length, (int)texts[3]->length,
                             (int)texts[4]->length, (int)texts[5]->length, (int)texts[6]->length,
                             (int)texts[7]->length);
}

/* Lanes that are left over repeat the first pair. */
INLINE void load_group(const struct pd_lane_pairs *pairs, const uint32_t *places, size_t n, struct lane_group *group)
{
    __m256i texts[PD_LANES], patterns[PD_LANES];
    uint32_t alphabets = UINT32_MAX, longest = 0;
    for (size_t i = 0; i < PD_LANES; i++) {
        const uint32_t place = places[i < n ? i : 0];
        const struct pd_lane_text *const text = &pairs->left_texts[pairs->left[place]];
        const struct pd_lane_text *const pattern = &pairs->right_texts[pairs->right[place]];
        group->texts[i] = text;
        group->patterns[i] = pattern;
        texts[i] = load_planes(text);
        patterns[i] = load_planes(pattern);
        alphabets &= (uint32_t)text->alphabets & pattern->alphabets;
        longest = text->length > longest ? text->length : longest;
    }
    transpose(texts, group->text);
    transpose(patterns, group->pattern);
    group->text_length = load_lengths(group->texts);
    group->pattern_length = load_lengths(group->patterns);
    group->steps = (int)longest;
    group->n_planes = planes_needed(alphabets);
}

INLINE __m256i equal_in_plane(const struct lane_group *group, int k, __m256i bit)
{
    const __m256i clear = _mm256_cmpeq_epi32(_mm256_and_si256(group->text[k], bit), _mm256_setzero_si256());
    return _mm256_xor_si256(group->pattern[k], clear);
}

/* Where the byte of each text at `bit` occurs in its pattern; places behind the pattern's end are unspecified. Written
 * out because compilers do not unroll at -O2. */
INLINE __m256i equal_places(const struct lane_group *group, __m256i bit, int n_planes)
{
    __m256i places = _mm256_and_si256(equal_in_plane(group, 0, bit), equal_in_plane(group, 1, bit));
    places = _mm256_and_si256(places, equal_in_plane(group, 2, bit));
    places = _mm256_and_si256(places, equal_in_plane(group, 3, bit));
    places = _mm256_and_si256(places, equal_in_plane(group, 4, bit));
    if (n_planes > 5) places = _mm256_and_si256(places, equal_in_plane(group, 5, bit));
    if (n_planes > 6) places = _mm256_and_si256(places, equal_in_plane(group, 6, bit));
    return n_planes > 6 ? _mm256_and_si256(places, equal_in_plane(group, 7, bit)) : places;
}

/* Bits [0, n) of each lane, n 0..32. */
INLINE __m256i low_bits(__m256i n)
{
    const __m256i ones = _mm256_set1_epi32(-1);
    return _mm256_andnot_si256(_mm256_sllv_epi32(ones, n), ones);
}

/* --- Jaro --- */

struct jaro_matches {
    uint32_t text[PD_LANES], pattern[PD_LANES]; /* bits of matched bytes */
};

INLINE void match(const struct lane_group *group, struct jaro_matches *out, int n_planes)
{
    const __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi32(1);
    const __m256i longer = _mm256_max_epi32(group->text_length, group->pattern_length);
    const __m256i window = _mm256_sub_epi32(_mm256_srli_epi32(longer, 1), one);
    const __m256i pattern_valid = low_bits(group->pattern_length);
    __m256i in_reach = low_bits(_mm256_add_epi32(window, one));
    __m256i pattern_free = pattern_valid, matched = zero, bit = one, step = zero;
    for (int j = 0; j < group->steps; j++) {
        const __m256i active = _mm256_cmpgt_epi32(group->text_length, step);
        __m256i places = equal_places(group, bit, n_planes);
        places = _mm256_and_si256(places, _mm256_and_si256(in_reach, _mm256_and_si256(pattern_free, active)));
        const __m256i lowest = _mm256_and_si256(places, _mm256_sub_epi32(zero, places));
        pattern_free = _mm256_andnot_si256(lowest, pattern_free);
        matched = _mm256_or_si256(matched, _mm256_andnot_si256(_mm256_cmpeq_epi32(places, zero), bit));
        in_reach = _mm256_sub_epi32(_mm256_add_epi32(in_reach, in_reach), _mm256_cmpgt_epi32(window, step));
        bit = _mm256_add_epi32(bit, bit);
        step = _mm256_add_epi32(step, one);
    }
    void *const text = out->text, *const pattern = out->pattern;
    _mm256_storeu_si256(text, matched);
    _mm256_storeu_si256(pattern, _mm256_andnot_si256(pattern_free, pattern_valid));
}

/* Matched bytes that differ in plane k, both texts' side by side. */
INLINE uint32_t differing(const struct lane_group *group, const struct jaro_matches *matches, size_t i, int k)
{
    return _pext_u32(group->texts[i]->planes[k], matches->text[i]) ^
           _pext_u32(group->patterns[i]->planes[k], matches->pattern[i]);
}

/* Matched bytes that are not in the same order, halved. */
INLINE int32_t transpositions(const struct lane_group *group, const struct jaro_matches *matches, size_t i,
                              int n_planes)
{
    uint32_t places = differing(group, matches, i, 0) | differing(group, matches, i, 1) |
                      differing(group, matches, i, 2) | differing(group, matches, i, 3) |
                      differing(group, matches, i, 4);
    if (n_planes > 5) places |= differing(group, matches, i, 5);
    if (n_planes > 6) places |= differing(group, matches, i, 6) | differing(group, matches, i, 7);
    return __builtin_popcount(places) / 2;
}

/* What the double expression is made of, four or eight pairs side by side. */
struct jaro_numbers {
    _Alignas(32) int32_t matches[PD_LANES], transpositions[PD_LANES], text_length[PD_LANES],
        pattern_length[PD_LANES], prefix[PD_LANES];
};

INLINE __m256d to_doubles(const int32_t *numbers)
{
    const void *const memory = numbers;
    return _mm256_cvtepi32_pd(_mm_load_si128(memory));
}

/* Values of four pairs, -1 below the bound. matches > 0. */
INLINE __m256d jaro_values(const struct jaro_numbers *numbers, int from, const struct pd_lane_cutoff *cutoff)
{
    const __m256d matches = to_doubles(numbers->matches + from), one = _mm256_set1_pd(1.0);
    __m256d value = _mm256_div_pd(matches, to_doubles(numbers->text_length + from));
    value = _mm256_add_pd(value, _mm256_div_pd(matches, to_doubles(numbers->pattern_length + from)));
    const __m256d in_order = _mm256_sub_pd(matches, to_doubles(numbers->transpositions + from));
    value = _mm256_add_pd(value, _mm256_div_pd(in_order, matches));
    value = _mm256_div_pd(value, _mm256_set1_pd(3.0));
    if (cutoff->metric == PD_LANE_JARO_WINKLER) {
        const __m256d share = _mm256_mul_pd(to_doubles(numbers->prefix + from), _mm256_set1_pd(0.1));
        const __m256d boost = _mm256_mul_pd(share, _mm256_sub_pd(one, value));
        const __m256d boosted = _mm256_cmp_pd(value, _mm256_set1_pd(0.7), _CMP_GT_OQ);
        value = _mm256_add_pd(value, _mm256_and_pd(boost, boosted));
    }
    const __m256d passes = _mm256_cmp_pd(value, _mm256_set1_pd(cutoff->bound), _CMP_GE_OQ);
    return _mm256_blendv_pd(_mm256_set1_pd(-1.0), value, passes);
}

INLINE uint32_t common_prefix(const struct pd_lane_text *a, const struct pd_lane_text *b)
{
    const uint32_t shorter = a->length < b->length ? a->length : b->length;
    const uint32_t start = pd_lanes_common_start(a->start, b->start);
    return start < shorter ? start : shorter;
}

/* Numbers of the pairs that can still reach the bound, side by side; their places. */
INLINE size_t take_numbers(const struct lane_group *group, const struct jaro_matches *matches, const uint32_t *places,
                           size_t n, const struct pd_lane_cutoff *cutoff, struct jaro_numbers *numbers,
                           uint32_t *places_taken, int n_planes)
{
    size_t n_taken = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pd_lane_text *const text = group->texts[i], *const pattern = group->patterns[i];
        const uint32_t prefix = common_prefix(text, pattern);
        const int count = __builtin_popcount(matches->text[i]);
        if (count == 0 || count < cutoff->least[text->length][pattern->length][prefix]) continue;
        numbers->matches[n_taken] = count;
        numbers->transpositions[n_taken] = transpositions(group, matches, i, n_planes);
        numbers->text_length[n_taken] = (int32_t)text->length;
        numbers->pattern_length[n_taken] = (int32_t)pattern->length;
        numbers->prefix[n_taken] = (int32_t)prefix;
        places_taken[n_taken++] = places[i];
    }
    return n_taken;
}

INLINE void jaro_group(const struct lane_group *group, const uint32_t *places, size_t n,
                       const struct pd_lane_cutoff *cutoff, double *out, int n_planes)
{
    struct jaro_matches matches;
    struct jaro_numbers numbers;
    uint32_t taken[PD_LANES];
    match(group, &matches, n_planes);
    for (size_t i = 0; i < n; i++) out[places[i]] = cutoff->bound <= 0 ? 0 : -1; /* where nothing matches */
    const size_t n_taken = take_numbers(group, &matches, places, n, cutoff, &numbers, taken, n_planes);
    for (size_t from = 0; from < n_taken; from += 4) {
        double values[4];
        for (size_t i = n_taken; i < from + 4; i++) { /* no pair: any numbers that can be divided by */
            numbers.matches[i] = numbers.text_length[i] = numbers.pattern_length[i] = 1;
            numbers.transpositions[i] = numbers.prefix[i] = 0;
        }
        _mm256_storeu_pd(values, jaro_values(&numbers, (int)from, cutoff));
        for (size_t i = from; i < n_taken && i < from + 4; i++) out[taken[i]] = values[i - from];
    }
}

AVX2 static void jaro_avx2(const struct pd_lane_pairs *pairs, const uint32_t *places, size_t n,
                           const struct pd_lane_cutoff *cutoff, double *out)
{
    struct lane_group group;
    load_group(pairs, places, n, &group);
    switch (group.n_planes) {
    case 5: jaro_group(&group, places, n, cutoff, out, 5); break;
    case 6: jaro_group(&group, places, n, cutoff, out, 6); break;
    default: jaro_group(&group, places, n, cutoff, out, PD_LANE_PLANES); break;
    }
}

/* --- Levenshtein --- */

INLINE __m256i distances(const struct lane_group *group, int n_planes)
{
    const __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi32(1), ones = _mm256_set1_epi32(-1);
    const __m256i last = _mm256_sllv_epi32(one, _mm256_sub_epi32(group->pattern_length, one));
    __m256i up = ones, down = zero, bit = one, step = zero, distance = group->pattern_length;
    for (int j = 0; j < group->steps; j++) {
        const __m256i last_now = _mm256_and_si256(last, _mm256_cmpgt_epi32(group->text_length, step));
        const __m256i equal = equal_places(group, bit, n_planes);
        __m256i diagonal = _mm256_add_epi32(_mm256_and_si256(equal, up), up);
        diagonal = _mm256_or_si256(_mm256_or_si256(_mm256_xor_si256(diagonal, up), equal), down);
        __m256i right_up = _mm256_or_si256(down, _mm256_xor_si256(_mm256_or_si256(diagonal, up), ones));
        __m256i right_down = _mm256_and_si256(diagonal, up);
        /* One more or less where the last row's bit is set: a comparison gives 0 where it is, -1 where not. */
        const __m256i no_up = _mm256_cmpeq_epi32(_mm256_and_si256(right_up, last_now), zero);
        const __m256i no_down = _mm256_cmpeq_epi32(_mm256_and_si256(right_down, last_now), zero);
        distance = _mm256_add_epi32(distance, _mm256_sub_epi32(no_up, no_down));
        right_up = _mm256_or_si256(_mm256_add_epi32(right_up, right_up), one);
        right_down = _mm256_add_epi32(right_down, right_down);
        up = _mm256_or_si256(right_down, _mm256_xor_si256(_mm256_or_si256(diagonal, right_up), ones));
        down = _mm256_and_si256(right_up, diagonal);
        bit = _mm256_add_epi32(bit, bit);
        step = _mm256_add_epi32(step, one);
    }
    return distance;
}

INLINE void levenshtein_group(const struct lane_group *group, const uint32_t *places, size_t n, size_t limit,
                              double *out, int n_planes)
{
    uint32_t values[PD_LANES];
    void *const memory = values;
    _mm256_storeu_si256(memory, distances(group, n_planes));
    for (size_t i = 0; i < n; i++) out[places[i]] = values[i] <= limit ? (double)values[i] : HUGE_VAL;
}

AVX2 static void levenshtein_avx2(const struct pd_lane_pairs *pairs, const uint32_t *places, size_t n,
                                  const struct pd_lane_cutoff *cutoff, double *out)
{
    struct lane_group group;
    load_group(pairs, places, n, &group);
    switch (group.n_planes) {
    case 5: levenshtein_group(&group, places, n, cutoff->limit, out, 5); break;
    case 6: levenshtein_group(&group, places, n, cutoff->limit, out, 6); break;
    default: levenshtein_group(&group, places, n, cutoff->limit, out, PD_LANE_PLANES); break;
    }
}

/* --- refusing --- */

/* Words of eight records at a byte offset; records are 64 bytes, so places are 8 times an index of eight bytes. */
INLINE __m256i gather(const struct pd_lane_text *texts, __m256i places, size_t offset)
{
    const void *const base = (const char *)texts + offset;
    return _mm256_i32gather_epi32(base, places, 8);
}
_Static_assert(sizeof(struct pd_lane_text) == 64, "gather() steps by 64 bytes");

/* Set bits of each byte: a table of nibbles. Source: Mula, Kurz, Lemire 2018. */
INLINE __m256i count_in_bytes(__m256i words)
{
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2,
                                           2, 3, 2, 3, 3, 4);
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i low = _mm256_and_si256(words, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi32(words, 4), nibble);
    return _mm256_add_epi8(_mm256_shuffle_epi8(table, low), _mm256_shuffle_epi8(table, high));
}

/* pd_lanes_common_start of eight starts with one. */
INLINE __m256i common_starts(__m256i starts, uint32_t start)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i differing = _mm256_xor_si256(starts, _mm256_set1_epi32((int)start));
    __m256i equal = _mm256_cmpeq_epi32(differing, zero); /* -1 for each beginning that is equal */
    for (int n = 3; n > 0; n--) {
        const __m256i beginning = _mm256_and_si256(differing, _mm256_set1_epi32((1 << (8 * n)) - 1));
        equal = _mm256_add_epi32(equal, _mm256_cmpeq_epi32(beginning, zero));
    }
    return _mm256_sub_epi32(zero, equal);
}

/* A bit per text that the cutoff may let pass with left. */
INLINE unsigned sieve_eight(const struct pd_lane_text *left, const struct pd_lane_text *texts, __m256i places,
                            const struct pd_lane_cutoff *cutoff)
{
    const __m256i byte = _mm256_set1_epi32(255);
    const __m256i low = gather(texts, places, offsetof(struct pd_lane_text, signature));
    const __m256i high = gather(texts, places, offsetof(struct pd_lane_text, signature) + 4);
    const __m256i starts = gather(texts, places, offsetof(struct pd_lane_text, start));
    const __m256i classes = gather(texts, places, offsetof(struct pd_lane_text, length_class)); /* and overflow */
    const __m256i common_low = _mm256_and_si256(low, _mm256_set1_epi32((int)(uint32_t)left->signature));
    const __m256i common_high = _mm256_and_si256(high, _mm256_set1_epi32((int)(left->signature >> 32)));
    const __m256i counts = _mm256_add_epi8(count_in_bytes(common_low), count_in_bytes(common_high));
    const __m256i pairs = _mm256_maddubs_epi16(counts, _mm256_set1_epi8(1));
    const __m256i overflow =
        _mm256_min_epi32(_mm256_and_si256(_mm256_srli_epi32(classes, 8), byte), _mm256_set1_epi32(left->overflow));
    const __m256i common = _mm256_add_epi32(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)), overflow);
    const __m256i row = _mm256_slli_epi32(_mm256_and_si256(classes, byte), 3);
    const void *const least_of_left = cutoff->least[left->length_class];
    const __m256i least = _mm256_and_si256(
        _mm256_i32gather_epi32(least_of_left, _mm256_add_epi32(row, common_starts(starts, left->start)), 1), byte);
    return ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(least, common))) & 255u;
}

AVX2 static size_t sieve_avx2(const struct pd_lane_text *left, const struct pd_lane_text *texts, const uint32_t *right,
                              size_t n, const struct pd_lane_cutoff *cutoff, uint32_t first, uint32_t *candidates)
{
    size_t n_candidates = 0;
    for (size_t i = 0; i < n; i += PD_LANES) {
        const size_t begin = n - i < PD_LANES ? n - PD_LANES : i; /* the last eight again; n is not less */
        const void *const memory = right + begin;
        const __m256i places = _mm256_slli_epi32(_mm256_loadu_si256(memory), 3);
        unsigned passing = sieve_eight(left, texts, places, cutoff) >> (i - begin);
        for (; passing != 0; passing &= passing - 1)
            candidates[n_candidates++] = first + (uint32_t)i + (uint32_t)__builtin_ctz(passing);
    }
    return n_candidates;
}

const struct pd_lane_kernels *pd_lanes_avx2(void)
{
    static const struct pd_lane_kernels kernels = { "avx2", jaro_avx2, levenshtein_avx2, sieve_avx2 };
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? &kernels : NULL;
}
#else
const struct pd_lane_kernels *pd_lanes_avx2(void)
{
    return NULL;
}
#endif

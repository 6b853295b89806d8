/* SPDX-License-Identifier: MIT
 * Levenshtein distances of eight pairs at a time (lane_vectors.h).
 *
 * Distances up to PD_LANE_NEAR: for each of the few diagonals that a path of so few edits can use, one bit row says
 * where the texts are equal along it; how far e edits reach on a diagonal follows from how far e - 1 reach on it and
 * its neighbours. A reach is kept as that many low bits, so that the larger of two is their OR and to follow equal
 * bytes is a carry: no step per byte. Source: Ukkonen 1985, "Algorithms for approximate string matching". Larger
 * distances: the steps of levenshtein.c, a byte of all texts at a time. */
#include "compare/lane_vectors.h"

#if defined(__x86_64__)
#include <math.h>

enum { N_DIAGONALS = PD_LANE_NEAR + 2 };

PD_AVX2_INLINE __m256i shifted(__m256i row, int by)
{
    return by < 0 ? _mm256_slli_epi32(row, -by) : _mm256_srli_epi32(row, by);
}

/* On diagonal d byte i of the text stands against byte i + d of the pattern: where they are equal. */
PD_AVX2_INLINE __m256i equal_on(const struct pd_lane_vectors *lanes, int diagonal, int n_planes)
{
    const __m256i pattern_valid = shifted(pd_lane_low_bits(lanes->pattern_length), diagonal);
    __m256i differing = _mm256_xor_si256(lanes->text[0], shifted(lanes->pattern[0], diagonal));
    for (int k = 1; k < n_planes; k++)
        differing = _mm256_or_si256(differing, _mm256_xor_si256(lanes->text[k], shifted(lanes->pattern[k], diagonal)));
    return _mm256_andnot_si256(differing, _mm256_and_si256(pd_lane_low_bits(lanes->text_length), pattern_valid));
}

/* As far as equal bytes lead from a reach. */
PD_AVX2_INLINE __m256i followed(__m256i reach, __m256i equal)
{
    const __m256i one = _mm256_set1_epi32(1);
    const __m256i sum = _mm256_add_epi32(equal, _mm256_add_epi32(reach, one));
    return _mm256_sub_epi32(_mm256_andnot_si256(equal, sum), one);
}

/* A byte further: of a change, or of one that the pattern lacks. */
PD_AVX2_INLINE __m256i further(__m256i reach)
{
    return _mm256_or_si256(_mm256_add_epi32(reach, reach), _mm256_set1_epi32(1));
}

/* Whether a path with so many edits may be on a diagonal. */
PD_AVX2_INLINE bool is_open(int diagonal, int edits, int limit)
{
    return diagonal >= -1 && diagonal <= limit && diagonal <= edits && -diagonal <= edits;
}

/* The pattern is at least as long as the text, so paths end on diagonals 0 to limit, and only those of -1 to limit can
 * still lead there. A distance, or limit + 1. */
PD_AVX2_INLINE __m256i near_distances(const struct pd_lane_vectors *lanes, int limit, int n_planes)
{
    __m256i reach[N_DIAGONALS], distance = _mm256_set1_epi32(limit + 1);
    const __m256i whole = pd_lane_low_bits(lanes->text_length), zero = _mm256_setzero_si256();
    const __m256i end = _mm256_sub_epi32(lanes->pattern_length, lanes->text_length);
    for (int edits = 0; edits <= limit; edits++) {
        __m256i below = zero, arrived = zero; /* below: the reach of the diagonal below with an edit less */
        for (int d = -1; d <= limit; d++) {
            __m256i now = zero;
            if (!is_open(d, edits, limit)) continue;
            if (is_open(d, edits - 1, limit)) now = further(reach[d + 1]);
            if (is_open(d + 1, edits - 1, limit)) now = _mm256_or_si256(now, further(reach[d + 2]));
            if (is_open(d - 1, edits - 1, limit)) now = _mm256_or_si256(now, below);
            if (is_open(d, edits - 1, limit)) below = reach[d + 1];
            now = reach[d + 1] = followed(now, equal_on(lanes, d, n_planes));
            const __m256i there = _mm256_cmpeq_epi32(_mm256_and_si256(now, whole), whole);
            arrived = _mm256_or_si256(arrived, _mm256_and_si256(there, _mm256_cmpeq_epi32(end, _mm256_set1_epi32(d))));
        }
        distance = _mm256_add_epi32(distance, arrived);
    }
    return distance;
}

/* Behind the end of a text steps go on and count no more. */
PD_AVX2_INLINE __m256i distances(const struct pd_lane_vectors *lanes, int n_planes)
{
    const __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi32(1), ones = _mm256_set1_epi32(-1);
    const __m256i last = _mm256_sllv_epi32(one, _mm256_sub_epi32(lanes->pattern_length, one));
    __m256i up = ones, down = zero, bit = one, step = zero, distance = lanes->pattern_length;
    for (int j = 0; j < lanes->steps; j++) {
        const __m256i last_now = _mm256_and_si256(last, _mm256_cmpgt_epi32(lanes->text_length, step));
        const __m256i equal = pd_lane_equal_places(lanes, bit, n_planes);
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

PD_AVX2_INLINE void levenshtein_eight(const struct pd_lane_list *list, size_t from, size_t limit, double *out,
                                      int n_planes)
{
    struct pd_lane_vectors lanes;
    uint32_t values[PD_LANES];
    void *const memory = values;
    pd_lane_vectors_load(list, from, n_planes, &lanes);
    if (limit < PD_LANE_NEAR)
        _mm256_storeu_si256(memory, near_distances(&lanes, PD_LANE_NEAR - 1, n_planes));
    else if (limit == PD_LANE_NEAR)
        _mm256_storeu_si256(memory, near_distances(&lanes, PD_LANE_NEAR, n_planes));
    else
        _mm256_storeu_si256(memory, distances(&lanes, n_planes));
    for (size_t i = 0; i < PD_LANES; i++)
        out[list->places[from + i]] = values[i] <= limit ? (double)values[i] : HUGE_VAL;
}

PD_AVX2 void pd_lane_levenshtein_avx2(const struct pd_lane_list *list, const struct pd_lane_cutoff *cutoff, double *out)
{
    for (size_t from = 0; from < list->n; from += PD_LANES) {
        switch (pd_lane_planes_needed(list->measures + from)) {
        case 5: levenshtein_eight(list, from, cutoff->limit, out, 5); break;
        case 6: levenshtein_eight(list, from, cutoff->limit, out, 6); break;
        default: levenshtein_eight(list, from, cutoff->limit, out, PD_LANE_PLANES); break;
        }
    }
}
#endif

/* SPDX-License-Identifier: MIT
 * The sweep over a block by AVX2: a record against four others at a time. */
#include "block/state.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET "avx2,bmi2"
#define INLINE static inline __attribute__((target(TARGET), always_inline))
#define SWEEP pd_sweep_runs_avx2
enum { LANES = 4 };
#define NO_VALUE (UINT64_MAX - 1) /* no whole word is that: it is unequal to all */

/* A record that is compared with many. */
struct swept_row {
    __m256i words[PD_PACKED_WORDS_MAX], near[PD_PACKED_NEAR_MAX], is_near[PD_PACKED_NEAR_MAX], nulls, linked;
    const pd_weight *below; /* of pd_pair_filter_below, or zeros */
    uint32_t record;
};

/* Four pairs of a row: a bit each in masks. */
struct judged {
    __m256i unequal[PD_PACKED_WORDS_MAX];
    unsigned settled, later; /* settled: an earlier pass has it; later: one may have it */
    _Alignas(32) uint64_t index[LANES];
};

INLINE __m256i load(const uint64_t *from)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

INLINE __m256i repeat(uint64_t word)
{
    return _mm256_set1_epi64x((long long)word);
}

INLINE unsigned bits_of(__m256i lanes)
{
    return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(lanes));
}

INLINE void take_row(const struct pd_filter_lookup *lookup, const uint64_t *column, size_t stride,
                     const pd_weight *below, struct swept_row *row)
{
    for (size_t i = 0; i < lookup->n_field_words; i++, column += stride) row->words[i] = repeat(*column);
    for (size_t i = 0; i < lookup->n_whole_words; i++, column += stride)
        row->words[lookup->n_field_words + i] = repeat(*column == PD_PACKED_NULL ? NO_VALUE : *column);
    for (size_t k = 0; k < lookup->n_near; k++, column += 2 * stride) {
        row->near[k] = repeat(column[0]);
        row->is_near[k] = repeat(column[stride]);
    }
    row->nulls = repeat(column[0]);
    row->linked = repeat(column[stride]);
    row->below = below;
}

INLINE void leave_unlinked(struct swept_row *row)
{
    row->linked = _mm256_setzero_si256();
}

INLINE unsigned find_in_scope(const struct swept_row *row, const uint64_t *linked)
{
    return ~bits_of(_mm256_and_si256(row->linked, load(linked)));
}

/* Guards of the fields that are not known to be equal; of a whole word all ones. See model/packed_rows.h. */
INLINE void find_unequal(const struct pd_filter_lookup *lookup, const struct swept_row *row, const uint64_t *column,
                         size_t stride, struct judged *pairs)
{
    const size_t n_words = lookup->n_field_words + lookup->n_whole_words;
    size_t i = 0;
    for (; i < lookup->n_field_words; i++, column += stride) {
        const __m256i x = row->words[i], y = load(column), guards = repeat(lookup->guards[i]);
        const __m256i differing = _mm256_andnot_si256(guards, _mm256_xor_si256(x, y));
        const __m256i carried = _mm256_add_epi64(differing, repeat(lookup->values[i]));
        pairs->unequal[i] = _mm256_and_si256(_mm256_or_si256(_mm256_or_si256(carried, x), y), guards);
    }
    for (; i < n_words; i++, column += stride)
        pairs->unequal[i] = _mm256_andnot_si256(_mm256_cmpeq_epi64(row->words[i], load(column)), repeat(UINT64_MAX));
}

INLINE __m256i agree(const struct pd_sweep_earlier *earlier, const struct judged *pairs)
{
    __m256i differing = _mm256_setzero_si256();
    for (size_t i = 0; i < earlier->n_words; i++)
        differing =
            _mm256_or_si256(differing, _mm256_and_si256(pairs->unequal[earlier->words[i]], repeat(earlier->masks[i])));
    return _mm256_cmpeq_epi64(differing, _mm256_setzero_si256());
}

INLINE unsigned find_agreeing(const struct pd_sweep_earlier *earlier, const struct judged *pairs)
{
    return bits_of(agree(earlier, pairs));
}

INLINE void find_earlier(const struct pd_sweep *sweep, struct judged *pairs)
{
    __m256i settled = _mm256_setzero_si256();
    pairs->later = 0;
    for (size_t q = 0; q < sweep->n_plain; q++) settled = _mm256_or_si256(settled, agree(&sweep->plain[q], pairs));
    for (size_t q = 0; q < sweep->n_others; q++) pairs->later |= find_agreeing(&sweep->others[q], pairs);
    pairs->settled = bits_of(settled);
}

/* All ones where, within the places that differ, y is x moved by a place. `places` has the lowest bit of each nibble
 * that differs, `below` ones below the first of them. */
INLINE __m256i is_moved(__m256i x, __m256i y, __m256i places, __m256i below)
{
    const __m256i zero = _mm256_setzero_si256(), ones = repeat(UINT64_MAX);
    const __m256i rest = _mm256_andnot_si256(below, _mm256_xor_si256(_mm256_srli_epi64(x, 4), y));
    /* Up to the first that is not moved: nothing differs above it. */
    const __m256i first = _mm256_and_si256(rest, _mm256_sub_epi64(zero, rest));
    const __m256i up_to = _mm256_or_si256(first, _mm256_add_epi64(first, ones));
    return _mm256_cmpeq_epi64(_mm256_andnot_si256(up_to, places), zero);
}

/* pd_packed_distance of four pairs of words. */
INLINE __m256i distances(__m256i x, __m256i y)
{
    const __m256i zero = _mm256_setzero_si256(), ones = repeat(UINT64_MAX);
    __m256i places = _mm256_xor_si256(x, y);
    places = _mm256_or_si256(places, _mm256_srli_epi64(places, 1));
    places = _mm256_or_si256(places, _mm256_srli_epi64(places, 2));
    places = _mm256_and_si256(places, repeat(UINT64_C(0x1111111111111111)));
    const __m256i less = _mm256_and_si256(places, _mm256_add_epi64(places, ones)); /* but for the first */
    const __m256i least = _mm256_and_si256(less, _mm256_add_epi64(less, ones));    /* and the second */
    const __m256i below = _mm256_andnot_si256(places, _mm256_add_epi64(places, ones));
    const __m256i moved = _mm256_or_si256(is_moved(x, y, places, below), is_moved(y, x, places, below));
    const __m256i near = _mm256_or_si256(_mm256_cmpeq_epi64(least, zero), moved);
    /* 3, and -1 for each that holds */
    __m256i sum = _mm256_add_epi64(repeat(PD_PACKED_FAR), _mm256_cmpeq_epi64(places, zero));
    sum = _mm256_add_epi64(sum, _mm256_cmpeq_epi64(less, zero));
    return _mm256_add_epi64(sum, near);
}

/* Index of the filter's table; what the pairs' pass has equal is 0 in it, as bits say what is unequal. */
INLINE void find_index(const struct pd_sweep *sweep, const struct pd_filter_lookup *lookup, const struct swept_row *row,
                       const uint64_t *column, size_t stride, struct judged *pairs)
{
    __m256i index = _mm256_setzero_si256();
    for (size_t i = 0; i < sweep->n_right; i++) {
        const struct pd_sweep_bit *bit = &sweep->right[i];
        const __m256i there = _mm256_srlv_epi64(pairs->unequal[bit->word], repeat(bit->shift));
        index = _mm256_or_si256(index, _mm256_and_si256(there, repeat(bit->mask)));
    }
    for (size_t i = 0; i < sweep->n_left; i++) {
        const struct pd_sweep_bit *bit = &sweep->left[i];
        const __m256i there = _mm256_sllv_epi64(pairs->unequal[bit->word], repeat(bit->shift));
        index = _mm256_or_si256(index, _mm256_and_si256(there, repeat(bit->mask)));
    }
    column += sweep->n_words * stride;
    for (size_t k = 0; k < lookup->n_near; k++, column += 2 * stride) {
        const __m256i known = _mm256_and_si256(row->is_near[k], load(column + stride));
        const __m256i near = _mm256_and_si256(distances(row->near[k], load(column)), known);
        index = _mm256_or_si256(index, _mm256_slli_epi64(near, (int)(lookup->near_shift + 2 * k)));
    }
    index = _mm256_or_si256(index, _mm256_or_si256(row->nulls, load(column)));
    _mm256_store_si256((__m256i *)(void *)pairs->index, index);
}

INLINE void judge(const struct pd_block_state *state, const struct swept_row *row, const uint64_t *columns,
                  size_t stride, struct judged *pairs)
{
    find_unequal(&state->lookup, row, columns, stride, pairs);
    find_earlier(&state->sweep, pairs);
    find_index(&state->sweep, &state->lookup, row, columns, stride, pairs);
}

INLINE unsigned is_alive(const struct pd_pair_filter *filter, const struct swept_row *row, uint64_t index)
{
    return filter->most[index] + row->below[filter->by_own[index]] >= filter->needed;
}

/* Lanes whose pairs can reach the weight needed. */
INLINE unsigned find_alive(const struct pd_pair_filter *filter, const struct swept_row *row, const struct judged *pairs)
{
    return is_alive(filter, row, pairs->index[0]) | is_alive(filter, row, pairs->index[1]) << 1 |
           is_alive(filter, row, pairs->index[2]) << 2 | is_alive(filter, row, pairs->index[3]) << 3;
}

#include "block/sweep_rows.inc"
#endif

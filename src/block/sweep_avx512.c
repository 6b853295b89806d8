/* SPDX-License-Identifier: MIT
 * The sweep over a block by AVX-512: a record against eight others at a time, where each answer about them is a mask
 * and the filter's table is asked by gathering. For processors that count bits of words in vectors too, which is all
 * since 2019. */
#include "block/state.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET "avx512f,avx512bw,avx512cd,avx512vbmi,avx512vpopcntdq,bmi2"
#define INLINE static inline __attribute__((target(TARGET), always_inline))
#define SWEEP pd_sweep_runs_avx512
enum { LANES = 8 };
#define NO_VALUE (UINT64_MAX - 1) /* no whole word is that: it is unequal to all */

/* below: of pd_pair_filter_below, or zeros, by the lower and upper half of the sets of own. */
struct swept_row {
    __m512i words[PD_PACKED_WORDS_MAX], near[PD_PACKED_NEAR_MAX], is_near[PD_PACKED_NEAR_MAX], nulls, linked, below[2];
    uint32_t record;
};

struct judged {
    __m512i unequal[PD_PACKED_WORDS_MAX];
    __m512i index;           /* of the filter's table */
    unsigned settled, later; /* settled: an earlier pass has it; later: one may have it */
};

_Static_assert(1 << PD_FILTER_OWN_MAX <= 2 * LANES, "two vectors hold what a row's values add");

INLINE __m512i load(const void *from)
{
    return _mm512_loadu_si512(from);
}

INLINE __m512i repeat(uint64_t word)
{
    return _mm512_set1_epi64((long long)word);
}

/* a | (b & c), one instruction. */
INLINE __m512i or_and(__m512i a, __m512i b, __m512i c)
{
    return _mm512_ternarylogic_epi64(a, b, c, 0xf8);
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
    row->below[0] = load(below);
    row->below[1] = load(below + LANES);
}

INLINE void leave_unlinked(struct swept_row *row)
{
    row->linked = _mm512_setzero_si512();
}

INLINE unsigned find_in_scope(const struct swept_row *row, const uint64_t *linked)
{
    return _mm512_testn_epi64_mask(row->linked, load(linked));
}

/* Guards of the fields that are not known to be equal; of a whole word all ones. See model/packed_rows.h. */
INLINE void find_unequal(const struct pd_filter_lookup *lookup, const struct swept_row *row, const uint64_t *column,
                         size_t stride, struct judged *pairs)
{
    const size_t n_words = lookup->n_field_words + lookup->n_whole_words;
    size_t i = 0;
    for (; i < lookup->n_field_words; i++, column += stride) {
        const __m512i x = row->words[i], y = load(column), guards = repeat(lookup->guards[i]);
        const __m512i differing = _mm512_ternarylogic_epi64(guards, x, y, 0x06); /* ~guards & (x ^ y) */
        const __m512i carried = _mm512_add_epi64(differing, repeat(lookup->values[i]));
        const __m512i any = _mm512_ternarylogic_epi64(carried, x, y, 0xfe); /* or of all three */
        pairs->unequal[i] = _mm512_and_si512(any, guards);
    }
    for (; i < n_words; i++, column += stride)
        pairs->unequal[i] =
            _mm512_maskz_set1_epi64(_mm512_cmpneq_epi64_mask(row->words[i], load(column)), (long long)UINT64_MAX);
}

INLINE unsigned find_agreeing(const struct pd_sweep_earlier *earlier, const struct judged *pairs)
{
    __m512i differing = _mm512_setzero_si512();
    for (size_t i = 0; i < earlier->n_words; i++)
        differing = or_and(differing, pairs->unequal[earlier->words[i]], repeat(earlier->masks[i]));
    return _mm512_testn_epi64_mask(differing, differing);
}

INLINE void find_earlier(const struct pd_sweep *sweep, struct judged *pairs)
{
    pairs->settled = pairs->later = 0;
    for (size_t q = 0; q < sweep->n_plain; q++) pairs->settled |= find_agreeing(&sweep->plain[q], pairs);
    for (size_t q = 0; q < sweep->n_others; q++) pairs->later |= find_agreeing(&sweep->others[q], pairs);
}

/* pd_packed_distance of eight pairs of words. */
INLINE __m512i distances(__m512i x, __m512i y)
{
    const __m512i ones = repeat(UINT64_MAX);
    __m512i places = _mm512_xor_si512(x, y);
    places = _mm512_or_si512(places, _mm512_srli_epi64(places, 1));
    places =
        _mm512_and_si512(_mm512_or_si512(places, _mm512_srli_epi64(places, 2)), repeat(UINT64_C(0x1111111111111111)));
    const __m512i n = _mm512_popcnt_epi64(places), two = repeat(2);
    /* From the first difference on, and below the last, which is a shift by 64 or more where there is none. */
    const __m512i below = _mm512_andnot_si512(places, _mm512_add_epi64(places, ones));
    const __m512i above = _mm512_srlv_epi64(ones, _mm512_add_epi64(_mm512_lzcnt_epi64(places), repeat(1)));
    const __m512i between = _mm512_andnot_si512(below, above);
    const __mmask8 stays =
        _mm512_mask_test_epi64_mask(_mm512_test_epi64_mask(_mm512_xor_si512(_mm512_srli_epi64(x, 4), y), between),
                                    _mm512_xor_si512(x, _mm512_srli_epi64(y, 4)), between);
    return _mm512_mask_mov_epi64(_mm512_min_epu64(n, two), _mm512_mask_cmpgt_epi64_mask(stays, n, two),
                                 repeat(PD_PACKED_FAR));
}

/* Eight bits of the index. A byte of each word begins at the bit that is wanted; the lowest bits of all bytes are a
 * mask then, a byte per pair. */
INLINE __m512i pick(const struct pd_sweep *sweep, enum pd_sweep_half half, const struct judged *pairs)
{
    __m512i picked = _mm512_setzero_si512();
    for (size_t i = 0; i < sweep->n_words; i++)
        picked = or_and(picked, _mm512_multishift_epi64_epi8(repeat(sweep->starts[half][i]), pairs->unequal[i]),
                        repeat(sweep->picked[half][i]));
    const __mmask64 bits = _mm512_test_epi8_mask(picked, picked);
    return _mm512_cvtepu8_epi64(_mm_cvtsi64_si128((long long)bits));
}

/* Index of the filter's table; what the pairs' pass has equal is 0 in it, as bits say what is unequal. */
INLINE void find_index(const struct pd_sweep *sweep, const struct pd_filter_lookup *lookup, const struct swept_row *row,
                       const uint64_t *column, size_t stride, struct judged *pairs)
{
    __m512i index =
        _mm512_or_si512(pick(sweep, PD_SWEEP_LOW, pairs), _mm512_slli_epi64(pick(sweep, PD_SWEEP_HIGH, pairs), 8));
    column += sweep->n_words * stride;
    for (size_t k = 0; k < lookup->n_near; k++, column += 2 * stride) {
        const __m512i known = _mm512_and_si512(row->is_near[k], load(column + stride));
        const __m512i near = _mm512_and_si512(distances(row->near[k], load(column)), known);
        index = _mm512_or_si512(index, _mm512_sllv_epi64(near, repeat(lookup->near_shift + 2 * k)));
    }
    pairs->index = _mm512_ternarylogic_epi64(index, row->nulls, load(column), 0xfe);
}

INLINE void judge(const struct pd_block_state *state, const struct swept_row *row, const uint64_t *columns,
                  size_t stride, struct judged *pairs)
{
    find_unequal(&state->lookup, row, columns, stride, pairs);
    find_earlier(&state->sweep, pairs);
    find_index(&state->sweep, &state->lookup, row, columns, stride, pairs);
}

/* Lanes whose pairs can reach the weight needed. */
INLINE unsigned find_alive(const struct pd_pair_filter *filter, const struct swept_row *row, const struct judged *pairs)
{
    const __m512i most = _mm512_i64gather_epi64(pairs->index, (const void *)filter->most, 8);
    /* Of the four bytes that are gathered the first is meant; a permutation reads no higher bits than it needs. */
    const __m512i own = _mm512_cvtepu32_epi64(_mm512_i64gather_epi32(pairs->index, (const void *)filter->by_own, 1));
    const __m512i below = _mm512_permutex2var_epi64(row->below[0], own, row->below[1]);
    return _mm512_cmpge_epi64_mask(_mm512_add_epi64(most, below), repeat((uint64_t)filter->needed));
}

#include "block/sweep_rows.inc"
#endif

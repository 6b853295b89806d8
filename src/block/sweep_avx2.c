/* SPDX-License-Identifier: MIT
 * The sweep over a block by AVX2: a record against four others at a time. */
#include "block/state.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define INLINE static inline __attribute__((target("avx2,bmi2"), always_inline))

/* MANY: so many pairs of a row that it pays to look its frequencies up. */
enum { LANES = PD_SWEEP_LANES, MANY = 4 };
#define NO_VALUE (UINT64_MAX - 1) /* no whole word is that: it is unequal to all */

/* A record that is compared with many. */
struct swept_row {
    __m256i words[PD_PACKED_WORDS_MAX], near[PD_PACKED_NEAR_MAX], is_near[PD_PACKED_NEAR_MAX], nulls, linked;
    const pd_weight *below; /* of pd_pair_filter_below, or zeros */
    uint32_t record;
};

/* Four pairs of a row: a bit each in masks. */
struct four {
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
                     struct swept_row *row)
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
}

/* Guards of the fields that are not known to be equal; of a whole word all ones. See model/packed_rows.h. */
INLINE void find_unequal(const struct pd_filter_lookup *lookup, const struct swept_row *row, const uint64_t *column,
                         size_t stride, struct four *four)
{
    const size_t n_words = lookup->n_field_words + lookup->n_whole_words;
    size_t i = 0;
    for (; i < lookup->n_field_words; i++, column += stride) {
        const __m256i x = row->words[i], y = load(column), guards = repeat(lookup->guards[i]);
        const __m256i differing = _mm256_andnot_si256(guards, _mm256_xor_si256(x, y));
        const __m256i carried = _mm256_add_epi64(differing, repeat(lookup->values[i]));
        four->unequal[i] = _mm256_and_si256(_mm256_or_si256(_mm256_or_si256(carried, x), y), guards);
    }
    for (; i < n_words; i++, column += stride)
        four->unequal[i] = _mm256_andnot_si256(_mm256_cmpeq_epi64(row->words[i], load(column)), repeat(UINT64_MAX));
}

INLINE __m256i agree(const struct pd_sweep_earlier *earlier, const struct four *four)
{
    __m256i differing = _mm256_setzero_si256();
    for (size_t i = 0; i < earlier->n_words; i++)
        differing =
            _mm256_or_si256(differing, _mm256_and_si256(four->unequal[earlier->words[i]], repeat(earlier->masks[i])));
    return _mm256_cmpeq_epi64(differing, _mm256_setzero_si256());
}

INLINE void find_earlier(const struct pd_sweep *sweep, struct four *four)
{
    __m256i settled = _mm256_setzero_si256();
    four->later = 0;
    for (size_t q = 0; q < sweep->n_plain; q++) settled = _mm256_or_si256(settled, agree(&sweep->plain[q], four));
    for (size_t q = 0; q < sweep->n_others; q++) four->later |= bits_of(agree(&sweep->others[q], four));
    four->settled = bits_of(settled);
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
                       const uint64_t *column, size_t stride, struct four *four)
{
    __m256i index = _mm256_setzero_si256();
    for (size_t i = 0; i < sweep->n_right; i++) {
        const struct pd_sweep_bit *bit = &sweep->right[i];
        const __m256i there = _mm256_srlv_epi64(four->unequal[bit->word], load(bit->shift));
        index = _mm256_or_si256(index, _mm256_and_si256(there, load(bit->mask)));
    }
    for (size_t i = 0; i < sweep->n_left; i++) {
        const struct pd_sweep_bit *bit = &sweep->left[i];
        const __m256i there = _mm256_sllv_epi64(four->unequal[bit->word], load(bit->shift));
        index = _mm256_or_si256(index, _mm256_and_si256(there, load(bit->mask)));
    }
    column += sweep->n_words * stride;
    for (size_t k = 0; k < lookup->n_near; k++, column += 2 * stride) {
        const __m256i known = _mm256_and_si256(row->is_near[k], load(column + stride));
        const __m256i near = _mm256_and_si256(distances(row->near[k], load(column)), known);
        index = _mm256_or_si256(index, _mm256_slli_epi64(near, (int)(lookup->near_shift + 2 * k)));
    }
    index = _mm256_or_si256(index, _mm256_or_si256(row->nulls, load(column)));
    _mm256_store_si256((__m256i *)(void *)four->index, index);
}

/* Of the lanes that rows do not settle, those that an earlier pass emits. */
__attribute__((target("avx2,bmi2"), noinline)) static unsigned find_later(const struct pd_block_state *state,
                                                                          int worker, const struct four *four,
                                                                          unsigned lanes, uint32_t record,
                                                                          const struct pd_key *others)
{
    const struct pd_sweep *sweep = &state->sweep;
    unsigned emitted = 0;
    for (size_t q = 0; q < sweep->n_others; q++)
        for (unsigned rest = bits_of(agree(&sweep->others[q], four)) & lanes & ~emitted; rest != 0; rest &= rest - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(rest);
            const struct pd_pair pair = pd_block_pair(state, record, others[lane].record);
            if (pd_block_pass_emits(state, worker, sweep->others[q].pass, pair.left, pair.right)) emitted |= 1u << lane;
        }
    return emitted;
}

INLINE unsigned is_alive(const struct pd_pair_filter *filter, const struct swept_row *row, uint64_t index)
{
    return filter->most[index] + row->below[filter->by_own[index]] >= filter->needed;
}

/* Lanes whose pairs can reach the weight needed. */
INLINE unsigned find_alive(const struct pd_pair_filter *filter, const struct swept_row *row, const struct four *four)
{
    return is_alive(filter, row, four->index[0]) | is_alive(filter, row, four->index[1]) << 1 |
           is_alive(filter, row, four->index[2]) << 2 | is_alive(filter, row, four->index[3]) << 3;
}

/* A row and the others [begin, end) of the block. */
INLINE void sweep_row(const struct pd_block_state *state, struct pd_block_worker *worker,
                      struct pd_block_statistics *statistics, const struct swept_row *row, const struct pd_key *members,
                      size_t begin, size_t end)
{
    const struct pd_sweep *sweep = &state->sweep;
    const size_t stride = worker->stride;
    for (size_t j = begin; j < end; j += LANES) {
        const uint64_t *columns = worker->columns + j;
        struct four four;
        unsigned lanes = end - j < LANES ? (1u << (end - j)) - 1 : (1u << LANES) - 1;
        lanes &= ~bits_of(_mm256_and_si256(row->linked, load(columns + (sweep->n_columns - 1) * stride)));
        if (lanes == 0) continue; /* none is in scope */
        find_unequal(&state->lookup, row, columns, stride, &four);
        find_earlier(sweep, &four);
        find_index(sweep, &state->lookup, row, columns, stride, &four);
        statistics->n_pairs += (unsigned)__builtin_popcount(lanes);
        lanes &= ~four.settled;
        if ((lanes & four.later) != 0)
            lanes &= ~find_later(state, worker->index, &four, lanes & four.later, row->record, members + j);
        statistics->n_new += (unsigned)__builtin_popcount(lanes);
        if (state->lookup.filter->most != NULL) lanes &= find_alive(state->lookup.filter, row, &four);
        for (; lanes != 0; lanes &= lanes - 1) {
            const uint32_t other = members[j + (unsigned)__builtin_ctz(lanes)].record;
            worker->pairs[worker->n_pairs++] = pd_block_pair(state, row->record, other);
            if (worker->n_pairs == PD_PAIR_BATCH) pd_block_flush(state, worker);
        }
    }
}

__attribute__((target("avx2,bmi2"))) void pd_sweep_runs(const struct pd_block_state *state,
                                                        struct pd_block_worker *worker,
                                                        struct pd_block_statistics *statistics,
                                                        const struct pd_key *members, const struct pd_source_run *a,
                                                        const struct pd_source_run *b)
{
    static const pd_weight zeros[1 << PD_FILTER_OWN_MAX] = { 0 };
    const struct pd_pair_filter *filter = state->lookup.filter;
    const uint8_t *linked = pd_block_linked_members(state, worker, a, b);
    const bool same = a->begin == b->begin;
    /* The longer run in the lanes. */
    const struct pd_source_run *rows = a->end - a->begin > b->end - b->begin ? b : a, *others = rows == a ? b : a;
    pd_weight below[1 << PD_FILTER_OWN_MAX];
    struct swept_row row;
    for (size_t i = rows->begin; i < rows->end; i++) {
        const size_t begin = same ? i + 1 : others->begin;
        const bool is_linked = linked != NULL && linked[i] != 0;
        const size_t n = is_linked ? others->end - others->begin - others->n_linked : others->end - begin; /* at most */
        const bool many = filter->n_own > 0 && n >= MANY;
        if (n == 0) continue;
        take_row(&state->lookup, worker->columns + i, worker->stride, &row);
        if (!is_linked) row.linked = _mm256_setzero_si256();
        if (many) pd_pair_filter_below(filter, worker->rows + i * state->lookup.n_words, below);
        row.below = many ? below : zeros;
        row.record = members[i].record;
        sweep_row(state, worker, statistics, &row, members, begin, others->end);
    }
}
#endif

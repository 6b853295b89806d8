/* SPDX-License-Identifier: MIT
 * Pairs of a small block by vectors: the words of two rows are compared all at once, four to a vector, and one test
 * tells whether the keys of a pass may agree. For passes whose pairs are told from rows alone, and blocks that are not
 * swept (sweep.h): of few members, or not of one key. emit.c has the other passes, and judges the same way word by
 * word. */
#include "block/alive.h"

bool pd_block_is_plain(const struct pd_block_state *state)
{
    const struct pd_pass *pass = pd_current_pass(state);
    return pass->symmetric && pass->n_residual == 0 && state->columns[state->pass].by_rows;
}

#if defined(__x86_64__)
#define INLINE static inline __attribute__((target("avx2,bmi2"), always_inline))

/* MANY: so many pairs of a row that it pays to look its frequencies up, which are cache misses. */
enum { LANES = 4, MANY = 4, VECTORS_MAX = PD_PACKED_WORDS_MAX / LANES };

/* Up to eight words, of which the first n_vectors vectors count. */
struct words {
    __m256i vectors[VECTORS_MAX];
};

/* What is the same for all pairs of a block. */
struct judge {
    const struct pd_block_state *state;
    struct pd_block_worker *worker;
    struct pd_block_statistics *statistics;
    struct words guards, values, whole, keys;
    const pd_weight *below; /* of the row that is compared with many; or NULL */
    const uint8_t *linked;  /* pairs of two linked members are out of scope; NULL: none is */
};

INLINE struct words load(const uint64_t *from, size_t n_vectors)
{
    struct words words = { { _mm256_setzero_si256(), _mm256_setzero_si256() } };
    for (size_t i = 0; i < n_vectors; i++)
        words.vectors[i] = _mm256_loadu_si256((const __m256i *)(const void *)(from + i * LANES));
    return words;
}

/* Guards of the fields that are not known to be equal; of a whole word all ones. See model/packed_rows.h. */
INLINE struct words find_unequal(const struct judge *judge, const struct words *a, const struct words *b,
                                 size_t n_vectors)
{
    struct words unequal = { { _mm256_setzero_si256(), _mm256_setzero_si256() } };
    const __m256i ones = _mm256_set1_epi64x(-1);
    for (size_t i = 0; i < n_vectors; i++) {
        const __m256i x = a->vectors[i], y = b->vectors[i], guards = judge->guards.vectors[i];
        const __m256i differing = _mm256_andnot_si256(guards, _mm256_xor_si256(x, y));
        const __m256i carried = _mm256_add_epi64(differing, judge->values.vectors[i]);
        const __m256i fields = _mm256_and_si256(_mm256_or_si256(_mm256_or_si256(carried, x), y), guards);
        const __m256i known = _mm256_andnot_si256(_mm256_cmpeq_epi64(x, ones), _mm256_cmpeq_epi64(x, y));
        unequal.vectors[i] = _mm256_or_si256(fields, _mm256_andnot_si256(known, judge->whole.vectors[i]));
    }
    return unequal;
}

/* None of the fields of a pass is unequal. */
INLINE bool agree(const struct words *unequal, const struct words *keys, size_t n_vectors)
{
    bool all = true;
    for (size_t i = 0; i < n_vectors; i++) all = all & _mm256_testz_si256(unequal->vectors[i], keys->vectors[i]);
    return all;
}

/* An earlier pass emits this pair. */
INLINE bool emitted_before(const struct judge *judge, const struct words *unequal, uint32_t a, uint32_t b,
                           size_t n_vectors)
{
    const struct pd_block_state *state = judge->state;
    uint64_t later = 0; /* bit q: what rows alone do not tell */
    for (size_t q = 0; q < state->pass; q++) {
        const struct pd_pass_columns *columns = &state->columns[q];
        const struct words keys = load(columns->lanes, n_vectors);
        if (!agree(unequal, &keys, n_vectors)) continue;
        if (columns->plain && !columns->has_cuts) return true;
        if (q < 64) {
            later |= UINT64_C(1) << q;
            continue;
        }
        const struct pd_pair pair = pd_block_pair(state, a, b);
        if (pd_block_pass_emits(state, judge->worker->index, q, pair.left, pair.right)) return true;
    }
    for (; later != 0; later &= later - 1) {
        const struct pd_pair pair = pd_block_pair(state, a, b);
        const size_t q = (size_t)__builtin_ctzll(later);
        if (pd_block_pass_emits(state, judge->worker->index, q, pair.left, pair.right)) return true;
    }
    return false;
}

/* Some word of the two rows is NULL or has a field that is. */
INLINE bool has_null(const struct judge *judge, const struct words *a, const struct words *b, size_t n_vectors)
{
    const __m256i ones = _mm256_set1_epi64x(-1);
    __m256i nulls = _mm256_setzero_si256();
    for (size_t i = 0; i < n_vectors; i++) {
        const __m256i x = a->vectors[i], y = b->vectors[i];
        const __m256i whole = _mm256_or_si256(_mm256_cmpeq_epi64(x, ones), _mm256_cmpeq_epi64(y, ones));
        const __m256i fields = _mm256_and_si256(_mm256_or_si256(x, y), judge->guards.vectors[i]);
        nulls = _mm256_or_si256(nulls, _mm256_or_si256(fields, _mm256_and_si256(whole, judge->whole.vectors[i])));
    }
    return !_mm256_testz_si256(nulls, nulls);
}

INLINE bool can_reach(const struct judge *judge, const struct words *unequal, const uint64_t *a, const uint64_t *b,
                      bool any_null, size_t n_vectors)
{
    const struct pd_filter_lookup *lookup = &judge->state->lookup;
    uint64_t facts[PD_PACKED_WORDS_MAX];
    for (size_t i = 0; i < n_vectors; i++)
        _mm256_storeu_si256((__m256i *)(void *)(facts + i * LANES), unequal->vectors[i]);
    if (lookup->n_whole_words > 0) {
        uint64_t bits = 0;
        for (size_t i = 0; i < n_vectors; i++)
            bits |= (uint64_t)(unsigned)_mm256_movemask_pd(
                        _mm256_castsi256_pd(_mm256_and_si256(unequal->vectors[i], judge->whole.vectors[i])))
                    << i * LANES;
        facts[lookup->n_field_words] = bits >> lookup->n_field_words;
    }
    return pd_is_alive(lookup, a, b, facts, any_null, judge->below, pd_extract_bmi2);
}

/* Members i and j of a block. */
INLINE void offer(const struct judge *judge, const struct pd_key *members, size_t i, const struct words *row, size_t j,
                  size_t n_vectors)
{
    struct pd_block_worker *worker = judge->worker;
    const size_t width = judge->state->lookup.n_words;
    const uint64_t *a = worker->rows + i * width, *b = worker->rows + j * width;
    const struct words other = load(b, n_vectors);
    const struct words unequal = find_unequal(judge, row, &other, n_vectors);
    if (!agree(&unequal, &judge->keys, n_vectors)) return; /* two keys of one hash */
    if (worker->verify &&
        !pd_key_equal(judge->state->run->table, pd_current_pass(judge->state), members[i].record, members[j].record))
        return;
    judge->statistics->n_pairs++;
    if (judge->state->pass > 0 && emitted_before(judge, &unequal, members[i].record, members[j].record, n_vectors))
        return;
    judge->statistics->n_new++;
    const bool any_null = judge->state->lookup.any_null && has_null(judge, row, &other, n_vectors);
    if (!can_reach(judge, &unequal, a, b, any_null, n_vectors)) return;
    worker->pairs[worker->n_pairs++] = pd_block_pair(judge->state, members[i].record, members[j].record);
    if (worker->n_pairs == PD_PAIR_BATCH) pd_block_flush(judge->state, worker);
}

INLINE void offer_runs(struct judge *judge, const struct pd_key *members, const struct pd_source_run *a,
                       const struct pd_source_run *b, size_t n_vectors)
{
    const struct pd_pair_filter *filter = judge->state->run->filter;
    pd_weight below[1 << PD_FILTER_OWN_MAX];
    for (size_t i = a->begin; i < a->end; i++) {
        const size_t first = a->begin == b->begin ? i + 1 : b->begin;
        const bool is_linked = judge->linked != NULL && judge->linked[i] != 0;
        const size_t n_others = is_linked ? b->end - b->begin - b->n_linked : b->end - first; /* at most */
        if (n_others == 0) continue;
        const uint64_t *words = judge->worker->rows + i * judge->state->lookup.n_words;
        judge->below = filter->n_own > 0 && n_others >= MANY ? below : NULL;
        if (judge->below != NULL) pd_pair_filter_below(filter, words, below);
        const struct words row = load(words, n_vectors);
        for (size_t j = first; j < b->end; j++)
            if (!is_linked || !judge->linked[j]) offer(judge, members, i, &row, j, n_vectors);
    }
}

__attribute__((target("avx2,bmi2"))) void
pd_block_offer_avx2(const struct pd_block_state *state, struct pd_block_worker *worker,
                    struct pd_block_statistics *statistics, const struct pd_key *members, const struct pd_source_run *a,
                    const struct pd_source_run *b)
{
    const struct pd_filter_lookup *lookup = &state->lookup;
    struct judge judge = { .state = state,
                           .worker = worker,
                           .statistics = statistics,
                           .guards = load(lookup->lane_guards, VECTORS_MAX),
                           .values = load(lookup->lane_values, VECTORS_MAX),
                           .whole = load(lookup->lane_whole, VECTORS_MAX),
                           .keys = load(state->columns[state->pass].lanes, VECTORS_MAX),
                           .linked = pd_block_linked_members(state, worker, a, b) };
    if (lookup->n_words <= LANES)
        offer_runs(&judge, members, a, b, 1);
    else
        offer_runs(&judge, members, a, b, VECTORS_MAX);
}
#endif

/* SPDX-License-Identifier: MIT
 * What a sweep over a block reads: prepared once per pass, and the columns of a block. */
#include "base/memory.h"
#include "block/state.h"

/* --- of a pass --- */

static void add_bit(struct pd_sweep *sweep, size_t word, unsigned at, unsigned place)
{
    struct pd_sweep_bit *bit = at >= place ? &sweep->right[sweep->n_right++] : &sweep->left[sweep->n_left++];
    bit->word = word;
    bit->shift = at >= place ? at - place : place - at;
    bit->mask = UINT64_C(1) << place;
    sweep->starts[place / 8][word] |= (uint64_t)at << place % 8 * 8;
    sweep->picked[place / 8][word] |= UINT64_C(1) << place % 8 * 8;
}

/* Bits of the index for equality, but for those of the pass's own keys, which are equal in all its pairs. */
static void choose_bits(const struct pd_block_state *state, struct pd_sweep *sweep)
{
    const struct pd_filter_lookup *lookup = &state->lookup;
    const uint64_t *own = state->columns[state->pass].masks;
    unsigned place = 0;
    for (size_t word = 0; word < lookup->n_fact_words; word++)
        for (uint64_t mask = lookup->equal_masks[word]; mask != 0; mask &= mask - 1, place++) {
            const unsigned at = (unsigned)__builtin_ctzll(mask);
            if ((own[word] & mask & -mask) != 0) continue;
            if (word < lookup->n_field_words)
                add_bit(sweep, word, at, place);
            else
                add_bit(sweep, word + at, place, place); /* a whole word is all ones */
        }
}

static void choose_earlier(const struct pd_block_state *state, struct pd_sweep *sweep)
{
    const uint64_t *own = state->columns[state->pass].lanes;
    for (size_t q = 0; q < state->pass; q++) {
        const struct pd_pass_columns *columns = &state->columns[q];
        const bool plain = columns->plain && !columns->has_cuts;
        struct pd_sweep_earlier *earlier = plain ? &sweep->plain[sweep->n_plain++] : &sweep->others[sweep->n_others++];
        earlier->pass = q;
        for (size_t word = 0; word < sweep->n_words; word++) {
            if ((columns->lanes[word] & ~own[word]) == 0) continue;
            earlier->masks[earlier->n_words] = columns->lanes[word] & ~own[word];
            earlier->words[earlier->n_words++] = (uint8_t)word;
        }
    }
}

static pd_sweep_runs *choose_kernel(const struct pd_block_state *state)
{
#if defined(__x86_64__)
    if (state->has_avx512) return pd_sweep_runs_avx512;
    if (state->has_avx2) return pd_sweep_runs_avx2;
#endif
    (void)state;
    return NULL;
}

void pd_sweep_prepare(struct pd_block_state *state)
{
    struct pd_sweep *sweep = &state->sweep;
    *sweep = (struct pd_sweep){ .n_words = state->lookup.n_field_words + state->lookup.n_whole_words };
    sweep->n_columns = sweep->n_words + 2 * state->lookup.n_near + 2;
    if (state->pass <= PD_SWEEP_PASSES_MAX && pd_block_is_plain(state)) sweep->runs = choose_kernel(state);
    if (sweep->runs == NULL) return;
    choose_bits(state, sweep);
    choose_earlier(state, sweep);
}

/* --- of a block --- */

/* The bits of the index that say which values of a row are NULL. */
static uint64_t nulls_of(const struct pd_filter_lookup *lookup, const uint64_t *row)
{
    uint64_t index = 0;
    unsigned place = lookup->null_shifts[0];
    for (size_t word = 0; word < lookup->n_fact_words; word++) {
        const uint64_t facts =
            word < lookup->n_field_words ? row[word] : pd_packed_whole_missing(row + word, lookup->n_whole_words);
        for (uint64_t mask = lookup->null_masks[word]; mask != 0; mask &= mask - 1, place++)
            index |= (uint64_t)((facts & mask & -mask) != 0) << place;
    }
    return index;
}

static void lay_near(const struct pd_filter_lookup *lookup, const uint64_t *rows, size_t n, uint64_t *columns,
                     size_t stride)
{
    for (size_t k = 0; k < lookup->n_near; k++, columns += 2 * stride)
        for (size_t i = 0; i < n; i++) {
            const uint64_t word = pd_packed_near_word(&lookup->near[k], rows + i * lookup->n_words);
            columns[i] = word;
            columns[stride + i] = pd_packed_is_digits(word) ? 3 : 0;
        }
}

/* Lays the columns out. Behind the last member they are zero: what is found of it has a place in the filter's table. */
static void lay_columns(const struct pd_block_state *state, const struct pd_block_worker *worker, size_t n)
{
    const struct pd_sweep *sweep = &state->sweep;
    const struct pd_filter_lookup *lookup = &state->lookup;
    const size_t width = lookup->n_words, stride = worker->stride;
    const uint64_t *rows = worker->rows;
    uint64_t *column = worker->columns;
    for (size_t i = 0; i < sweep->n_columns; i++)
        memset(column + i * stride + n, 0, PD_SWEEP_LANES_MAX * sizeof *column);
    for (size_t word = 0; word < sweep->n_words; word++, column += stride)
        for (size_t i = 0; i < n; i++) column[i] = rows[i * width + word];
    lay_near(lookup, rows, n, column, stride);
    column += 2 * lookup->n_near * stride;
    for (size_t i = 0; i < n; i++) column[i] = lookup->any_null ? nulls_of(lookup, rows + i * width) : 0;
    column += stride;
    for (size_t i = 0; i < n; i++) column[i] = state->run->scope->linked != NULL && worker->linked[i] ? UINT64_MAX : 0;
}

bool pd_sweep_lay(const struct pd_block_state *state, struct pd_block_worker *worker, size_t n)
{
    const struct pd_sweep *sweep = &state->sweep;
    const size_t stride = n + PD_SWEEP_LANES_MAX;
    if (sweep->runs == NULL || n < PD_SWEEP_MEMBERS_MIN || worker->verify ||
        !pd_block_have_equal_keys(state, worker, n))
        return false;
    worker->status = pd_grow(&worker->columns, &worker->columns_capacity, sweep->n_columns * stride,
                             sizeof *worker->columns, &worker->error);
    if (worker->status != PADAN_OK) return false;
    worker->stride = stride;
    lay_columns(state, worker, n);
    for (size_t i = 0; i < n; i++)
        pd_pair_filter_prefetch(state->lookup.filter, worker->rows + i * state->lookup.n_words);
    return true;
}

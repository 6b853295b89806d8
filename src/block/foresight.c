/* SPDX-License-Identifier: MIT
 * Of n records s evenly apart have one in (n / s)^2 of the pairs of all. */
#include "block/foresight.h"

#include "base/memory.h"

#include <stdlib.h>

enum { SAMPLE = 1 << 15 };

/* By measured jobs, in nanoseconds: a key hashed, parted and sorted; a pair judged, one in many of which is scored. */
static const double KEY = 40, PAIR = 100;

static int by_hash_then_record(const void *a, const void *b)
{
    const struct pd_key *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

/* Keys of the pass at hand of a sample of the records, sorted by hash. Returns how many. */
static size_t take_sample(const struct pd_block_state *state, size_t n_sample, struct pd_key *keys)
{
    const struct pd_block_items *items = &state->items;
    const size_t n_records = state->run->table->n_records;
    size_t n = 0;
    for (size_t i = 0; i < n_sample; i++) {
        const size_t record = i * n_records / n_sample;
        uint64_t hashes[2];
        bool missing[2];
        pd_items_hashes(items, record, hashes, missing);
        for (size_t side = 0; side <= items->side_bits; side++) {
            const uint32_t tag = items->side_bits == 0 ? 0 : side == 0 ? PD_KEY_LEFT : PD_KEY_RIGHT;
            if (!missing[side])
                keys[n++] = (struct pd_key){ .hash = hashes[side], .record = (uint32_t)record, .tag = tag };
        }
    }
    qsort(keys, n, sizeof *keys, by_hash_then_record);
    return n;
}

/* Pairs of the pass at hand, about. */
static double foresee_pairs(const struct pd_block_state *state, const struct pd_key *keys, size_t n, double per_pair)
{
    const double most = (double)pd_current_pass(state)->max_pairs;
    double n_pairs = 0;
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = pd_key_run_end(keys, n, begin);
        const uint64_t seen =
            end - begin < 2 ? 0 : pd_block_count_pairs(state, state->workers, keys + begin, end - begin);
        const double of_block = (double)seen * per_pair;
        n_pairs += most > 0 && of_block > most ? most : of_block;
    }
    return n_pairs;
}

/* Of one pass, in nanoseconds. */
static double work_of_pass(struct pd_block_state *state, size_t pass, size_t n_sample, struct pd_key *keys)
{
    const size_t n_records = state->run->table->n_records;
    const double scale = (double)n_records / (double)n_sample;
    state->pass = pass;
    if (pd_current_pass(state)->exploded != NULL) return KEY * (double)n_records * 4; /* some entries each */
    pd_items_choose(&state->items, pd_current_pass(state));
    const size_t n = take_sample(state, n_sample, keys);
    return KEY * (double)n * scale + PAIR * foresee_pairs(state, keys, n, scale * scale) + 1;
}

enum padan_status pd_block_foresee(struct pd_block_state *state, size_t n_passes, double **parts,
                                   struct padan_error *error)
{
    const size_t n_records = state->run->table->n_records;
    const size_t n_sample = n_records < SAMPLE ? n_records : SAMPLE;
    struct pd_key *keys = NULL;
    double *sums = NULL;
    if (n_sample == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&sums, n_passes + 1, sizeof *sums, error));
    const enum padan_status status = pd_allocate_array(&keys, 2 * n_sample, sizeof *keys, error);
    for (size_t i = 0; i < n_passes && status == PADAN_OK; i++)
        sums[i + 1] = sums[i] + work_of_pass(state, i, n_sample, keys);
    const double all = sums[n_passes];
    for (size_t i = 1; i <= n_passes && status == PADAN_OK; i++) sums[i] /= all;
    pd_free(keys);
    *parts = sums;
    return status;
}

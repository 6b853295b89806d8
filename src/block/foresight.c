/* SPDX-License-Identifier: MIT
 * Of n records s evenly apart have one in (n / s)^2 of the pairs of all. */
#include "block/foresight.h"

#include "base/memory.h"

enum { SAMPLE = 1 << 15 };

/* By measured jobs, in nanoseconds: a key hashed, parted and sorted; a pair judged, one in many of which is scored. */
static const double KEY = 40, PAIR = 100;

/* Some records evenly apart, and their keys in the pass at hand. */
struct sample {
    size_t n_records, n_keys;
    struct pd_key *keys, *scratch;
};

/* Keys of the pass at hand, records ascending among equal hashes. */
static enum padan_status take_keys(const struct pd_block_state *state, struct sample *sample, struct padan_error *error)
{
    const struct pd_block_items *items = &state->items;
    const size_t n_records = state->run->table->n_records;
    sample->n_keys = 0;
    for (size_t i = 0; i < sample->n_records; i++) {
        const size_t record = i * n_records / sample->n_records;
        uint64_t hashes[2];
        bool missing[2];
        pd_items_hashes(items, record, hashes, missing);
        for (size_t side = 0; side <= items->side_bits; side++) {
            const uint32_t tag = items->side_bits == 0 ? 0 : side == 0 ? PD_KEY_LEFT : PD_KEY_RIGHT;
            if (!missing[side])
                sample->keys[sample->n_keys++] =
                    (struct pd_key){ .hash = hashes[side], .record = (uint32_t)record, .tag = tag };
        }
    }
    return pd_radix_sort(sample->keys, sample->scratch, sample->n_keys, state->run->threads, error);
}

/* Pairs of the pass at hand, about. */
static double foresee_pairs(const struct pd_block_state *state, const struct sample *sample, double per_pair)
{
    const struct pd_key *keys = sample->keys;
    const double most = (double)pd_block_most_pairs(state);
    double n_pairs = 0;
    for (size_t begin = 0, end; begin < sample->n_keys; begin = end) {
        end = pd_key_run_end(keys, sample->n_keys, begin);
        const uint64_t seen =
            end - begin < 2 ? 0 : pd_block_count_pairs(state, state->workers, keys + begin, end - begin);
        const double of_block = (double)seen * per_pair;
        n_pairs += most > 0 && of_block > most ? most : of_block;
    }
    return n_pairs;
}

/* Of one pass, in nanoseconds. */
static enum padan_status find_work(struct pd_block_state *state, size_t pass, struct sample *sample, double *work,
                                   struct padan_error *error)
{
    const size_t n_records = state->run->table->n_records;
    const double scale = (double)n_records / (double)sample->n_records;
    state->pass = pass;
    *work = KEY * (double)n_records * 4; /* some entries each */
    if (pd_current_pass(state)->exploded != NULL) return PADAN_OK;
    pd_items_choose(&state->items, pd_current_pass(state));
    PD_TRY(take_keys(state, sample, error));
    *work = KEY * (double)sample->n_keys * scale + PAIR * foresee_pairs(state, sample, scale * scale) + 1;
    return PADAN_OK;
}

enum padan_status pd_block_foresee(struct pd_block_state *state, size_t n_passes, double **parts,
                                   struct padan_error *error)
{
    const size_t n_records = state->run->table->n_records;
    struct sample sample = { .n_records = n_records < SAMPLE ? n_records : SAMPLE };
    double *sums = NULL;
    if (n_records == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&sums, n_passes + 1, sizeof *sums, error));
    enum padan_status status = pd_keys_make(2 * sample.n_records, &sample.keys, &sample.scratch, error);
    for (size_t i = 0; i < n_passes && status == PADAN_OK; i++) {
        double work = 0;
        status = find_work(state, i, &sample, &work, error);
        sums[i + 1] = sums[i] + work;
    }
    const double all = sums[n_passes];
    for (size_t i = 1; i <= n_passes && status == PADAN_OK; i++) sums[i] /= all;
    pd_free(sample.keys);
    *parts = sums;
    return status;
}

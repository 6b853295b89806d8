/* SPDX-License-Identifier: MIT
 * Of n records s evenly apart have one in (n / s)^2 of the pairs of all. */
#include "block/foresight.h"

#include "base/clock.h"
#include "base/memory.h"
#include "block/state.h"

#include <math.h>

enum { SAMPLE = 1 << 15 };

/* Seconds by measured jobs: a key hashed, parted and sorted; a pair judged, one in many of which is scored. Where most
 * are scored, or models are long, a pair takes 700 ns: so many pairs of a job weigh as much as that experience. */
static const double KEY = 4e-8, PAIR = 1e-7, EXPERIENCE = 50000;

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

/* Of the pass at hand, about. */
static double foresee_pairs(const struct pd_block_state *state, const struct sample *sample, double per_pair)
{
    const struct pd_key *keys = sample->keys;
    const double most = (double)pd_block_most_pairs(state);
    const double of_cut = pd_current_pass(state)->n_refine > 0 ? most : 0; /* a block that is not refined is left out */
    double n_pairs = 0;
    for (size_t begin = 0, end; begin < sample->n_keys; begin = end) {
        end = pd_key_run_end(keys, sample->n_keys, begin);
        const uint64_t seen =
            end - begin < 2 ? 0 : pd_block_count_pairs(state, state->workers, keys + begin, end - begin);
        const double of_block = (double)seen * per_pair;
        n_pairs += most > 0 && of_block > most ? of_cut : of_block;
    }
    return n_pairs;
}

static enum padan_status foresee_pass(struct pd_block_state *state, size_t pass, struct sample *sample,
                                      struct pd_foresight *foresight, struct padan_error *error)
{
    enum { ENTRIES = 4 }; /* of a record, some each */
    const size_t n_records = state->run->table->n_records;
    const double scale = (double)n_records / (double)sample->n_records;
    state->pass = pass;
    foresight->keys[pass] = (double)n_records * ENTRIES;
    if (pd_current_pass(state)->exploded != NULL) return PADAN_OK;
    pd_items_choose(&state->items, pd_current_pass(state));
    PD_TRY(take_keys(state, sample, error));
    foresight->keys[pass] = (double)sample->n_keys * scale;
    foresight->pairs[pass] = foresee_pairs(state, sample, scale * scale);
    return PADAN_OK;
}

static enum padan_status foresee(struct pd_block_state *state, struct pd_foresight *foresight,
                                 struct padan_error *error)
{
    const size_t n_records = state->run->table->n_records;
    struct sample sample = { .n_records = n_records < SAMPLE ? n_records : SAMPLE };
    PD_TRY(pd_allocate(&foresight->keys, foresight->n_passes, sizeof *foresight->keys, error));
    PD_TRY(pd_allocate(&foresight->pairs, foresight->n_passes, sizeof *foresight->pairs, error));
    enum padan_status status = pd_keys_make(2 * sample.n_records, &sample.keys, &sample.scratch, error);
    for (size_t i = 0; i < foresight->n_passes && status == PADAN_OK; i++)
        status = foresee_pass(state, i, &sample, foresight, error);
    pd_free(sample.keys);
    return status;
}

enum padan_status pd_foresight_make(struct pd_block_state *state, size_t n_passes, struct pd_foresight *foresight,
                                    struct padan_error *error)
{
    if (state->run->table->n_records == 0) return PADAN_OK;
    foresight->n_passes = n_passes;
    const enum padan_status status = foresee(state, foresight, error);
    if (status != PADAN_OK) pd_foresight_reset(foresight);
    foresight->begun = pd_processor_seconds();
    return status;
}

void pd_foresight_reset(struct pd_foresight *foresight)
{
    pd_free(foresight->keys);
    pd_free(foresight->pairs);
    *foresight = (struct pd_foresight){ 0 };
}

void pd_foresight_begin(struct pd_foresight *foresight, size_t pass, uint64_t n_pairs_before, double seconds)
{
    if (foresight->n_passes == 0) return;
    if (pass > 0) foresight->pairs[pass - 1] = (double)n_pairs_before;
    foresight->before = seconds;
}

/* What a pair takes, having taken so long with those keys so far. */
static double price(double thought, double keys, double pairs, double seconds)
{
    return (EXPERIENCE * thought + fmax(seconds - KEY * keys, 0)) / (EXPERIENCE + pairs);
}

double pd_foresight_part(const struct pd_foresight *foresight, size_t pass, double of_pass, double seconds)
{
    double keys = 0, pairs = 0, more_keys = 0, more_pairs = 0;
    for (size_t i = 0; i < pass; i++) keys += foresight->keys[i];
    for (size_t i = 0; i < pass; i++) pairs += foresight->pairs[i];
    for (size_t i = pass + 1; i < foresight->n_passes; i++) more_keys += foresight->keys[i];
    for (size_t i = pass + 1; i < foresight->n_passes; i++) more_pairs += foresight->pairs[i];
    const double own_keys = foresight->keys[pass], own_pairs = foresight->pairs[pass];
    const double thought = price(PAIR, keys, pairs, foresight->before);
    const double own = price(thought, of_pass * own_keys, of_pass * own_pairs, seconds - foresight->before);
    const double any = price(PAIR, keys + of_pass * own_keys, pairs + of_pass * own_pairs, seconds);
    const double left = (1 - of_pass) * (KEY * own_keys + own * own_pairs) + KEY * more_keys + any * more_pairs;
    return seconds + left > 0 ? seconds / (seconds + left) : 0;
}

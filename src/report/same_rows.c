/* SPDX-License-Identifier: MIT
 * Method: rows of both states are sorted by (source, content) and walked side by side, as for perubahan.csv. */
#include "report/same_rows.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "report/previous.h"

enum { BEFORE, AFTER, SIDES, NONE = UINT32_MAX, NIK = 0, NAME = 2 };

struct states {
    struct pd_previous of[SIDES];
    uint32_t *partner; /* [rows of after] row of before, NONE */
    uint8_t *taken;    /* [rows of before] has a partner */
    int threads;
};

/* "pkh.csv:12". Ids that had to be quoted are left alone. */
static bool is_place(struct pd_text id)
{
    size_t digits = 0;
    while (digits < id.length && id.data[id.length - 1 - digits] >= '0' && id.data[id.length - 1 - digits] <= '9')
        digits++;
    return digits > 0 && digits + 1 < id.length && id.data[id.length - 1 - digits] == ':' && id.data[0] != '"';
}

static uint64_t source_hash(const struct pd_previous *state, size_t row)
{
    return pd_hash_text(state->sources[state->rows[row].source].name);
}

/* Keys of rows named by their place: by content, or by id where they have no partner yet. */
static size_t make_keys(const struct states *states, int side, bool by_id, struct pd_key *keys)
{
    const struct pd_previous *state = &states->of[side];
    size_t n = 0;
    for (size_t row = 0; row < state->n_rows; row++) {
        const struct pd_text id = pd_previous_id(state, row);
        const bool paired = side == AFTER ? states->partner[row] != NONE : states->taken[row] != 0;
        if (paired || !is_place(id)) continue;
        const uint64_t value = by_id ? pd_hash_text(id) : state->rows[row].content;
        keys[n++] = (struct pd_key){ pd_hash_combine(value, source_hash(state, row)), (uint32_t)row, 0 };
    }
    return n;
}

static bool same_person(const struct states *states, uint32_t before, uint32_t after)
{
    const uint8_t *old = states->of[BEFORE].rows[before].columns;
    const uint8_t *new = states->of[AFTER].rows[after].columns;
    return pd_text_equal(pd_previous_id(&states->of[BEFORE], before), pd_previous_id(&states->of[AFTER], after)) &&
           (old[NIK] == new[NIK] || old[NAME] == new[NAME]);
}

/* The k-th of equal keys with the k-th. */
static void pair_equal(struct states *states, struct pd_key *const keys[SIDES], const size_t n[SIDES], bool by_id)
{
    size_t i = 0;
    size_t k = 0;
    while (i < n[BEFORE] && k < n[AFTER]) {
        const struct pd_key old = keys[BEFORE][i];
        const struct pd_key new = keys[AFTER][k];
        if (old.hash == new.hash && (!by_id || same_person(states, old.record, new.record))) {
            states->partner[new.record] = old.record;
            states->taken[old.record] = 1;
        }
        i += old.hash <= new.hash;
        k += new.hash <= old.hash;
    }
}

static enum padan_status pair_rows(struct states *states, struct padan_error *error)
{
    struct pd_key *keys[SIDES] = { NULL, NULL };
    struct pd_key *scratch = NULL;
    const size_t rows[SIDES] = { states->of[BEFORE].n_rows, states->of[AFTER].n_rows };
    enum padan_status status = pd_allocate_array(&scratch, rows[BEFORE] + rows[AFTER] + 1, sizeof *scratch, error);
    for (int side = 0; side < SIDES && status == PADAN_OK; side++)
        status = pd_allocate_array(&keys[side], rows[side] + 1, sizeof **keys, error);
    for (int by_id = 0; by_id < 2 && status == PADAN_OK; by_id++) {
        size_t n[SIDES] = { 0, 0 };
        for (int side = 0; side < SIDES && status == PADAN_OK; side++) {
            n[side] = make_keys(states, side, by_id != 0, keys[side]);
            status = pd_radix_sort(keys[side], scratch, n[side], states->threads, error);
        }
        if (status == PADAN_OK) pair_equal(states, keys, n, by_id != 0);
    }
    pd_free(keys[BEFORE]);
    pd_free(keys[AFTER]);
    pd_free(scratch);
    return status;
}

/* --- names --- */

static enum padan_status key_of(const struct pd_previous *state, size_t row, bool is_new, struct pd_buffer *key,
                                struct padan_error *error)
{
    pd_buffer_clear(key);
    pd_append_text(key, state->sources[state->rows[row].source].name);
    pd_append_byte(key, PD_KEY_SEPARATOR);
    pd_append_text(key, pd_previous_id(state, row));
    if (is_new) pd_append_byte(key, PD_KEY_SEPARATOR);
    return pd_buffer_status(key, error);
}

static enum padan_status add_rename(struct pd_row_renames *renames, const struct states *states, size_t row,
                                    struct pd_buffer keys[SIDES], struct padan_error *error)
{
    const struct pd_previous *after = &states->of[AFTER];
    const uint32_t partner = states->partner[row];
    PD_TRY(key_of(after, row, false, &keys[AFTER], error));
    PD_TRY(partner == NONE ? key_of(after, row, true, &keys[BEFORE], error)
                           : key_of(&states->of[BEFORE], partner, false, &keys[BEFORE], error));
    const struct pd_text from = { keys[AFTER].data, keys[AFTER].length };
    const struct pd_text to = { keys[BEFORE].data, keys[BEFORE].length };
    if (pd_text_equal(from, to)) return PADAN_OK;
    uint32_t code = 0;
    PD_TRY(pd_dictionary_insert(&renames->from, from, pd_hash_text(from), &code, error));
    PD_TRY(pd_grow(&renames->to, &renames->capacity, code, sizeof *renames->to, error));
    return pd_arena_copy(&renames->arena, to, &renames->to[code - 1], error);
}

static enum padan_status name_rows(struct pd_row_renames *renames, struct states *states, struct padan_error *error)
{
    const size_t n = states->of[AFTER].n_rows;
    struct pd_buffer keys[SIDES] = { { 0 }, { 0 } };
    enum padan_status status = pd_allocate_array(&states->partner, n + 1, sizeof *states->partner, error);
    if (status == PADAN_OK) status = pd_allocate(&states->taken, states->of[BEFORE].n_rows + 1, 1, error);
    for (size_t row = 0; row < n && status == PADAN_OK; row++) states->partner[row] = NONE;
    if (status == PADAN_OK) status = pair_rows(states, error);
    for (size_t row = 0; row < n && status == PADAN_OK; row++)
        if (is_place(pd_previous_id(&states->of[AFTER], row))) status = add_rename(renames, states, row, keys, error);
    pd_buffer_reset(&keys[BEFORE]);
    pd_buffer_reset(&keys[AFTER]);
    pd_free(states->partner);
    pd_free(states->taken);
    return status;
}

enum padan_status pd_same_rows_find(struct pd_row_renames *renames, const char *before, const char *after, int threads,
                                    struct padan_error *error)
{
    struct states states = { .threads = threads };
    *renames = (struct pd_row_renames){ .capacity = 0 };
    struct padan_error reason = { 0 };
    enum padan_status status = pd_previous_read(&states.of[BEFORE], before, &reason);
    if (status == PADAN_BAD_INPUT) return PADAN_OK; /* a folder of dedupe or link */
    if (status != PADAN_OK) PD_FAIL(error, status, "%s", reason.message);
    status = pd_previous_read(&states.of[AFTER], after, &reason);
    if (status != PADAN_OK && status != PADAN_BAD_INPUT) status = pd_fail(error, status, "%s", reason.message);
    if (status == PADAN_OK) {
        status = name_rows(renames, &states, error);
        pd_previous_reset(&states.of[AFTER]);
    } else if (status == PADAN_BAD_INPUT) {
        status = PADAN_OK;
    }
    pd_previous_reset(&states.of[BEFORE]);
    if (status != PADAN_OK) pd_row_renames_reset(renames);
    return status;
}

void pd_row_renames_reset(struct pd_row_renames *renames)
{
    pd_dictionary_reset(&renames->from);
    pd_free(renames->to);
    pd_arena_reset(&renames->arena);
    *renames = (struct pd_row_renames){ .capacity = 0 };
}

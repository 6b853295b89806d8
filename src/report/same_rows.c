/* SPDX-License-Identifier: MIT
 * Method: rows of both states find their partners (report/row_pairs.h), as for perubahan.csv. */
#include "report/same_rows.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "report/previous.h"
#include "report/row_pairs.h"

#include <unistd.h>

struct states {
    struct pd_previous of[PD_NIGHTS];
    struct pd_row_pairs pairs;
};

/* "pkh.csv:12". Ids that had to be quoted are left alone. */
static bool is_place(struct pd_text id)
{
    size_t digits = 0;
    while (digits < id.length && id.data[id.length - 1 - digits] >= '0' && id.data[id.length - 1 - digits] <= '9')
        digits++;
    return digits > 0 && digits + 1 < id.length && id.data[id.length - 1 - digits] == ':' && id.data[0] != '"';
}

/* Keys of rows named by their place. */
static enum padan_status hash_rows(void *context, enum pd_night night, enum pd_row_mark mark, struct pd_key *keys,
                                   size_t *n_keys, struct padan_error *error)
{
    const struct states *states = context;
    const struct pd_previous *state = &states->of[night];
    (void)error;
    *n_keys = 0;
    for (size_t row = 0; row < state->n_rows; row++) {
        const struct pd_text id = pd_previous_id(state, row);
        if (states->pairs.partner[night][row] != PD_NO_RECORD || !is_place(id)) continue;
        const uint64_t value = mark == PD_MARK_ID ? pd_hash_text(id) : state->rows[row].content;
        const uint64_t source = pd_hash_text(state->sources[state->rows[row].source].name);
        keys[(*n_keys)++] = (struct pd_key){ pd_hash_combine(value, source), (uint32_t)row, 0 };
    }
    return PADAN_OK;
}

static bool same_row(void *context, uint32_t now, uint32_t before)
{
    const struct states *states = context;
    const struct pd_previous *state = states->of;
    return pd_text_equal(pd_previous_id(&state[PD_NIGHT_NOW], now), pd_previous_id(&state[PD_NIGHT_BEFORE], before)) &&
           pd_row_state_same_person(&state[PD_NIGHT_NOW].rows[now], &state[PD_NIGHT_BEFORE].rows[before]);
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
                                    struct pd_buffer keys[PD_NIGHTS], struct padan_error *error)
{
    const struct pd_previous *now = &states->of[PD_NIGHT_NOW];
    const uint32_t partner = states->pairs.partner[PD_NIGHT_NOW][row];
    PD_TRY(key_of(now, row, false, &keys[PD_NIGHT_NOW], error));
    PD_TRY(partner == PD_NO_RECORD
               ? key_of(now, row, true, &keys[PD_NIGHT_BEFORE], error)
               : key_of(&states->of[PD_NIGHT_BEFORE], partner, false, &keys[PD_NIGHT_BEFORE], error));
    const struct pd_text from = { keys[PD_NIGHT_NOW].data, keys[PD_NIGHT_NOW].length };
    const struct pd_text to = { keys[PD_NIGHT_BEFORE].data, keys[PD_NIGHT_BEFORE].length };
    if (pd_text_equal(from, to)) return PADAN_OK;
    uint32_t code = 0;
    PD_TRY(pd_dictionary_insert(&renames->from, from, pd_hash_text(from), &code, error));
    PD_TRY(pd_grow(&renames->to, &renames->capacity, code, sizeof *renames->to, error));
    return pd_arena_copy(&renames->arena, to, &renames->to[code - 1], error);
}

static enum padan_status name_rows(struct pd_row_renames *renames, const struct states *states,
                                   struct padan_error *error)
{
    const struct pd_previous *now = &states->of[PD_NIGHT_NOW];
    struct pd_buffer keys[PD_NIGHTS] = { { 0 }, { 0 } };
    enum padan_status status = PADAN_OK;
    for (size_t row = 0; row < now->n_rows && status == PADAN_OK; row++)
        if (is_place(pd_previous_id(now, row))) status = add_rename(renames, states, row, keys, error);
    pd_buffer_reset(&keys[PD_NIGHT_BEFORE]);
    pd_buffer_reset(&keys[PD_NIGHT_NOW]);
    return status;
}

/* --- the whole --- */

static enum padan_status find(struct pd_row_renames *renames, struct states *states, int threads,
                              struct padan_error *error)
{
    const struct pd_row_marks marks = { states, threads, PD_MARK_ID, hash_rows, same_row };
    PD_TRY(
        pd_row_pairs_make(&states->pairs, states->of[PD_NIGHT_BEFORE].n_rows, states->of[PD_NIGHT_NOW].n_rows, error));
    PD_TRY(pd_row_pairs_find(&states->pairs, &marks, error));
    return name_rows(renames, states, error);
}

/* Folders of dedupe and link keep none. */
static enum padan_status has_state(const char *folder, bool *kept, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    pd_path_join(&path, pd_text_of(folder), PD_TEXT("keadaan"));
    const enum padan_status status = pd_buffer_status(&path, error);
    *kept = status == PADAN_OK && access(path.data, F_OK) == 0;
    pd_buffer_reset(&path);
    return status;
}

enum padan_status pd_same_rows_find(struct pd_row_renames *renames, const char *before, const char *after, int threads,
                                    struct padan_error *error)
{
    const char *const folders[PD_NIGHTS] = { [PD_NIGHT_BEFORE] = before, [PD_NIGHT_NOW] = after };
    struct states states = { 0 };
    bool kept[PD_NIGHTS] = { false, false };
    *renames = (struct pd_row_renames){ .capacity = 0 };
    for (int night = 0; night < PD_NIGHTS; night++) PD_TRY(has_state(folders[night], &kept[night], error));
    if (!kept[PD_NIGHT_BEFORE] || !kept[PD_NIGHT_NOW]) return PADAN_OK;
    enum padan_status status = PADAN_OK;
    for (int night = 0; night < PD_NIGHTS && status == PADAN_OK; night++)
        status = pd_previous_read(&states.of[night], folders[night], error);
    if (status == PADAN_OK) status = find(renames, &states, threads, error);
    for (int night = 0; night < PD_NIGHTS; night++) pd_previous_reset(&states.of[night]);
    pd_row_pairs_reset(&states.pairs);
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

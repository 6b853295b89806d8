/* SPDX-License-Identifier: MIT */
#include "block/portable_marks.h"

#include "base/parallel.h"
#include "block/portable.h"

enum { RECORDS_OF_CHUNK = 1 << 14 };

/* Where rows tell equal keys, only the parts of a block that was cut need a mark. */
static void mark_record(const struct pd_block_state *state, struct pd_block_worker *worker, size_t record, size_t side)
{
    const struct pd_portable_blocks *blocks = state->run->portable;
    const struct pd_pass *pass = pd_current_pass(state);
    const struct pd_portable_key key =
        pd_portable_key(state->run->table, pass, blocks->first_pass + state->pass, side == 1, &blocks->cut, record);
    const struct pd_key member = { .record = (uint32_t)record,
                                   .tag = pass->symmetric ? 0
                                          : side == 0     ? PD_KEY_LEFT
                                                          : PD_KEY_RIGHT };
    if (key.level == PD_KEY_ABSENT || (key.level == 0 && state->columns[state->pass].by_rows)) return;
    const uint32_t mark = key.level == PD_KEY_DROPPED ? PD_MARK_DROPPED : pd_block_mark(key.hash, key.level);
    pd_block_set_marks(state, worker, &member, 1, mark);
}

static enum padan_status mark_chunk(void *context, size_t chunk, int index, struct padan_error *error)
{
    const struct pd_block_state *state = context;
    struct pd_block_worker *worker = &state->workers[index];
    const size_t n_sides = pd_current_pass(state)->symmetric ? 1 : 2, n_records = state->run->table->n_records;
    const size_t begin = chunk * RECORDS_OF_CHUNK;
    const size_t end = n_records - begin < RECORDS_OF_CHUNK ? n_records : begin + RECORDS_OF_CHUNK;
    for (size_t record = begin; record < end; record++)
        for (size_t side = 0; side < n_sides; side++) mark_record(state, worker, record, side);
    if (worker->status != PADAN_OK && error != NULL) *error = worker->error;
    return worker->status;
}

static enum padan_status mark_pass(struct pd_block_state *state, struct padan_error *error)
{
    struct pd_pass_columns *columns = &state->columns[state->pass];
    const size_t n_records = state->run->table->n_records;
    if (pd_current_pass(state)->exploded != NULL) return PADAN_OK; /* its own run has its marks */
    if (columns->by_rows && state->run->portable->cut.n == 0) return PADAN_OK;
    PD_TRY(pd_block_begin_marks(state, error));
    PD_TRY(pd_parallel_for((n_records + RECORDS_OF_CHUNK - 1) / RECORDS_OF_CHUNK, state->run->threads, mark_chunk,
                           state, error));
    for (int i = 0; i < state->run->threads; i++) columns->has_cuts |= state->workers[i].noted.n > 0;
    return pd_block_finish_marks(state, error);
}

enum padan_status pd_portable_set_marks(struct pd_block_state *state, struct padan_error *error)
{
    const size_t n_passes = pd_passes_of_scope(state->run->passes, state->run->scope);
    for (state->pass = 0; state->pass < n_passes; state->pass++) PD_TRY(mark_pass(state, error));
    state->pass = 0;
    state->marks_are_set = true;
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT
 * Runs the passes: keys, sort, blocks, refinement, pairs. See block.h for the method.
 *
 *   items of a pass     (hash, record, side)  parted by hash; block/items.h
 *   a part of them      sorted by hash, records ascending inside a block; block/part.h
 *   marks               what packed rows alone do not tell of the records of a pass (block/marks.h); an asymmetric pass
 *                       has some of the left key and some of the right */
#include "base/clock.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "block/exploded.h"
#include "block/foresight.h"
#include "block/portable_marks.h"

#include <stdlib.h>

/* Passes of few keys are cut finer: threads would wait for the last chunk of each. */
enum { CHUNKS_WANTED = 16, CHUNK_ITEMS_LEAST = 1 << 11, CHUNK_ITEMS_MOST = 1 << 15 };
enum { ROWS_AHEAD = 24, FEW_MEMBERS = 32, WORDS_OF_LINE = 8 };

/* About how many keys of the slice at hand make a chunk. */
static size_t items_of_chunk(const struct pd_block_items *items)
{
    size_t n = 0;
    for (size_t part = 0; part < items->n_parts; part++) n += items->part_sizes[part];
    n /= CHUNKS_WANTED;
    return n < CHUNK_ITEMS_LEAST ? CHUNK_ITEMS_LEAST : n > CHUNK_ITEMS_MOST ? CHUNK_ITEMS_MOST : n;
}

/* Cuts the parts into chunks. */
static enum padan_status cut_chunks(struct pd_block_state *state, struct padan_error *error)
{
    const struct pd_block_items *items = &state->items;
    const size_t most = items_of_chunk(items);
    PD_TRY(
        pd_grow(&state->chunk_begins, &state->chunks_capacity, items->n_parts + 1, sizeof *state->chunk_begins, error));
    state->n_chunks = 0;
    for (size_t part = 0; part < items->n_parts;) {
        state->chunk_begins[state->n_chunks++] = part;
        for (size_t n = 0; part < items->n_parts && n < most; part++) n += items->part_sizes[part];
    }
    state->chunk_begins[state->n_chunks] = items->n_parts;
    return PADAN_OK;
}

/* --- refinement --- */

static int by_hash_then_record(const void *a, const void *b)
{
    const struct pd_key *x = a;
    const struct pd_key *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

/* Copies members that have a refining key, keyed by it, behind the used part of worker->members. */
static size_t refine_members(const struct pd_block_state *state, struct pd_block_worker *worker, size_t begin, size_t n,
                             size_t level)
{
    const struct pd_column *column = &state->run->table->columns[pd_current_pass(state)->refine[level]];
    if (level == 0) pd_block_mark_cut(state, worker, worker->members + begin, n);
    const size_t to = begin + n;
    worker->status =
        pd_grow(&worker->members, &worker->members_capacity, to + n, sizeof *worker->members, &worker->error);
    if (worker->status != PADAN_OK) return 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct pd_key member = worker->members[begin + i];
        if (pd_column_is_null(column, member.record)) continue;
        member.hash = pd_hash_combine(member.hash, pd_column_word(column, member.record));
        worker->members[to + kept++] = member;
    }
    qsort(worker->members + to, kept, sizeof *worker->members, by_hash_then_record);
    return kept;
}

/* Handles members[begin .. begin + n) of worker->members, a block at a refinement level; returns pairs compared. */
static uint64_t process_block(const struct pd_block_state *state, struct pd_block_worker *worker,
                              struct pd_block_statistics *statistics, size_t begin, size_t n, size_t level)
{
    const struct pd_pass *pass = pd_current_pass(state);
    const uint64_t pairs = n < 2 ? 0 : pd_block_count_pairs(state, worker, worker->members + begin, n);
    if (pairs == 0 || worker->status != PADAN_OK) return 0;
    const uint64_t most = pd_block_most_pairs(state);
    if (most == 0 || pairs <= most) {
        pd_block_emit(state, worker, statistics, worker->members + begin, n, level);
        return pairs;
    }
    if (level == pass->n_refine) {
        if (level == 0) pd_block_mark_cut(state, worker, worker->members + begin, n);
        return 0;
    }
    const size_t kept = refine_members(state, worker, begin, n, level);
    uint64_t compared = 0;
    const size_t from = begin + n;
    for (size_t i = 0; i < kept;) {
        size_t end = i + 1;
        while (end < kept && worker->members[from + end].hash == worker->members[from + i].hash) end++;
        /* A sub-block is moved behind the others, so that deeper levels may use the space after it. */
        const size_t size = end - i;
        worker->status = pd_grow(&worker->members, &worker->members_capacity, from + kept + size,
                                 sizeof *worker->members, &worker->error);
        if (worker->status != PADAN_OK) return compared;
        memcpy(worker->members + from + kept, worker->members + from + i, size * sizeof *worker->members);
        compared += process_block(state, worker, statistics, from + kept, size, level + 1);
        i = end;
    }
    return compared;
}

/* The records of a block of n words are of one group. */
static bool are_of_group(const struct pd_block_state *state, const uint64_t *block, size_t n)
{
    const struct pd_block_items *items = &state->items;
    for (size_t i = 1; i < n; i++)
        if (!pd_groups_hold(&state->groups, pd_item_record(items, block[i - 1]), pd_item_record(items, block[i])))
            return false;
    return true;
}

/* All of a block may be of one group: where the first stands for others hardly any is. */
static bool may_be_settled(const struct pd_block_state *state)
{
    const struct pd_pass *pass = pd_current_pass(state);
    return state->groups.next != NULL && state->pass > 0 && pass->symmetric && pass->n_residual == 0 &&
           state->items.group_bit == 0;
}

/* Puts those that member n - 1 stands for behind it, and takes back what was counted of them. Returns how many members
 * there are then. */
static size_t take_group(const struct pd_block_state *state, struct pd_block_worker *worker, size_t n)
{
    const uint8_t bit = state->items.group_bit;
    const struct pd_key first = worker->members[n - 1];
    struct pd_group_counts *counts = &worker->group_counts[state->pass - 1];
    size_t end = n;
    for (uint32_t record = pd_groups_next(&state->groups, bit, first.record, first.record); record != first.record;
         record = pd_groups_next(&state->groups, bit, first.record, record)) {
        worker->members[end] = first;
        worker->members[end++].record = record;
    }
    const uint64_t pairs = pd_block_count_pairs(state, worker, worker->members + n - 1, end - n + 1);
    counts->n_pairs -= pairs;
    counts->sizes[end - n + 1] -= pairs > 0;
    return end;
}

static void sort_members(struct pd_key *members, size_t n)
{
    if (n > FEW_MEMBERS) {
        qsort(members, n, sizeof *members, by_hash_then_record);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const struct pd_key member = members[i];
        size_t j = i;
        for (; j > 0 && members[j - 1].record > member.record; j--) members[j] = members[j - 1];
        members[j] = member;
    }
}

/* Puts the members of a block of n words at the begin of worker->members. Returns how many there are, 0 without memory.
 */
static size_t take_members(const struct pd_block_state *state, struct pd_block_worker *worker, const uint64_t *block,
                           size_t n)
{
    const struct pd_block_items *items = &state->items;
    const uint8_t bit = items->group_bit;
    size_t n_members = 0, room = n;
    for (size_t i = 0; i < n; i++) {
        const uint32_t record = pd_item_record(items, block[i]);
        const bool stands = pd_groups_stands(&state->groups, bit, record);
        if (stands) room += PD_GROUP_RECORDS_MAX;
        if (stands || i == 0)
            worker->status =
                pd_grow(&worker->members, &worker->members_capacity, room, sizeof *worker->members, &worker->error);
        if (worker->status != PADAN_OK) return 0;
        worker->members[n_members++] = (struct pd_key){ .hash = pd_item_hash(items, block[i]),
                                                        .record = record,
                                                        .tag = pd_item_side(items, block[i]) };
        if (stands) n_members = take_group(state, worker, n_members);
    }
    if (n_members > n) sort_members(worker->members, n_members);
    return n_members;
}

/* Handles a block of words. */
static void process_key(const struct pd_block_state *state, struct pd_block_worker *worker,
                        struct pd_block_statistics *statistics, const uint64_t *block, size_t n_words)
{
    if (n_words < 2) return;
    const size_t n = take_members(state, worker, block, n_words);
    if (n == 0) return;
    const uint64_t pairs = pd_block_count_pairs(state, worker, worker->members, n);
    const uint64_t most = pd_block_most_pairs(state);
    if (pairs == 0) return;
    statistics->n_blocks++;
    pd_block_note_size(statistics, n);
    if (most == 0 || pairs <= most) {
        if (may_be_settled(state) && are_of_group(state, block, n)) {
            statistics->n_pairs += pairs;
            return;
        }
        pd_block_emit(state, worker, statistics, worker->members, n, 0);
        if (state->pass == 0 && worker->status == PADAN_OK) pd_groups_note(state, worker, worker->members, n, pairs);
        return;
    }
    const uint64_t compared = process_block(state, worker, statistics, 0, n, 0);
    if (compared == pairs) return;
    statistics->n_blocks_cut++;
    statistics->n_not_compared += pairs - compared;
}

static size_t end_of_block(const struct pd_block_state *state, const struct pd_block_part *part, size_t begin)
{
    size_t next = begin + 1;
    while (next < part->n && pd_item_same_block(&state->items, part->words[next], part->words[begin])) next++;
    return next;
}

/* A row may lie across two cache lines, unless it is one. */
static void prefetch_row(const struct pd_packed_rows *rows, uint32_t record)
{
    const uint64_t *row = pd_packed_row(rows, record);
    pd_prefetch(row);
    if (rows->n_words != WORDS_OF_LINE) pd_prefetch(row + rows->n_words - 1);
}

/* The rows of a record and of those it stands for; what else is read of it: whether it is linked, and its keys, where
 * rows do not tell that they are equal. */
static void prefetch_rows(const struct pd_block_state *state, uint32_t record)
{
    const struct pd_packed_rows *rows = state->run->filter->rows;
    const uint8_t bit = state->items.group_bit, *linked = state->run->scope->linked;
    prefetch_row(rows, record);
    if (linked != NULL) pd_prefetch(&linked[record]);
    if (!state->columns[state->pass].exact) pd_key_prefetch(state->run->table, pd_current_pass(state), record);
    if (!pd_groups_stands(&state->groups, bit, record)) return;
    for (uint32_t next = pd_groups_next(&state->groups, bit, record, record); next != record;
         next = pd_groups_next(&state->groups, bit, record, next))
        prefetch_row(rows, next);
}

/* What will be asked of the group of the record of word i, a step ahead of the rows, or more. */
static void prefetch_group(const struct pd_block_state *state, const struct pd_block_part *part, size_t i)
{
    const struct pd_groups *groups = &state->groups;
    const uint8_t bit = state->items.group_bit;
    const size_t far = i + 3 * ROWS_AHEAD, middle = i + 2 * ROWS_AHEAD, near = i + ROWS_AHEAD;
    if (far < part->n) {
        const uint32_t record = pd_item_record(&state->items, part->words[far]);
        pd_prefetch(bit != 0 ? (const void *)&groups->stood_for[record] : &groups->next[record]);
    }
    if (bit == 0 || near >= part->n) return;
    if (middle < part->n) {
        const uint32_t record = pd_item_record(&state->items, part->words[middle]);
        if (pd_groups_stands(groups, bit, record)) pd_prefetch(&groups->next[record]);
    }
    const uint32_t record = pd_item_record(&state->items, part->words[near]);
    if (!pd_groups_stands(groups, bit, record)) return;
    pd_prefetch(&groups->next[groups->next[record] - 1]);
    pd_prefetch(&groups->stood_for[groups->next[record] - 1]);
}

/* Brings into cache what the blocks from `from` up to `to` will read: rows, unless a block is a record alone or of one
 * group; further ahead, the notes that tell. Returns the begin of the block after them. */
static size_t prefetch_blocks(const struct pd_block_state *state, const struct pd_block_part *part, size_t from,
                              size_t to)
{
    const struct pd_block_items *items = &state->items;
    const bool may_skip = may_be_settled(state), has_groups = may_skip || items->group_bit != 0;
    while (from < part->n && from < to) {
        const size_t next = end_of_block(state, part, from);
        for (size_t i = from; has_groups && i < next; i++) prefetch_group(state, part, i);
        if (next - from > 1 && !(may_skip && are_of_group(state, part->words + from, next - from)))
            for (size_t i = from; i < next; i++) prefetch_rows(state, pd_item_record(items, part->words[i]));
        from = next;
    }
    return from;
}

/* What part of the run is done with so many chunks of the slice at hand. */
static void tell_part(const struct pd_block_state *state, size_t n_chunks)
{
    const struct pd_foresight *foresight = &state->foresight;
    if (foresight->n_passes == 0) return;
    const double of_slice = (double)n_chunks / (double)state->n_chunks;
    const double of_pass = ((double)state->items.slice + of_slice) / (double)state->items.n_slices;
    const double seconds = pd_processor_seconds() - foresight->begun;
    state->run->part(state->run->part_context, pd_foresight_part(foresight, state->pass, of_pass, seconds));
}

static enum padan_status process_chunk(void *context, size_t chunk, int index, struct padan_error *error)
{
    struct pd_block_state *state = context;
    struct pd_block_worker *worker = &state->workers[index];
    worker->chunk = chunk;
    worker->index = index;
    const struct pd_block_part *part = &worker->part;
    const size_t *parts = state->chunk_begins + chunk;
    worker->status = pd_part_take(&state->items, parts[0], parts[1], &worker->part, &worker->error);
    for (size_t i = 0, ahead = 0; worker->status == PADAN_OK && i < part->n;) {
        ahead = prefetch_blocks(state, part, ahead, i + ROWS_AHEAD);
        const size_t next = end_of_block(state, part, i);
        process_key(state, worker, &state->chunk_statistics[chunk], part->words + i, next - i);
        i = next;
    }
    pd_block_flush(state, worker);
    if (index == 0) tell_part(state, chunk + 1);
    if (worker->status != PADAN_OK && error != NULL) *error = worker->error;
    return worker->status;
}

/* --- the run --- */

void pd_block_add_statistics(struct pd_block_statistics *sum, const struct pd_block_statistics *part)
{
    sum->n_pairs += part->n_pairs;
    sum->n_new += part->n_new;
    sum->n_blocks += part->n_blocks;
    sum->n_blocks_cut += part->n_blocks_cut;
    sum->n_not_compared += part->n_not_compared;
    for (size_t i = 0; i < PD_LARGEST_BLOCKS; i++) pd_block_note_size(sum, part->largest[i]);
}

static enum padan_status run_slice(struct pd_block_state *state, size_t slice, struct pd_block_statistics *statistics,
                                   struct padan_error *error)
{
    const struct pd_block_run *run = state->run;
    PD_TRY(pd_items_collect(&state->items, slice, error));
    PD_TRY(cut_chunks(state, error));
    pd_free(state->chunk_statistics);
    state->chunk_statistics = NULL;
    PD_TRY(pd_allocate(&state->chunk_statistics, state->n_chunks, sizeof *state->chunk_statistics, error));
    PD_TRY(run->begin_pass(run->context, state->pass, state->n_chunks, error));
    PD_TRY(pd_parallel_in_order(state->n_chunks, run->threads, process_chunk, state, error));
    for (size_t i = 0; i < state->n_chunks; i++) pd_block_add_statistics(statistics, &state->chunk_statistics[i]);
    return PADAN_OK;
}

/* A pass whose equal keys are told by marks alone marks every record, any other those of cut blocks. */
enum padan_status pd_block_begin_marks(struct pd_block_state *state, struct padan_error *error)
{
    struct pd_pass_columns *columns = &state->columns[state->pass];
    const size_t n_records = state->run->table->n_records;
    if (columns->by_rows || state->marks_are_set) return PADAN_OK;
    PD_TRY(pd_marks_make_all(&columns->left, n_records, error));
    return pd_current_pass(state)->symmetric ? PADAN_OK : pd_marks_make_all(&columns->right, n_records, error);
}

enum padan_status pd_block_finish_marks(struct pd_block_state *state, struct padan_error *error)
{
    struct pd_pass_columns *columns = &state->columns[state->pass];
    size_t n_noted = 0;
    for (int i = 0; i < state->run->threads; i++) n_noted += state->workers[i].noted.n;
    if (n_noted == 0) return PADAN_OK;
    PD_TRY(pd_marks_make_table(&columns->left, n_noted, error));
    for (int i = 0; i < state->run->threads; i++) {
        pd_marks_add(&columns->left, &state->workers[i].noted);
        state->workers[i].noted.n = 0;
    }
    return PADAN_OK;
}

enum padan_status pd_block_run_pass(struct pd_block_state *state, struct pd_block_statistics *statistics,
                                    struct padan_error *error)
{
    if (pd_current_pass(state)->exploded != NULL) return pd_exploded_run_pass(state, statistics, error);
    *statistics = (struct pd_block_statistics){ 0 };
    PD_TRY(pd_block_begin_marks(state, error));
    pd_sweep_prepare(state);
    PD_TRY(pd_items_begin(&state->items, pd_current_pass(state), error));
    for (size_t slice = 0; slice < state->items.n_slices; slice++) PD_TRY(run_slice(state, slice, statistics, error));
    pd_groups_count(state, statistics);
    if (!state->marks_are_set) state->columns[state->pass].has_cuts = statistics->n_blocks_cut > 0;
    return pd_block_finish_marks(state, error);
}

void pd_block_state_free(struct pd_block_state *state)
{
    for (size_t i = 0; state->exploded != NULL && i < state->run->passes->n_passes; i++)
        pd_exploded_pass_free(state->exploded[i]);
    pd_free(state->exploded);
    for (int i = 0; state->workers != NULL && i < state->run->threads; i++) {
        pd_free(state->workers[i].pairs);
        pd_free(state->workers[i].members);
        pd_free(state->workers[i].runs);
        pd_free(state->workers[i].linked);
        pd_free(state->workers[i].rows);
        pd_free(state->workers[i].columns);
        pd_free(state->workers[i].noted.items);
        pd_part_reset(&state->workers[i].part);
    }
    pd_free(state->workers);
    for (size_t i = 0; state->columns != NULL && i < state->run->passes->n_passes; i++) {
        pd_marks_reset(&state->columns[i].left);
        pd_marks_reset(&state->columns[i].right);
    }
    pd_free(state->columns);
    pd_items_reset(&state->items);
    pd_groups_reset(&state->groups);
    pd_free(state->chunk_begins);
    pd_foresight_reset(&state->foresight);
    pd_free(state->chunk_statistics);
}

static enum padan_status allocate_workers(struct pd_block_state *state, struct padan_error *error)
{
    PD_TRY(pd_allocate_array(&state->workers, (size_t)state->run->threads, sizeof *state->workers, error));
    memset(state->workers, 0, (size_t)state->run->threads * sizeof *state->workers);
    for (int i = 0; i < state->run->threads; i++) {
        struct pd_block_worker *worker = &state->workers[i];
        PD_TRY(pd_allocate(&worker->pairs, PD_PAIR_BATCH, sizeof *worker->pairs, error));
        PD_TRY(pd_allocate(&worker->runs, state->run->scope->n_sources + 1, sizeof *worker->runs, error));
    }
    return PADAN_OK;
}

/* Finds which guards tell that keys of a pass differ; whether rows tell equality of all of them. */
static bool keys_in_rows(const struct pd_packed_rows *rows, const struct pd_pass *pass, struct pd_pass_columns *columns)
{
    bool all = pass->symmetric;
    columns->exact = true;
    for (size_t i = 0; i < pass->n_keys && pass->symmetric; i++) {
        const int index = pd_packed_find(rows, pass->keys[i].left);
        all = all && index >= 0;
        if (index < 0) continue;
        const struct pd_packed_field *field = &rows->fields[index];
        const uint64_t guard = pd_packed_guard(field);
        columns->masks[field->word] |= guard;
        columns->lanes[field->place] |= field->whole ? UINT64_MAX : guard;
        columns->bits[field->place] |= field->whole ? UINT64_MAX : (guard << 1) - (UINT64_C(1) << field->shift);
        columns->exact = columns->exact && field->exact;
    }
    for (size_t word = 0; word < PD_PACKED_WORDS_MAX; word++)
        if (columns->masks[word] != 0) columns->words[columns->n_words++] = (uint8_t)word;
    columns->exact = columns->exact && all;
    return all;
}

/* Says for every pass how its keys are told equal; how many keys of a record may be sorted. */
static size_t choose_columns(struct pd_block_state *state)
{
    const struct pd_passes *passes = state->run->passes;
    size_t sides = 1;
    for (size_t i = 0; i < pd_passes_of_scope(passes, state->run->scope); i++) {
        struct pd_pass_columns *columns = &state->columns[i];
        if (passes->passes[i].exploded != NULL) continue; /* told by entries */
        columns->by_rows = keys_in_rows(state->run->filter->rows, &passes->passes[i], columns);
        columns->plain = columns->exact && passes->passes[i].n_residual == 0;
        if (!passes->passes[i].symmetric) sides = 2;
        columns->may_cut = state->run->portable == NULL && (!columns->by_rows || passes->passes[i].max_pairs > 0);
    }
    return sides;
}

enum padan_status pd_block_state_make(struct pd_block_state *state, struct padan_error *error)
{
    const struct pd_passes *passes = state->run->passes;
    PD_TRY(pd_allocate(&state->columns, passes->n_passes, sizeof *state->columns, error));
    PD_TRY(pd_allocate(&state->exploded, passes->n_passes, sizeof(struct pd_exploded_pass *), error));
    const size_t sides = choose_columns(state);
    pd_block_prepare_lookup(state);
    PD_TRY(pd_items_init(state->run, sides, &state->items, error));
    PD_TRY(pd_groups_make(state, !state->items.thin.active, error));
    state->items.groups = &state->groups;
    PD_TRY(allocate_workers(state, error));
    return state->run->portable == NULL ? PADAN_OK : pd_portable_set_marks(state, error);
}

enum padan_status pd_block_pairs(const struct pd_block_run *run, struct pd_block_statistics *statistics,
                                 struct padan_error *error)
{
    struct pd_block_state state = { .run = run };
    enum padan_status status = pd_block_state_make(&state, error);
    if (status == PADAN_OK && run->part != NULL)
        status = pd_foresight_make(&state, pd_passes_of_scope(run->passes, run->scope), &state.foresight, error);
    if (state.foresight.n_passes > 0) run->part(run->part_context, 0);
    for (size_t i = 0; i < pd_passes_of_scope(run->passes, run->scope) && status == PADAN_OK; i++) {
        state.pass = i;
        pd_foresight_begin(&state.foresight, i, i > 0 ? statistics[i - 1].n_pairs : 0,
                           pd_processor_seconds() - state.foresight.begun);
        status = pd_block_run_pass(&state, &statistics[i], error);
    }
    pd_block_state_free(&state);
    return status;
}

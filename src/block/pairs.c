/* SPDX-License-Identifier: MIT
 * Runs the passes: keys, sort, blocks, refinement, pairs. See block.h for the method.
 *
 *   items of a pass     (hash, record, side)  sorted by hash, records ascending inside a block
 *   fingerprints        [n_records][n_columns] u32: effective key of the record in each pass (0 none);
 *                       an asymmetric pass has a column for the left key and one for the right */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "block/keys.h"

#include <stdlib.h>

enum { CHUNK_RECORDS = 1 << 16, CHUNK_ITEMS = 1 << 15, BATCH = 2048, LEVEL_BITS = 3, SIDE_LEFT = 1, SIDE_RIGHT = 2 };

struct pass_columns {
    size_t left, right; /* of the fingerprint row */
};

/* Everything a chunk of one pass needs; one per run, read by all workers. */
struct state {
    const struct pd_block_run *run;
    size_t pass;
    size_t n_columns;
    struct pass_columns *columns; /* [n_passes] */
    uint32_t *fingerprints;
    struct pd_key *items;
    struct pd_key *scratch;
    size_t n_items;
    size_t *chunk_begins; /* [n_chunks + 1] positions of items, cut between blocks */
    size_t n_chunks;
    size_t *key_counts; /* [record chunks + 1] */
    struct worker *workers;
    struct pd_block_statistics *chunk_statistics;
};

/* Scratch of one thread. */
struct worker {
    struct pd_pair *pairs;
    size_t n_pairs;
    struct pd_key *members; /* of the block at hand and, behind it, its refinements */
    size_t members_capacity;
    size_t chunk;
    int index;
    enum padan_status status;
    struct padan_error error;
    _Alignas(64) char padding[64];
};

static const struct pd_pass *current_pass(const struct state *state)
{
    return &state->run->passes->passes[state->pass];
}

/* --- keys --- */

/* Calls for a chunk of records: counts keys, or writes them when items is given at `to`. */
static size_t keys_of_chunk(const struct state *state, size_t chunk, struct pd_key *to)
{
    const struct pd_table *table = state->run->table;
    const struct pd_pass *pass = current_pass(state);
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = begin + CHUNK_RECORDS < table->n_records ? begin + CHUNK_RECORDS : table->n_records;
    size_t n = 0;
    for (size_t record = begin; record < end; record++) {
        for (int side = SIDE_LEFT; side <= (pass->symmetric ? SIDE_LEFT : SIDE_RIGHT); side++) {
            uint64_t hash = 0;
            if (!pd_key_hash(table, pass, side == SIDE_RIGHT, (uint32_t)record, &hash)) continue;
            to[n++] = (struct pd_key){ hash, (uint32_t)record, pass->symmetric ? 0 : (uint32_t)side };
        }
    }
    return n;
}

/* Writes keys of a chunk where they fit at most (2 per record), and how many there are. */
static enum padan_status write_keys(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct state *state = context;
    (void)worker;
    (void)error;
    const size_t stride = CHUNK_RECORDS * (current_pass(state)->symmetric ? 1 : 2);
    state->key_counts[chunk] = keys_of_chunk(state, chunk, state->items + chunk * stride);
    return PADAN_OK;
}

static enum padan_status collect_keys(struct state *state, struct padan_error *error)
{
    const size_t n_records = state->run->table->n_records;
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const size_t stride = CHUNK_RECORDS * (current_pass(state)->symmetric ? 1 : 2);
    PD_TRY(pd_parallel_for(n_chunks, state->run->threads, write_keys, state, error));
    state->n_items = 0;
    for (size_t chunk = 0; chunk < n_chunks; chunk++) {
        memmove(state->items + state->n_items, state->items + chunk * stride,
                state->key_counts[chunk] * sizeof *state->items);
        state->n_items += state->key_counts[chunk];
    }
    return pd_radix_sort(state->items, state->scratch, state->n_items, state->run->threads, error);
}

/* Cuts the sorted items into chunks of about CHUNK_ITEMS that end between blocks. */
static void cut_chunks(struct state *state)
{
    state->n_chunks = 0;
    size_t position = 0;
    while (position < state->n_items) {
        state->chunk_begins[state->n_chunks++] = position;
        position += CHUNK_ITEMS;
        if (position > state->n_items) position = state->n_items;
        while (position < state->n_items && state->items[position].hash == state->items[position - 1].hash) position++;
    }
    state->chunk_begins[state->n_chunks] = state->n_items;
}

/* --- scope --- */

static bool in_scope(const struct pd_scope *scope, const struct pd_table *table, uint32_t a, uint32_t b)
{
    const uint8_t kind = scope->matrix[pd_table_source(table, a) * scope->n_sources + pd_table_source(table, b)];
    if (kind != PD_SCOPE_UNLINKED) return kind == PD_SCOPE_ALWAYS;
    return scope->linked == NULL || !scope->linked[a] || !scope->linked[b];
}

/* A run of members of one source inside a block. */
struct source_run {
    size_t begin, end, n_linked;
    size_t source;
};

static size_t next_run(const struct state *state, const struct pd_key *members, size_t n, size_t begin,
                       struct source_run *run)
{
    const struct pd_table *table = state->run->table;
    const uint8_t *linked = state->run->scope->linked;
    *run = (struct source_run){ begin, begin, 0, pd_table_source(table, members[begin].record) };
    while (run->end < n && pd_table_source(table, members[run->end].record) == run->source) {
        if (linked != NULL) run->n_linked += linked[members[run->end].record];
        run->end++;
    }
    return run->end;
}

static uint64_t pairs_between(const struct pd_scope *scope, const struct source_run *a, const struct source_run *b)
{
    const uint8_t kind = scope->matrix[a->source * scope->n_sources + b->source];
    if (kind == PD_SCOPE_NEVER) return 0;
    const uint64_t n_a = a->end - a->begin;
    const uint64_t n_b = b->end - b->begin;
    const bool same = a->begin == b->begin;
    uint64_t pairs = same ? n_a * (n_a - 1) / 2 : n_a * n_b;
    if (kind == PD_SCOPE_UNLINKED && same) pairs -= a->n_linked * (a->n_linked - (a->n_linked > 0)) / 2;
    if (kind == PD_SCOPE_UNLINKED && !same) pairs -= (uint64_t)a->n_linked * b->n_linked;
    return pairs;
}

/* In-scope pairs of a block whose members ascend by record. An asymmetric pass counts an upper bound. */
static uint64_t count_pairs(const struct state *state, const struct pd_key *members, size_t n)
{
    uint64_t pairs = 0;
    struct source_run a;
    struct source_run b;
    for (size_t i = 0; i < n;) {
        const size_t next = next_run(state, members, n, i, &a);
        pairs += pairs_between(state->run->scope, &a, &a);
        for (size_t j = next; j < n;) {
            j = next_run(state, members, n, j, &b);
            pairs += pairs_between(state->run->scope, &a, &b);
        }
        i = next;
    }
    return pairs;
}

/* --- emission --- */

static uint32_t *fingerprint_row(const struct state *state, uint32_t record)
{
    return state->fingerprints + (size_t)record * state->n_columns;
}

/* An earlier pass emits this pair. */
static bool emitted_before(const struct state *state, const struct worker *worker, uint32_t left, uint32_t right)
{
    const struct pd_block_run *run = state->run;
    const uint32_t *row_left = fingerprint_row(state, left);
    const uint32_t *row_right = fingerprint_row(state, right);
    for (size_t q = 0; q < state->pass; q++) {
        const uint32_t mark = row_left[state->columns[q].left];
        if (mark == 0 || mark != row_right[state->columns[q].right]) continue;
        const struct pd_pass *pass = &run->passes->passes[q];
        const size_t level = mark & ((1u << LEVEL_BITS) - 1);
        if (!pd_key_equal(run->table, pass, left, right)) continue;
        if (!pd_refine_equal(run->table, pass, level - 1, left, right)) continue;
        if (pass->n_residual == 0 || run->residual(run->context, worker->index, q, left, right)) return true;
    }
    return false;
}

static void flush(const struct state *state, struct worker *worker)
{
    if (worker->n_pairs == 0 || worker->status != PADAN_OK) return;
    worker->status = state->run->consume(state->run->context, state->pass, worker->chunk, worker->index, worker->pairs,
                                         worker->n_pairs, &worker->error);
    worker->n_pairs = 0;
}

static void offer(const struct state *state, struct worker *worker, struct pd_block_statistics *statistics,
                  const struct pd_key *first, const struct pd_key *second)
{
    const struct pd_block_run *run = state->run;
    const struct pd_pass *pass = current_pass(state);
    uint32_t left = first->record;
    uint32_t right = second->record;
    if (run->rank != NULL ? run->rank[left] > run->rank[right] : left > right) {
        left = second->record;
        right = first->record;
        const struct pd_key *swap = first;
        first = second;
        second = swap;
    }
    if (left == right || (!pass->symmetric && (first->tag != SIDE_LEFT || second->tag != SIDE_RIGHT))) return;
    if (pass->n_residual > 0 && !run->residual(run->context, worker->index, state->pass, left, right)) return;
    statistics->n_pairs++;
    if (emitted_before(state, worker, left, right)) return;
    statistics->n_new++;
    worker->pairs[worker->n_pairs++] = (struct pd_pair){ left, right };
    if (worker->n_pairs == BATCH) flush(state, worker);
}

static void emit_runs(const struct state *state, struct worker *worker, struct pd_block_statistics *statistics,
                      const struct pd_key *members, const struct source_run *a, const struct source_run *b)
{
    const struct pd_scope *scope = state->run->scope;
    const uint8_t kind = scope->matrix[a->source * scope->n_sources + b->source];
    if (kind == PD_SCOPE_NEVER) return;
    for (size_t i = a->begin; i < a->end; i++)
        for (size_t j = a->begin == b->begin ? i + 1 : b->begin; j < b->end; j++)
            if (kind == PD_SCOPE_ALWAYS || in_scope(scope, state->run->table, members[i].record, members[j].record))
                offer(state, worker, statistics, &members[i], &members[j]);
}

static void emit_block(const struct state *state, struct worker *worker, struct pd_block_statistics *statistics,
                       const struct pd_key *members, size_t n, size_t level)
{
    const struct pass_columns columns = state->columns[state->pass];
    const uint32_t mark = ((uint32_t)(pd_mix64(members[0].hash) >> 32) << LEVEL_BITS) | (uint32_t)(level + 1);
    for (size_t i = 0; i < n; i++) {
        uint32_t *row = fingerprint_row(state, members[i].record);
        if (members[i].tag != SIDE_RIGHT) row[columns.left] = mark;
        if (members[i].tag != SIDE_LEFT) row[columns.right] = mark;
    }
    struct source_run a;
    struct source_run b;
    for (size_t i = 0; i < n;) {
        const size_t next = next_run(state, members, n, i, &a);
        emit_runs(state, worker, statistics, members, &a, &a);
        for (size_t j = next; j < n;) {
            j = next_run(state, members, n, j, &b);
            emit_runs(state, worker, statistics, members, &a, &b);
        }
        i = next;
    }
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
static size_t refine_members(const struct state *state, struct worker *worker, size_t begin, size_t n, size_t level)
{
    const struct pd_column *column = &state->run->table->columns[current_pass(state)->refine[level]];
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
static uint64_t process_block(const struct state *state, struct worker *worker, struct pd_block_statistics *statistics,
                              size_t begin, size_t n, size_t level)
{
    const struct pd_pass *pass = current_pass(state);
    const uint64_t pairs = n < 2 ? 0 : count_pairs(state, worker->members + begin, n);
    if (pairs == 0 || worker->status != PADAN_OK) return 0;
    if (pass->max_pairs == 0 || pairs <= pass->max_pairs) {
        emit_block(state, worker, statistics, worker->members + begin, n, level);
        return pairs;
    }
    if (level == pass->n_refine) return 0;
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

static void process_key(const struct state *state, struct worker *worker, struct pd_block_statistics *statistics,
                        const struct pd_key *members, size_t n)
{
    if (n < 2) return;
    worker->status = pd_grow(&worker->members, &worker->members_capacity, n, sizeof *worker->members, &worker->error);
    if (worker->status != PADAN_OK) return;
    memcpy(worker->members, members, n * sizeof *members);
    const uint64_t pairs = count_pairs(state, members, n);
    if (pairs == 0) return;
    statistics->n_blocks++;
    if (n > statistics->largest_block) statistics->largest_block = n;
    const uint64_t compared = process_block(state, worker, statistics, 0, n, 0);
    if (compared == pairs) return;
    statistics->n_blocks_cut++;
    statistics->n_not_compared += pairs - compared;
}

static enum padan_status process_chunk(void *context, size_t chunk, int index, struct padan_error *error)
{
    struct state *state = context;
    struct worker *worker = &state->workers[index];
    worker->chunk = chunk;
    worker->index = index;
    worker->status = PADAN_OK;
    size_t i = state->chunk_begins[chunk];
    const size_t end = state->chunk_begins[chunk + 1];
    while (i < end && worker->status == PADAN_OK) {
        size_t next = i + 1;
        while (next < end && state->items[next].hash == state->items[i].hash) next++;
        process_key(state, worker, &state->chunk_statistics[chunk], state->items + i, next - i);
        i = next;
    }
    flush(state, worker);
    if (worker->status != PADAN_OK && error != NULL) *error = worker->error;
    return worker->status;
}

/* --- the run --- */

static void add_statistics(struct pd_block_statistics *sum, const struct pd_block_statistics *part)
{
    sum->n_pairs += part->n_pairs;
    sum->n_new += part->n_new;
    sum->n_blocks += part->n_blocks;
    sum->n_blocks_cut += part->n_blocks_cut;
    sum->n_not_compared += part->n_not_compared;
    if (part->largest_block > sum->largest_block) sum->largest_block = part->largest_block;
}

static enum padan_status run_pass(struct state *state, struct pd_block_statistics *statistics,
                                  struct padan_error *error)
{
    const struct pd_block_run *run = state->run;
    PD_TRY(collect_keys(state, error));
    cut_chunks(state);
    memset(state->chunk_statistics, 0, state->n_chunks * sizeof *state->chunk_statistics);
    PD_TRY(run->begin_pass(run->context, state->pass, state->n_chunks, error));
    PD_TRY(pd_parallel_for(state->n_chunks, run->threads, process_chunk, state, error));
    *statistics = (struct pd_block_statistics){ 0 };
    for (size_t i = 0; i < state->n_chunks; i++) add_statistics(statistics, &state->chunk_statistics[i]);
    return PADAN_OK;
}

static void free_state(struct state *state)
{
    for (int i = 0; state->workers != NULL && i < state->run->threads; i++) {
        pd_free(state->workers[i].pairs);
        pd_free(state->workers[i].members);
    }
    pd_free(state->workers);
    pd_free(state->columns);
    pd_free(state->fingerprints);
    pd_free(state->items);
    pd_free(state->scratch);
    pd_free(state->chunk_begins);
    pd_free(state->chunk_statistics);
    pd_free(state->key_counts);
}

static enum padan_status allocate_workers(struct state *state, struct padan_error *error)
{
    PD_TRY(pd_allocate_array(&state->workers, (size_t)state->run->threads, sizeof *state->workers, error));
    memset(state->workers, 0, (size_t)state->run->threads * sizeof *state->workers);
    for (int i = 0; i < state->run->threads; i++)
        PD_TRY(pd_allocate(&state->workers[i].pairs, BATCH, sizeof *state->workers[i].pairs, error));
    return PADAN_OK;
}

static enum padan_status allocate_state(struct state *state, struct padan_error *error)
{
    const struct pd_passes *passes = state->run->passes;
    const size_t n_records = state->run->table->n_records;
    size_t sides = 1;
    PD_TRY(pd_allocate(&state->columns, passes->n_passes, sizeof *state->columns, error));
    for (size_t i = 0; i < passes->n_passes; i++) {
        state->columns[i].left = state->n_columns++;
        if (!passes->passes[i].symmetric) sides = 2;
        state->columns[i].right = passes->passes[i].symmetric ? state->columns[i].left : state->n_columns++;
    }
    const size_t n_items = (n_records / CHUNK_RECORDS + 1) * CHUNK_RECORDS * sides;
    const size_t n_chunks = n_items / CHUNK_ITEMS + 2;
    PD_TRY(pd_allocate(&state->fingerprints, n_records * state->n_columns, sizeof *state->fingerprints, error));
    PD_TRY(pd_allocate_array(&state->items, n_items, sizeof *state->items, error));
    PD_TRY(pd_allocate_array(&state->scratch, n_items, sizeof *state->scratch, error));
    PD_TRY(pd_allocate(&state->chunk_begins, n_chunks + 1, sizeof *state->chunk_begins, error));
    PD_TRY(pd_allocate(&state->chunk_statistics, n_chunks, sizeof *state->chunk_statistics, error));
    PD_TRY(pd_allocate(&state->key_counts, n_records / CHUNK_RECORDS + 2, sizeof *state->key_counts, error));
    return allocate_workers(state, error);
}

enum padan_status pd_block_pairs(const struct pd_block_run *run, struct pd_block_statistics *statistics,
                                 struct padan_error *error)
{
    struct state state = { .run = run };
    enum padan_status status = allocate_state(&state, error);
    for (size_t i = 0; i < run->passes->n_passes && status == PADAN_OK; i++) {
        state.pass = i;
        status = run_pass(&state, &statistics[i], error);
    }
    free_state(&state);
    return status;
}

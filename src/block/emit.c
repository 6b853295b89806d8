/* SPDX-License-Identifier: MIT
 * Emission: the pairs of one block, each judged from packed rows gathered side by side: equal keys by value, the first
 * pass that emits it, and whether it can still reach the weight needed. */
#include "block/state.h"

#include "base/cpu.h"
#include "base/hash.h"
#include "base/memory.h"
#include "block/alive.h"
#include "block/exploded.h"

/* --- scope --- */

static uint64_t pairs_between(const struct pd_scope *scope, const struct pd_source_run *a,
                              const struct pd_source_run *b)
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

/* Members ascend by record, and records by source. */
static void find_runs(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                      size_t n)
{
    const struct pd_table *table = state->run->table;
    const uint8_t *linked = state->run->scope->linked;
    size_t source = 0;
    worker->n_runs = 0;
    for (size_t i = 0; i < n;) {
        struct pd_source_run *run = &worker->runs[worker->n_runs++];
        while (members[i].record >= table->sources[source].end) source++;
        const size_t last = table->sources[source].end;
        *run = (struct pd_source_run){ i, i, 0, source };
        for (; i < n && members[i].record < last; i++)
            if (linked != NULL) run->n_linked += worker->linked[i] = linked[members[i].record];
        run->end = i;
    }
}

uint64_t pd_block_count_pairs(const struct pd_block_state *state, struct pd_block_worker *worker,
                              const struct pd_key *members, size_t n)
{
    uint64_t pairs = 0;
    if (state->run->scope->linked != NULL)
        worker->status = pd_grow(&worker->linked, &worker->linked_capacity, n, 1, &worker->error);
    if (worker->status != PADAN_OK) return 0;
    find_runs(state, worker, members, n);
    for (size_t i = 0; i < worker->n_runs; i++)
        for (size_t j = i; j < worker->n_runs; j++)
            pairs += pairs_between(state->run->scope, &worker->runs[i], &worker->runs[j]);
    return pairs;
}

/* --- emission --- */

/* The marks of two records in a pass tell that a refined block held both; refining keys are compared by value. */
static bool equal_marks(const struct pd_block_state *state, size_t q, uint32_t left, uint32_t right)
{
    const struct pd_pass_columns *columns = &state->columns[q];
    const struct pd_marks *others = state->run->passes->passes[q].symmetric ? &columns->left : &columns->right;
    const uint32_t mark = pd_marks_find(&columns->left, left);
    if (mark != pd_marks_find(others, right) || mark == PD_MARK_DROPPED) return false;
    if (mark == 0) return columns->by_rows; /* of rows: the block was not cut */
    const size_t level = mark & ((1u << PD_LEVEL_BITS) - 1);
    return pd_refine_equal(state->run->table, &state->run->passes->passes[q], level - 1, left, right);
}

static inline bool keys_may_agree(const struct pd_block_state *state, const uint64_t *unequal, size_t q)
{
    const struct pd_pass_columns *columns = &state->columns[q];
    for (size_t i = 0; i < columns->n_words; i++)
        if ((unequal[columns->words[i]] & columns->masks[columns->words[i]]) != 0) return false;
    return true;
}

bool pd_block_pass_emits(const struct pd_block_state *state, int worker, size_t q, uint32_t left, uint32_t right)
{
    const struct pd_block_run *run = state->run;
    const struct pd_pass_columns *columns = &state->columns[q];
    const struct pd_pass *pass = &run->passes->passes[q];
    if (pass->exploded != NULL) return pd_exploded_emits(state->exploded[q], worker, left, right);
    if ((!columns->by_rows || columns->has_cuts) && !equal_marks(state, q, left, right)) return false;
    if (!columns->exact && !pd_key_equal(run->table, pass, left, right)) return false;
    return pass->n_residual == 0 || run->residual(run->context, worker, q, left, right);
}

/* An earlier pass emits this pair. unequal: guards of the fields not known to be equal. Passes that rows answer alone
 * are asked first: the others look into columns. */
static bool emitted_before(const struct pd_block_state *state, int worker, const uint64_t *unequal, uint32_t left,
                           uint32_t right)
{
    uint64_t later = 0; /* bit q: to be looked into */
    for (size_t q = 0; q < state->pass; q++) {
        if (!keys_may_agree(state, unequal, q)) continue;
        const bool at_once = q >= 64 || (state->columns[q].exact && !state->columns[q].has_cuts);
        if (!at_once)
            later |= UINT64_C(1) << q;
        else if (pd_block_pass_emits(state, worker, q, left, right))
            return true;
    }
    for (; later != 0; later &= later - 1)
        if (pd_block_pass_emits(state, worker, (size_t)__builtin_ctzll(later), left, right)) return true;
    return false;
}

void pd_block_flush(const struct pd_block_state *state, struct pd_block_worker *worker)
{
    if (worker->n_pairs == 0 || worker->status != PADAN_OK) return;
    worker->status = state->run->consume(state->run->context, state->pass, worker->chunk, worker->index, worker->pairs,
                                         worker->n_pairs, &worker->error);
    worker->n_pairs = 0;
}

/* Finds which fields of two rows are unequal or NULL; gives those of the current pass's keys that are. */
static inline __attribute__((always_inline)) uint64_t
differing_keys(const struct pd_block_state *state, const uint64_t *a, const uint64_t *b, uint64_t *unequal)
{
    const struct pd_filter_lookup *lookup = &state->lookup;
    const uint64_t *masks = state->columns[state->pass].masks;
    const size_t n = lookup->n_field_words;
    uint64_t differing = 0;
    for (size_t word = 0; word < n; word++) {
        unequal[word] = pd_packed_unequal(a[word], b[word], lookup->guards[word], lookup->values[word]);
        differing |= unequal[word] & masks[word];
    }
    if (lookup->n_whole_words == 0) return differing;
    unequal[n] = pd_packed_whole_unequal(a + n, b + n, lookup->n_whole_words);
    return differing | (unequal[n] & masks[n]);
}

/* Members i and j of a block, i before j. */
static inline __attribute__((always_inline)) void
offer(const struct pd_block_state *state, struct pd_block_worker *worker, struct pd_block_statistics *statistics,
      const struct pd_key *members, size_t i, size_t j, pd_extract_bits *extract)
{
    const struct pd_block_run *run = state->run;
    const struct pd_filter_lookup *lookup = &state->lookup;
    const struct pd_pass *pass = pd_current_pass(state);
    const uint64_t *a = worker->rows + i * lookup->n_words, *b = worker->rows + j * lookup->n_words;
    uint64_t unequal[PD_PACKED_WORDS_MAX];
    if (differing_keys(state, a, b, unequal) != 0) return; /* two keys of one hash */
    const struct pd_pair pair = pd_block_pair(state, members[i].record, members[j].record);
    const uint32_t left = pair.left, right = pair.right;
    const bool straight = left == members[i].record;
    const struct pd_key *first = &members[straight ? i : j], *second = &members[straight ? j : i];
    if (left == right || (!pass->symmetric && (first->tag != PD_KEY_LEFT || second->tag != PD_KEY_RIGHT))) return;
    if (worker->verify && !pd_key_equal(run->table, pass, left, right)) return;
    if (pass->n_residual > 0 && !run->residual(run->context, worker->index, state->pass, left, right)) return;
    statistics->n_pairs++;
    if (state->pass > 0 && emitted_before(state, worker->index, unequal, left, right)) return;
    statistics->n_new++;
    if (!pd_is_alive(lookup, a, b, unequal, lookup->any_null, NULL, extract)) return;
    worker->pairs[worker->n_pairs++] = pair;
    if (worker->n_pairs == PD_PAIR_BATCH) pd_block_flush(state, worker);
}

bool pd_block_emits(const struct pd_block_state *state, int worker, size_t pass, uint32_t left, uint32_t right)
{
    const struct pd_packed_rows *rows = state->run->filter->rows;
    uint64_t unequal[PD_PACKED_WORDS_MAX];
    (void)differing_keys(state, pd_packed_row(rows, left), pd_packed_row(rows, right), unequal);
    return keys_may_agree(state, unequal, pass) && pd_block_pass_emits(state, worker, pass, left, right);
}

bool pd_block_judge(const struct pd_block_state *state, int worker, struct pd_block_statistics *statistics,
                    uint32_t left, uint32_t right)
{
    const struct pd_packed_rows *rows = state->run->filter->rows;
    const uint64_t *a = pd_packed_row(rows, left), *b = pd_packed_row(rows, right);
    uint64_t unequal[PD_PACKED_WORDS_MAX];
    (void)differing_keys(state, a, b, unequal);
    statistics->n_pairs++;
    if (state->pass > 0 && emitted_before(state, worker, unequal, left, right)) return false;
    statistics->n_new++;
    return pd_is_alive(&state->lookup, a, b, unequal, state->lookup.any_null, NULL, pd_extract_scalar);
}

static inline __attribute__((always_inline)) void
offer_runs(const struct pd_block_state *state, struct pd_block_worker *worker, struct pd_block_statistics *statistics,
           const struct pd_key *members, const struct pd_source_run *a, const struct pd_source_run *b,
           pd_extract_bits *extract)
{
    const uint8_t *linked = pd_block_linked_members(state, worker, a, b);
    for (size_t i = a->begin; i < a->end; i++)
        for (size_t j = a->begin == b->begin ? i + 1 : b->begin; j < b->end; j++)
            if (linked == NULL || !linked[i] || !linked[j]) offer(state, worker, statistics, members, i, j, extract);
}

#if defined(__x86_64__)
__attribute__((target("bmi2"))) static void offer_runs_bmi2(const struct pd_block_state *state,
                                                            struct pd_block_worker *worker,
                                                            struct pd_block_statistics *statistics,
                                                            const struct pd_key *members, const struct pd_source_run *a,
                                                            const struct pd_source_run *b)
{
    offer_runs(state, worker, statistics, members, a, b, pd_extract_bmi2);
}
#endif

static void emit_runs(const struct pd_block_state *state, struct pd_block_worker *worker,
                      struct pd_block_statistics *statistics, const struct pd_key *members,
                      const struct pd_source_run *a, const struct pd_source_run *b)
{
    const struct pd_scope *scope = state->run->scope;
    if (scope->matrix[a->source * scope->n_sources + b->source] == PD_SCOPE_NEVER) return;
    if (worker->swept) {
        state->sweep.runs(state, worker, statistics, members, a, b);
        return;
    }
#if defined(__x86_64__)
    if (state->has_avx2 && pd_block_is_plain(state)) {
        pd_block_offer_avx2(state, worker, statistics, members, a, b);
        return;
    }
    if (state->has_bmi2) {
        offer_runs_bmi2(state, worker, statistics, members, a, b);
        return;
    }
#endif
    offer_runs(state, worker, statistics, members, a, b, pd_extract_scalar);
}

/* Of a pass that marks every record; each record is in one block per side. */
static void set_all(const struct pd_block_state *state, const struct pd_key *members, size_t n, uint32_t mark)
{
    const struct pd_pass_columns *columns = &state->columns[state->pass];
    const struct pd_marks *right = pd_current_pass(state)->symmetric ? &columns->left : &columns->right;
    for (size_t i = 0; i < n; i++) {
        if (members[i].tag != PD_KEY_RIGHT) columns->left.all[members[i].record] = mark;
        if (members[i].tag != PD_KEY_LEFT) right->all[members[i].record] = mark;
    }
}

void pd_block_set_marks(const struct pd_block_state *state, struct pd_block_worker *worker,
                        const struct pd_key *members, size_t n, uint32_t mark)
{
    if (state->marks_are_set) return;
    if (!state->columns[state->pass].by_rows) {
        set_all(state, members, n, mark);
        return;
    }
    for (size_t i = 0; i < n && worker->status == PADAN_OK; i++)
        worker->status = pd_marks_note(&worker->noted, members[i].record, mark, &worker->error);
}

/* Where rows tell equal keys, only the parts of a block that was cut need a mark. */
static void mark_members(const struct pd_block_state *state, struct pd_block_worker *worker,
                         const struct pd_key *members, size_t n, size_t level)
{
    if (state->columns[state->pass].by_rows && level == 0) return;
    pd_block_set_marks(state, worker, members, n, pd_block_mark(members[0].hash, level));
}

void pd_block_mark_cut(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                       size_t n)
{
    if (state->columns[state->pass].by_rows) pd_block_set_marks(state, worker, members, n, PD_MARK_DROPPED);
}

static inline __attribute__((always_inline)) void copy_rows(const struct pd_packed_rows *rows, size_t width,
                                                            const struct pd_key *members, size_t n, uint64_t *to)
{
    for (size_t i = 0; i < n; i++)
        memcpy(to + i * width, rows->words + (size_t)members[i].record * width, width * sizeof *to);
}

/* Copies the packed rows of a block side by side. */
static void gather_rows(const struct pd_block_state *state, struct pd_block_worker *worker,
                        const struct pd_key *members, size_t n)
{
    const struct pd_packed_rows *rows = state->run->filter->rows;
    const size_t width = rows->n_words;
    if (width == 0) return; /* no key has a field: an asymmetric pass over entries */
    worker->status = pd_grow(&worker->rows, &worker->rows_capacity, n * width + PD_PACKED_WORDS_MAX,
                             sizeof *worker->rows, &worker->error);
    if (worker->status != PADAN_OK) return;
    switch (width) { /* a copy of known size is a few instructions */
    case 4: copy_rows(rows, 4, members, n, worker->rows); break;
    case 6: copy_rows(rows, 6, members, n, worker->rows); break;
    case 8: copy_rows(rows, 8, members, n, worker->rows); break;
    default: copy_rows(rows, width, members, n, worker->rows); break;
    }
}

/* Have all members of a block the key of the first? Where rows tell it, they are asked pair by pair. */
static bool have_one_key(const struct pd_block_state *state, const struct pd_key *members, size_t n)
{
    const struct pd_pass *pass = pd_current_pass(state);
    bool one = pass->symmetric;
    for (size_t i = 1; i < n && one; i++)
        one = pd_key_equal(state->run->table, pass, members[0].record, members[i].record);
    return one;
}

void pd_block_emit(const struct pd_block_state *state, struct pd_block_worker *worker,
                   struct pd_block_statistics *statistics, const struct pd_key *members, size_t n, size_t level)
{
    mark_members(state, worker, members, n, level);
    if (worker->status == PADAN_OK) gather_rows(state, worker, members, n);
    if (worker->status != PADAN_OK) return;
    worker->verify = !state->columns[state->pass].exact && !have_one_key(state, members, n);
    worker->swept = pd_sweep_lay(state, worker, n);
    if (worker->status != PADAN_OK) return;
    for (size_t i = 0; i < worker->n_runs; i++)
        for (size_t j = i; j < worker->n_runs; j++)
            emit_runs(state, worker, statistics, members, &worker->runs[i], &worker->runs[j]);
}

bool pd_block_have_equal_keys(const struct pd_block_state *state, const struct pd_block_worker *worker, size_t n)
{
    const uint64_t *bits = state->columns[state->pass].bits, *rows = worker->rows;
    const size_t width = state->lookup.n_words;
    uint64_t differing = 0;
    for (size_t word = 0; word < state->lookup.n_field_words + state->lookup.n_whole_words; word++)
        for (size_t i = 1; i < n && bits[word] != 0; i++)
            differing |= (rows[word] ^ rows[i * width + word]) & bits[word];
    return differing == 0;
}

void pd_block_prepare_lookup(struct pd_block_state *state)
{
    const struct pd_pair_filter *filter = state->run->filter;
    struct pd_filter_lookup *lookup = &state->lookup;
    unsigned shift = 0;
    lookup->n_words = filter->rows->n_words;
    lookup->n_field_words = filter->rows->n_field_words;
    lookup->n_whole_words = filter->rows->n_whole_words;
    lookup->n_fact_words = filter->rows->n_fact_words;
    lookup->n_near = filter->rows->n_near;
    memcpy(lookup->near, filter->rows->near, sizeof lookup->near);
    memcpy(lookup->guards, filter->rows->guards, sizeof lookup->guards);
    memcpy(lookup->values, filter->rows->values, sizeof lookup->values);
    memcpy(lookup->equal_masks, filter->equal_masks, sizeof lookup->equal_masks);
    memcpy(lookup->null_masks, filter->null_masks, sizeof lookup->null_masks);
    for (size_t word = 0; word < lookup->n_fact_words; word++) {
        lookup->equal_shifts[word] = shift;
        shift += (unsigned)__builtin_popcountll(filter->equal_masks[word]);
    }
    for (size_t word = 0; word < lookup->n_fact_words; word++) {
        lookup->null_shifts[word] = shift;
        shift += (unsigned)__builtin_popcountll(filter->null_masks[word]);
        lookup->any_null = lookup->any_null || filter->null_masks[word] != 0;
    }
    lookup->near_shift = shift;
    for (size_t word = 0; word < lookup->n_field_words; word++) {
        lookup->lane_guards[word] = lookup->guards[word];
        lookup->lane_values[word] = lookup->values[word];
    }
    for (size_t i = 0; i < lookup->n_whole_words; i++) lookup->lane_whole[lookup->n_field_words + i] = UINT64_MAX;
    lookup->all_alive = filter->all_alive;
    lookup->alive = filter->alive;
    lookup->filter = filter;
#if defined(__x86_64__)
    state->has_bmi2 = __builtin_cpu_supports("bmi2") && !pd_cpu_is_limited_to("scalar");
    state->has_avx2 = state->has_bmi2 && __builtin_cpu_supports("avx2");
    state->has_avx512 = state->has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi") &&
                        __builtin_cpu_supports("avx512vpopcntdq") && !pd_cpu_is_limited_to("avx2");
#endif
}

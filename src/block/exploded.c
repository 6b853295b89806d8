/* SPDX-License-Identifier: MIT
 * Passes over entries, a record and one element of its array each (model/exploded.h). Such a pass is a blocking run of
 * its own over the exploded table, with this one rule; what it emits are pairs of entries, and of those that two
 * records have in common only the first counts, in the order of their entries. Whether a pair of entries is emitted can
 * be asked of any, so no set of pairs is needed: each is compared with those before it. Where that depends on marks of
 * blocks (limits, keys of two sides), blocks are gone through once before, to set them all. */
#include "block/exploded.h"

#include "base/memory.h"
#include "block/portable.h"

/* Pairs of records that a thread counted. */
struct counted {
    struct pd_block_statistics statistics;
    _Alignas(64) char padding[64];
};

struct pd_exploded_pass {
    const struct pd_block_state *outer;
    const struct pd_exploded *entries;
    size_t pass; /* of the outer run */
    struct pd_pass rule;
    struct pd_passes passes; /* rule alone */
    struct pd_packed_rows rows;
    struct pd_pair_filter filter;
    struct pd_scope scope;
    uint8_t *linked; /* scope's and the run's, by entry */
    uint32_t *rank;
    struct pd_portable_blocks portable; /* of the run, whose only pass is the outer one's */
    struct pd_block_run run;
    struct pd_block_state state; /* of run */
    struct counted *counted;     /* [threads] */
    const uint32_t *words;       /* by entry: the rule is equality of words, which ascend in a record; else NULL */
};

/* --- pairs --- */

static uint32_t record_of(const struct pd_exploded_pass *exploded, uint32_t entry)
{
    return exploded->entries->record_of[entry];
}

/* The first entries of two records with one word in common. Cost: words + words. */
static bool first_common(const struct pd_exploded_pass *exploded, uint32_t left, uint32_t right, struct pd_pair *first)
{
    const uint32_t *begins = exploded->entries->begins, *words = exploded->words;
    uint32_t i = begins[left], j = begins[right];
    while (i < begins[left + 1] && j < begins[right + 1]) {
        if (words[i] == words[j]) {
            *first = (struct pd_pair){ i, j };
            return true;
        }
        if (words[i] < words[j])
            i++;
        else
            j++;
    }
    return false;
}

bool pd_exploded_emits(const struct pd_exploded_pass *exploded, int worker, uint32_t left, uint32_t right)
{
    const uint32_t *begins = exploded->entries->begins;
    struct pd_pair first;
    if (exploded->words != NULL) return first_common(exploded, left, right, &first);
    for (uint32_t i = begins[left]; i < begins[left + 1]; i++)
        for (uint32_t j = begins[right]; j < begins[right + 1]; j++)
            if (pd_block_emits(&exploded->state, worker, 0, i, j)) return true;
    return false;
}

/* No entries of the two records before these ones meet. */
static bool is_first(const struct pd_exploded_pass *exploded, int worker, struct pd_pair pair, uint32_t left,
                     uint32_t right)
{
    const uint32_t *begins = exploded->entries->begins;
    struct pd_pair first;
    if (exploded->words != NULL)
        return first_common(exploded, left, right, &first) && first.left == pair.left && first.right == pair.right;
    for (uint32_t i = begins[left]; i <= pair.left; i++) {
        const uint32_t end = i < pair.left ? begins[right + 1] : pair.right;
        for (uint32_t j = begins[right]; j < end; j++)
            if (pd_block_emits(&exploded->state, worker, 0, i, j)) return false;
    }
    return true;
}

static enum padan_status take_pairs(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                    size_t n_pairs, struct padan_error *error)
{
    struct pd_exploded_pass *exploded = context;
    const struct pd_block_run *run = exploded->outer->run;
    size_t n_kept = 0;
    (void)pass;
    for (size_t i = 0; i < n_pairs; i++) {
        const struct pd_pair pair = pairs[i];
        const uint32_t left = record_of(exploded, pair.left), right = record_of(exploded, pair.right);
        if (left == right || !is_first(exploded, worker, pair, left, right)) continue;
        if (pd_block_judge(exploded->outer, worker, &exploded->counted[worker].statistics, left, right))
            pairs[n_kept++] = (struct pd_pair){ left, right };
    }
    return n_kept == 0 ? PADAN_OK : run->consume(run->context, exploded->pass, chunk, worker, pairs, n_kept, error);
}

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    const struct pd_exploded_pass *exploded = context;
    const struct pd_block_run *run = exploded->outer->run;
    (void)pass;
    return run->begin_pass(run->context, exploded->pass, n_chunks, error);
}

/* While marks are set nobody hears of the pairs. */
static enum padan_status leave_pairs(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                     size_t n_pairs, struct padan_error *error)
{
    (void)context, (void)pass, (void)chunk, (void)worker, (void)pairs, (void)n_pairs, (void)error;
    return PADAN_OK;
}

static enum padan_status begin_marking(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    (void)context, (void)pass, (void)n_chunks, (void)error;
    return PADAN_OK;
}

static bool residual_holds(void *context, int worker, size_t pass, uint32_t left, uint32_t right)
{
    const struct pd_exploded_pass *exploded = context;
    const struct pd_block_run *run = exploded->outer->run;
    (void)pass;
    return run->residual(run->context, worker, exploded->pass, left, right);
}

/* --- the run --- */

/* What the outer run knows of records, by entry. */
static enum padan_status map_records(struct pd_exploded_pass *exploded, struct padan_error *error)
{
    const struct pd_block_run *run = exploded->outer->run;
    const size_t n = exploded->entries->table.n_records;
    exploded->scope = *run->scope;
    if (run->scope->linked != NULL) {
        PD_TRY(pd_allocate(&exploded->linked, n, sizeof *exploded->linked, error));
        for (size_t i = 0; i < n; i++) exploded->linked[i] = run->scope->linked[record_of(exploded, (uint32_t)i)];
        exploded->scope.linked = exploded->linked;
    }
    if (run->rank == NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&exploded->rank, n, sizeof *exploded->rank, error));
    for (size_t i = 0; i < n; i++) exploded->rank[i] = run->rank[record_of(exploded, (uint32_t)i)];
    return PADAN_OK;
}

static enum padan_status pack_keys(struct pd_exploded_pass *exploded, struct padan_error *error)
{
    const struct pd_table *table = &exploded->entries->table;
    bool added = false;
    exploded->rows.table = table;
    for (size_t i = 0; i < exploded->rule.n_keys && exploded->rule.symmetric; i++)
        PD_TRY(pd_packed_add(&exploded->rows, table, exploded->rule.keys[i].left, &added, error));
    exploded->filter = (struct pd_pair_filter){ .rows = &exploded->rows, .all_alive = true };
    return pd_packed_fill(&exploded->rows, exploded->outer->run->threads, error);
}

/* Whether the rule asks for nothing but a word in common, of blocks that are never cut. */
static bool is_plain_words(const struct pd_exploded_pass *exploded)
{
    const struct pd_pass *rule = &exploded->rule;
    return exploded->entries->words >= 0 && rule->n_keys == 1 && rule->n_residual == 0 && rule->max_pairs == 0 &&
           rule->keys[0].left == exploded->entries->words && rule->keys[0].right == exploded->entries->words;
}

static enum padan_status make_run(struct pd_exploded_pass *exploded, struct padan_error *error)
{
    const struct pd_block_run *outer = exploded->outer->run;
    exploded->rule = outer->passes->passes[exploded->pass];
    exploded->entries = exploded->rule.exploded;
    exploded->rule.exploded = NULL;
    if (is_plain_words(exploded)) exploded->words = exploded->entries->table.columns[exploded->entries->words].words;
    exploded->passes = (struct pd_passes){ .passes = &exploded->rule, .n_passes = 1, .n_common = 1 };
    PD_TRY(pd_allocate_array(&exploded->counted, (size_t)outer->threads, sizeof *exploded->counted, error));
    memset(exploded->counted, 0, (size_t)outer->threads * sizeof *exploded->counted);
    PD_TRY(map_records(exploded, error));
    PD_TRY(pack_keys(exploded, error));
    exploded->run = (struct pd_block_run){ .table = &exploded->entries->table,
                                           .passes = &exploded->passes,
                                           .scope = &exploded->scope,
                                           .rank = exploded->rank,
                                           .filter = &exploded->filter,
                                           .threads = outer->threads,
                                           .slice_words = outer->slice_words,
                                           .residual = residual_holds,
                                           .begin_pass = begin_marking,
                                           .consume = leave_pairs,
                                           .context = exploded };
    if (outer->portable != NULL) {
        exploded->portable = *outer->portable;
        exploded->portable.first_pass += exploded->pass;
        exploded->run.portable = &exploded->portable;
    }
    exploded->state.run = &exploded->run;
    return pd_block_state_make(&exploded->state, error);
}

static enum padan_status go_through(struct pd_exploded_pass *exploded, struct pd_block_statistics *statistics,
                                    struct padan_error *error)
{
    struct pd_block_state *state = &exploded->state;
    if (state->columns[0].may_cut) {
        PD_TRY(pd_block_run_pass(state, statistics, error));
        state->marks_are_set = true;
    }
    exploded->run.begin_pass = begin_pass;
    exploded->run.consume = take_pairs;
    PD_TRY(pd_block_run_pass(state, statistics, error));
    statistics->n_pairs = statistics->n_new = 0;
    for (int i = 0; i < exploded->run.threads; i++) {
        statistics->n_pairs += exploded->counted[i].statistics.n_pairs;
        statistics->n_new += exploded->counted[i].statistics.n_new;
    }
    pd_items_reset(&state->items);
    return PADAN_OK;
}

enum padan_status pd_exploded_run_pass(struct pd_block_state *state, struct pd_block_statistics *statistics,
                                       struct padan_error *error)
{
    struct pd_exploded_pass *exploded = NULL;
    PD_TRY(pd_allocate(&exploded, 1, sizeof *exploded, error));
    exploded->outer = state;
    exploded->pass = state->pass;
    state->exploded[state->pass] = exploded;
    PD_TRY(make_run(exploded, error));
    return go_through(exploded, statistics, error);
}

void pd_exploded_pass_free(struct pd_exploded_pass *exploded)
{
    if (exploded == NULL) return;
    if (exploded->state.run != NULL) pd_block_state_free(&exploded->state);
    pd_packed_reset(&exploded->rows);
    pd_free(exploded->linked);
    pd_free(exploded->rank);
    pd_free(exploded->counted);
    pd_free(exploded);
}

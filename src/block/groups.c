/* SPDX-License-Identifier: MIT */
#include "block/groups.h"

#include "base/memory.h"
#include "block/state.h"

/* Passes whose keys rows hold, and that ask for nothing else. */
static void choose_passes(struct pd_block_state *state)
{
    const struct pd_block_run *run = state->run;
    struct pd_groups *groups = &state->groups;
    const size_t n_passes = pd_passes_of_scope(run->passes, run->scope);
    for (size_t i = 0; i < PD_GROUP_PASSES && i + 1 < n_passes; i++) {
        const struct pd_pass *pass = &run->passes->passes[i + 1];
        if (pass->n_residual == 0 && pd_row_key_make(run->filter->rows, pass, &groups->keys[i]))
            groups->passes |= (uint8_t)(1u << i);
    }
}

enum padan_status pd_groups_make(struct pd_block_state *state, bool all_sorted, struct padan_error *error)
{
    const struct pd_pass *first = &state->run->passes->passes[0];
    const size_t n_records = state->run->table->n_records;
    struct pd_groups *groups = &state->groups;
    *groups = (struct pd_groups){ .passes = 0 };
    if (state->run->portable != NULL || state->run->passes->n_passes < 2 || !state->columns[0].exact ||
        !first->symmetric || first->n_residual > 0 || n_records >= UINT32_MAX - 1)
        return PADAN_OK;
    PD_TRY(pd_allocate(&groups->next, n_records, sizeof *groups->next, error));
    if (pd_memory_hold != NULL) pd_memory_hold(groups->next, n_records * sizeof *groups->next);
    if (all_sorted) choose_passes(state);
    return groups->passes == 0 ? PADAN_OK : pd_allocate(&groups->stood_for, n_records, 1, error);
}

void pd_groups_reset(struct pd_groups *groups)
{
    pd_free(groups->next);
    pd_free(groups->stood_for);
    *groups = (struct pd_groups){ .passes = 0 };
}

static bool have_same_key(const struct pd_row_key *key, const uint64_t *a, const uint64_t *b)
{
    uint64_t differing = 0;
    for (size_t i = 0; i < key->n_words; i++) {
        const size_t place = key->words[i].place;
        differing |= (a[place] ^ b[place]) & (key->words[i].values | key->words[i].guards);
    }
    return differing == 0;
}

/* Which of n gathered rows have the key of the first, bit by bit; 0 when it has none. */
static unsigned find_same(const struct pd_row_key *key, const uint64_t *rows, size_t width, size_t n)
{
    unsigned same = 1;
    if (!pd_row_has_key(key, rows)) return 0;
    for (size_t i = 1; i < n; i++) same |= (unsigned)have_same_key(key, rows, rows + i * width) << i;
    return same;
}

/* Pairs in scope of those of the members that are told by their bits. */
static uint64_t count_pairs(const struct pd_block_state *state, struct pd_block_worker *worker,
                            const struct pd_key *members, unsigned which)
{
    struct pd_key chosen[PD_GROUP_RECORDS_MAX];
    size_t n = 0;
    for (; which != 0; which &= which - 1) chosen[n++] = members[__builtin_ctz(which)];
    return pd_block_count_pairs(state, worker, chosen, n);
}

/* Lets the first of n members stand for those who have its key in pass `at` + 1. Returns which these are. */
static unsigned stand(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                      size_t n, uint64_t n_pairs, unsigned at)
{
    const struct pd_groups *groups = &state->groups;
    const uint64_t most = state->run->passes->passes[at + 1].max_pairs;
    const unsigned same = find_same(&groups->keys[at], worker->rows, state->lookup.n_words, n);
    if ((same & (same - 1)) == 0) return 0; /* nobody else */
    const uint64_t pairs = same + 1 == 1u << n ? n_pairs : count_pairs(state, worker, members, same);
    if (most > 0 && pairs > most) return 0; /* to be cut */
    worker->group_counts[at].n_pairs += pairs;
    worker->group_counts[at].sizes[__builtin_popcount(same)] += pairs > 0;
    return same;
}

void pd_groups_note(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                    size_t n, uint64_t n_pairs)
{
    const struct pd_groups *groups = &state->groups;
    /* Only equal keys are swept. */
    if (groups->next == NULL || (!worker->swept && !pd_block_have_equal_keys(state, worker, n))) return;
    for (size_t i = 0; i < n; i++) groups->next[members[i].record] = members[i + 1 < n ? i + 1 : 0].record + 1;
    if (groups->passes == 0 || n > PD_GROUP_RECORDS_MAX) return;
    uint8_t stood_for[PD_GROUP_RECORDS_MAX] = { PD_GROUP_FIRST };
    for (unsigned rest = groups->passes; rest != 0; rest &= rest - 1) {
        const unsigned at = (unsigned)__builtin_ctz(rest);
        const unsigned same = stand(state, worker, members, n, n_pairs, at);
        for (size_t i = 0; i < n; i++) stood_for[i] |= (uint8_t)((same >> i & 1) << at);
    }
    for (size_t i = 0; i < n; i++) groups->stood_for[members[i].record] = stood_for[i];
}

void pd_groups_count(const struct pd_block_state *state, struct pd_block_statistics *statistics)
{
    struct pd_group_counts sum = { .n_pairs = 0 };
    if (pd_groups_bit(&state->groups, state->pass) == 0) return;
    for (int i = 0; i < state->run->threads; i++) {
        const struct pd_group_counts *counts = &state->workers[i].group_counts[state->pass - 1];
        sum.n_pairs += counts->n_pairs;
        for (size_t n = 0; n <= PD_GROUP_RECORDS_MAX; n++) sum.sizes[n] += counts->sizes[n];
    }
    statistics->n_pairs += sum.n_pairs;
    for (size_t n = 0; n <= PD_GROUP_RECORDS_MAX; n++) {
        statistics->n_blocks += sum.sizes[n];
        for (uint64_t i = 0; i < sum.sizes[n] && i < PD_LARGEST_BLOCKS; i++) pd_block_note_size(statistics, n);
    }
}

/* SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "base/memory.h"
#include "training/count.h"
#include "training/trainer_state.h"

#include <stdlib.h>

enum { LABEL_STREAM = 3 };

static int by_hash(const void *a, const void *b)
{
    const struct pd_key *x = a;
    const struct pd_key *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

enum padan_status pd_trainer_labels(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_labels *given = &trainer->options->labels;
    struct pd_label_index *index = &trainer->labels;
    size_t n_labelled = 0;
    for (size_t i = 0; given->entities != NULL && i < trainer->table->n_records; i++)
        n_labelled += given->entities[i] != 0;
    trainer->all_labelled = n_labelled == trainer->table->n_records && n_labelled > 0;
    PD_TRY(pd_allocate(&index->keys, given->n_pairs + 1, sizeof *index->keys, error));
    for (size_t i = 0; i < given->n_pairs; i++)
        index->keys[i] =
            (struct pd_key){ pair_key(given->pairs[i].left, given->pairs[i].right), given->pairs[i].is_match, 0 };
    index->n = given->n_pairs;
    qsort(index->keys, index->n, sizeof *index->keys, by_hash);
    return PADAN_OK;
}

int8_t pd_trainer_label(const struct pd_trainer *trainer, uint32_t left, uint32_t right)
{
    const uint32_t *entities = trainer->options->labels.entities;
    if (entities != NULL && entities[left] != 0 && entities[right] != 0) return entities[left] == entities[right];
    if (trainer->labels.n == 0) return -1;
    const struct pd_key wanted = { pair_key(left, right), 0, 0 };
    const struct pd_key *found = bsearch(&wanted, trainer->labels.keys, trainer->labels.n, sizeof wanted, by_hash);
    return found == NULL ? -1 : (int8_t)found->record;
}

static bool entity_key(const void *context, uint32_t record, uint64_t *hash)
{
    const struct pd_trainer *trainer = context;
    *hash = trainer->options->labels.entities[record];
    return *hash != 0;
}

static bool complete_labelled(const void *context, int worker, struct pd_pair pair, int8_t *pattern)
{
    pd_trainer_mark_rules(context, worker, pair, pattern);
    return true;
}

static enum padan_status count_entities(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_pool pool;
    uint64_t n_kept = 0;
    PD_TRY(pd_pool_make(&pool, trainer->table, trainer->scope, entity_key, trainer, trainer->threads, error));
    const struct pd_count_job job = { .linker = &trainer->linker,
                                      .pool = &pool,
                                      .seed = trainer->options->seed,
                                      .stream = LABEL_STREAM,
                                      .n = pool.n_pairs < trainer->max_pairs ? pool.n_pairs : trainer->max_pairs,
                                      .complete = complete_labelled,
                                      .context = trainer };
    const enum padan_status status = pd_count_patterns(&job, &trainer->labelled, &n_kept, error);
    if (n_kept > 0) trainer->labelled_scale = (double)pool.n_pairs / (double)n_kept;
    pd_pool_reset(&pool);
    return status;
}

static enum padan_status count_pairs(struct pd_trainer *trainer, struct padan_error *error)
{
    int8_t pattern[PD_PATTERN_BYTES_MAX];
    for (size_t i = 0; i < trainer->labels.n; i++) {
        const struct pd_key *key = &trainer->labels.keys[i];
        const struct pd_pair pair = pd_linker_pair(&trainer->linker, (uint32_t)(key->hash >> 32), (uint32_t)key->hash);
        pd_weight weight = 0;
        if (key->record == 0) continue;
        pd_trainer_mark_rules(trainer, 0, pair, pattern);
        (void)pd_plan_score(&trainer->linker.plan, trainer->linker.workers, pair.left, pair.right, INT64_MIN, pattern,
                            &weight);
        PD_TRY(pd_patterns_add(&trainer->labelled, pattern, 1, error));
    }
    return pd_patterns_sort(&trainer->labelled, error);
}

enum padan_status pd_trainer_count_labels(struct pd_trainer *trainer, struct padan_error *error)
{
    trainer->labelled.width = trainer->n_comparisons + 2 + trainer->training.n_rules;
    trainer->labelled_scale = 1;
    if (trainer->options->labels.entities != NULL) return count_entities(trainer, error);
    return trainer->labels.n == 0 ? PADAN_OK : count_pairs(trainer, error);
}

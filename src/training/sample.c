/* SPDX-License-Identifier: MIT
 * The pairs that u is learned from: an even sample of all pairs in scope (all of them when they are few), and strata
 * for comparisons with rare levels. */
#include "base/hash.h"
#include "base/memory.h"
#include "training/count.h"
#include "training/trainer_state.h"

/* A comparison with a level seen less often than this is sampled by strata as well; one of equality, whose pairs are
 * known exactly, already where an even sample would miss its share by two percent. */
enum { RARE = 4 * PD_TRAIN_MIN_COUNT, RARE_EQUAL = 2500, STRATUM_SHARE = 16, EVEN_STREAM = 1, STRATUM_STREAM = 2 };

/* --- groups --- */

static double pairs_between(const struct pd_table *table, size_t a, size_t b)
{
    const double n_a = (double)(table->sources[a].end - table->sources[a].begin);
    const double n_b = (double)(table->sources[b].end - table->sources[b].begin);
    return a == b ? n_a * (n_a - 1) / 2 : n_a * n_b;
}

static bool in_scope(const struct pd_trainer *trainer, size_t a, size_t b)
{
    return trainer->scope->matrix[a * trainer->table->n_sources + b] != PD_SCOPE_NEVER &&
           pairs_between(trainer->table, a, b) > 0;
}

static size_t count_source_pairs(const struct pd_trainer *trainer)
{
    size_t n = 0;
    for (size_t a = 0; a < trainer->table->n_sources; a++)
        for (size_t b = a; b < trainer->table->n_sources; b++) n += in_scope(trainer, a, b);
    return n;
}

enum padan_status pd_trainer_groups(struct pd_trainer *trainer, struct padan_error *error)
{
    const size_t n_sources = trainer->table->n_sources;
    struct pd_train_result *result = trainer->result;
    const size_t n_pairs = count_source_pairs(trainer);
    const bool pooled = n_pairs > PD_TRAIN_GROUPS_MAX;
    if (n_pairs == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "there is no pair of rows to compare: check the files and the link type");
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->group_of, n_sources * n_sources * sizeof *trainer->group_of,
                             error));
    result->n_groups = pooled ? 2 : 0;
    PD_TRY(pd_arena_allocate(&result->arena, &result->groups, (n_pairs + 2) * sizeof *result->groups, error));
    for (size_t i = 0; pooled && i < 2; i++) result->groups[i].a = result->groups[i].b = SIZE_MAX;
    for (size_t a = 0; a < n_sources; a++)
        for (size_t b = a; b < n_sources; b++) {
            if (!in_scope(trainer, a, b)) continue;
            const size_t group = pooled ? a != b : result->n_groups++;
            if (!pooled) result->groups[group] = (struct pd_trained_group){ .a = a, .b = b };
            result->groups[group].n_pairs += pairs_between(trainer->table, a, b);
            trainer->group_of[a * n_sources + b] = trainer->group_of[b * n_sources + a] = group;
        }
    trainer->n_groups = result->n_groups;
    return PADAN_OK;
}

/* --- even sample --- */

static bool every_record(const void *context, uint32_t record, uint64_t *hash)
{
    (void)context;
    (void)record;
    *hash = 0;
    return true;
}

static void mark_pair(const struct pd_trainer *trainer, struct pd_pair pair, int8_t *pattern)
{
    pattern[trainer->n_comparisons] = pd_trainer_label(trainer, pair.left, pair.right);
    pattern[trainer->n_comparisons + 1] = (int8_t)pd_trainer_group(trainer, pair.left, pair.right);
}

struct even_context {
    const struct pd_trainer *trainer;
    bool is_all;
};

static bool complete_even(const void *context, int worker, struct pd_pair pair, int8_t *pattern)
{
    const struct even_context *even = context;
    const struct pd_trainer *trainer = even->trainer;
    int8_t *marks = pattern + trainer->n_comparisons + 2;
    (void)worker;
    mark_pair(trainer, pair, pattern);
    for (size_t i = 0; i < trainer->n_comparisons; i++)
        marks[i] =
            even->is_all ? 0 : (int8_t)pd_strata_place(trainer->table, &trainer->strata[i], pair.left, pair.right);
    return true;
}

static enum padan_status even_sample(struct pd_trainer *trainer, bool *is_all, struct padan_error *error)
{
    const struct pd_train_options *options = trainer->options;
    const uint64_t max_all = options->max_all_pairs == 0 ? trainer->max_pairs : options->max_all_pairs;
    struct pd_pool pool;
    uint64_t n_kept = 0;
    PD_TRY(pd_pool_make(&pool, trainer->table, trainer->scope, every_record, NULL, trainer->threads, error));
    *is_all = pool.n_pairs <= max_all;
    const struct even_context context = { trainer, *is_all };
    const struct pd_count_job job = { .linker = &trainer->linker,
                                      .pool = &pool,
                                      .seed = options->seed,
                                      .stream = EVEN_STREAM,
                                      .n = *is_all || pool.n_pairs < trainer->max_pairs ? pool.n_pairs
                                                                                        : trainer->max_pairs,
                                      .complete = complete_even,
                                      .context = &context };
    trainer->samples[0].width = 2 * trainer->n_comparisons + 2;
    const enum padan_status status = pd_count_patterns(&job, &trainer->samples[0], &n_kept, error);
    const double weight = n_kept == 0 ? 1 : (double)pool.n_pairs / (double)n_kept;
    trainer->rate_samples[0] = (struct pd_rate_sample){ &trainer->samples[0], weight, SIZE_MAX };
    trainer->n_samples = 1;
    pd_pool_reset(&pool);
    return status;
}

/* --- strata --- */

struct stratum_context {
    const struct pd_trainer *trainer;
    const struct pd_strata *strata;
    size_t index;
};

static bool stratum_key(const void *context, uint32_t record, uint64_t *hash)
{
    const struct stratum_context *stratum = context;
    return pd_stratum_key(stratum->trainer->table, &stratum->strata->strata[stratum->index], record, hash);
}

static bool complete_stratum(const void *context, int worker, struct pd_pair pair, int8_t *pattern)
{
    const struct stratum_context *stratum = context;
    (void)worker;
    mark_pair(stratum->trainer, pair, pattern);
    return pd_strata_place(stratum->trainer->table, stratum->strata, pair.left, pair.right) == stratum->index + 1;
}

static enum padan_status sample_stratum(struct pd_trainer *trainer, size_t comparison, size_t index,
                                        struct padan_error *error)
{
    const struct stratum_context context = { trainer, &trainer->strata[comparison], index };
    const uint64_t most = trainer->max_pairs / STRATUM_SHARE + 1;
    struct pd_patterns *patterns = &trainer->samples[trainer->n_samples];
    struct pd_pool pool;
    uint64_t n_kept = 0;
    PD_TRY(pd_pool_make(&pool, trainer->table, trainer->scope, stratum_key, &context, trainer->threads, error));
    const struct pd_count_job job = { .linker = &trainer->linker,
                                      .pool = &pool,
                                      .seed = trainer->options->seed,
                                      .stream = pd_hash_combine(STRATUM_STREAM, comparison * PD_STRATA_MAX + index),
                                      .n = pool.n_pairs < most ? pool.n_pairs : most,
                                      .complete = complete_stratum,
                                      .context = &context };
    patterns->width = trainer->n_comparisons + 2;
    const enum padan_status status = pd_count_patterns(&job, patterns, &n_kept, error);
    const double weight = job.n == 0 ? 1 : (double)pool.n_pairs / (double)job.n;
    trainer->rate_samples[trainer->n_samples++] = (struct pd_rate_sample){ patterns, weight, comparison };
    pd_pool_reset(&pool);
    return status;
}

/* Some level of the comparison was seen too rarely in the even sample. */
static bool has_rare_level(const struct pd_trainer *trainer, size_t comparison)
{
    uint64_t counts[PD_LEVELS_MAX] = { 0 };
    const struct pd_patterns *even = &trainer->samples[0];
    for (size_t i = 0; i < even->n; i++) {
        const int8_t gamma = pd_pattern(even, i)[comparison];
        if (gamma >= 0) counts[gamma] += even->counts[i];
    }
    for (size_t i = 0; i < trainer->n_levels[comparison]; i++)
        if (counts[i] < ((int)i == trainer->exact_gamma[comparison] ? RARE_EQUAL : RARE)) return true;
    return false;
}

enum padan_status pd_trainer_sample(struct pd_trainer *trainer, struct padan_error *error)
{
    const size_t most = 1 + trainer->n_comparisons * PD_STRATA_MAX;
    bool is_all = false;
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->samples, most * sizeof *trainer->samples, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->rate_samples, most * sizeof *trainer->rate_samples, error));
    for (size_t i = 0; i < trainer->n_comparisons; i++) {
        PD_TRY(pd_strata_find(&trainer->model->comparisons[i], &trainer->linker.deriver, &trainer->strata[i], error));
        trainer->exact_gamma[i] = trainer->strata[i].exact_gamma;
    }
    PD_TRY(even_sample(trainer, &is_all, error));
    for (size_t i = 0; !is_all && i < trainer->n_comparisons; i++) {
        if (trainer->strata[i].n == 0 || !has_rare_level(trainer, i)) continue;
        trainer->stratified[i] = true;
        for (size_t j = 0; j < trainer->strata[i].n; j++) PD_TRY(sample_stratum(trainer, i, j, error));
    }
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT
 * The pairs that zero configuration looks at besides the candidates: drawn ones, with all their levels. */
#include "auto/equal_draw.h"
#include "base/parallel.h"
#include "base/random.h"
#include "engine/zero_state.h"

#include <math.h>

enum { RANDOM_PAIRS = 400000, RANDOM_TRIES = 100 * RANDOM_PAIRS, EQUAL_PAIRS = 6000, LEVEL_CHUNK = 4096 };

static bool in_scope(const struct pd_table *table, const uint8_t *scope, uint32_t a, uint32_t b)
{
    return a != b && scope[pd_table_source(table, a) * table->n_sources + pd_table_source(table, b)] != 0;
}

static void add_pair(struct pd_zero_pairs *drawn, uint32_t a, uint32_t b)
{
    drawn->list[drawn->n++] = (struct pd_pair){ a < b ? a : b, a < b ? b : a };
}

enum padan_status pd_zero_draw(struct pd_zero *zero, const uint8_t *scope, double n_in_scope,
                               struct pd_zero_pairs *drawn, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    const size_t n = table->n_records;
    *drawn = (struct pd_zero_pairs){ 0 };
    PD_TRY(pd_arena_allocate(&zero->arena, &drawn->list, (RANDOM_PAIRS + 1) * sizeof *drawn->list, error));
    if (n_in_scope <= RANDOM_PAIRS) {
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = a + 1; b < n; b++)
                if (in_scope(table, scope, a, b)) add_pair(drawn, a, b);
        return PADAN_OK;
    }
    struct pd_random random = pd_random_stream(zero->options->seed, 7);
    for (size_t tries = 0; tries < RANDOM_TRIES && drawn->n < RANDOM_PAIRS; tries++) {
        const uint32_t a = (uint32_t)pd_random_below(&random, n);
        const uint32_t b = (uint32_t)pd_random_below(&random, n);
        if (in_scope(table, scope, a, b)) add_pair(drawn, a, b);
    }
    return PADAN_OK;
}

double pd_zero_frequency_bits(const struct pd_zero *zero, const int8_t *gammas, uint32_t left, uint32_t right)
{
    double bits = 0;
    for (size_t c = 0; c < zero->model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            if (level->gamma != gammas[c] || level->is_null_level || level->tf_column.length == 0) continue;
            const pd_weight with = pd_plan_level_weight(&zero->linker.plan, c, gammas[c], left, right);
            bits += pd_weight_to_double(with - level->weight) - log2(level->u);
        }
    }
    return bits;
}

struct levelling {
    const struct pd_zero *zero;
    const struct pd_pair *pairs;
    size_t n_pairs;
    int8_t *gammas;
    double *extra;
};

static enum padan_status level_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct levelling *levelling = context;
    const struct pd_zero *zero = levelling->zero;
    const size_t n = zero->model->n_comparisons;
    const size_t begin = chunk * LEVEL_CHUNK;
    const size_t end = begin + LEVEL_CHUNK < levelling->n_pairs ? begin + LEVEL_CHUNK : levelling->n_pairs;
    (void)error;
    for (size_t i = begin; i < end; i++) {
        pd_weight weight = 0;
        const struct pd_pair *pair = &levelling->pairs[i];
        int8_t *gammas = levelling->gammas + i * n;
        (void)pd_plan_score(&zero->linker.plan, &zero->linker.workers[worker], pair->left, pair->right, INT64_MIN,
                            gammas, &weight);
        levelling->extra[i] = pd_zero_frequency_bits(zero, gammas, pair->left, pair->right);
    }
    return PADAN_OK;
}

enum padan_status pd_zero_level(struct pd_zero *zero, const struct pd_pair *pairs, size_t n_pairs,
                                struct pd_levelled_pairs *out, struct padan_error *error)
{
    struct levelling levelling = { .zero = zero, .pairs = pairs, .n_pairs = n_pairs };
    PD_TRY(pd_arena_allocate(&zero->arena, &levelling.gammas, n_pairs * zero->model->n_comparisons + 1, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &levelling.extra, (n_pairs + 1) * sizeof(double), error));
    *out = (struct pd_levelled_pairs){ levelling.gammas, levelling.extra, n_pairs, pairs };
    return pd_parallel_for((n_pairs + LEVEL_CHUNK - 1) / LEVEL_CHUNK, zero->options->threads, level_chunk, &levelling,
                           error);
}

enum padan_status pd_zero_level_equal(struct pd_zero *zero, size_t profile, struct pd_levelled_pairs *out,
                                      struct padan_error *error)
{
    struct pd_pair *pairs = NULL;
    size_t n_pairs = 0;
    int column = -1;
    PD_TRY(pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[profile], &column, error));
    PD_TRY(pd_auto_draw_equal(&zero->data, column, EQUAL_PAIRS, &zero->arena, &pairs, &n_pairs, error));
    return pd_zero_level(zero, pairs, n_pairs, out, error);
}

/* SPDX-License-Identifier: MIT
 * The pairs that zero configuration looks at besides the candidates: drawn ones, with all their levels. */
#include "auto/equal_draw.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "zero/levels.h"

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

/* Whether some level of a pattern weighs by how common the value is. */
static bool has_frequency(const struct pd_zero *zero, const int8_t *gammas)
{
    for (size_t c = 0; c < zero->model->n_comparisons; c++) {
        const struct pd_plan_level *level = pd_plan_level_of(&zero->linker.plan, c, gammas[c]);
        if (level != NULL && level->frequency != NULL) return true;
    }
    return false;
}

/* Pairs of a store one by one, in the arena: gammas are by pattern. */
static enum padan_status expand(struct pd_zero *zero, const struct pd_level_store *store, const int8_t *gammas,
                                struct pd_levelled_pairs *out, struct padan_error *error)
{
    const size_t width = zero->model->n_comparisons;
    int8_t *levels = NULL;
    double *extra = NULL;
    bool *by_frequency = NULL;
    PD_TRY(pd_arena_allocate(&zero->arena, &levels, store->n_pairs * width + 1, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &extra, (store->n_pairs + 1) * sizeof *extra, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &by_frequency, store->n_patterns + 1, error));
    for (size_t i = 0; i < store->n_patterns; i++) by_frequency[i] = has_frequency(zero, gammas + i * width);
    for (size_t left = 0; left < store->n_records; left++)
        for (size_t i = store->begins[left]; i < store->begins[left + 1]; i++) {
            const uint32_t pattern = pd_level_store_pattern(store->rights[i]);
            const uint32_t right = pd_level_store_right(store->rights[i]);
            memcpy(levels + i * width, gammas + pattern * width, width);
            extra[i] =
                by_frequency[pattern] ? pd_zero_frequency_bits(zero, levels + i * width, (uint32_t)left, right) : 0;
        }
    *out = (struct pd_levelled_pairs){ levels, extra, store->n_pairs, NULL };
    return PADAN_OK;
}

static enum padan_status level_random(struct pd_zero *zero, struct pd_levelled_pairs *out, struct padan_error *error)
{
    const struct pd_level_store *store = NULL;
    int8_t *gammas = NULL;
    enum padan_status status = pd_zero_find_levels(zero, &zero->random_pairs, &gammas, &store, error);
    if (status == PADAN_OK) status = expand(zero, store, gammas, out, error);
    pd_free(gammas);
    return status;
}

enum padan_status pd_zero_make_sets(struct pd_zero *zero, struct padan_error *error)
{
    if (zero->n_sets > 0) return PADAN_OK;
    PD_TRY(level_random(zero, &zero->sets[0], error));
    zero->n_sets = 1;
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        zero->set_of[i] = 0;
        if (comparison->state != PD_PARENT_EQUAL) continue;
        zero->set_of[i] = zero->n_sets;
        PD_TRY(pd_zero_level_equal(zero, (size_t)comparison->parent, &zero->sets[zero->n_sets], error));
        zero->n_sets++;
    }
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT */
#include "compare/plan.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Whether a level asks for nothing but that both rows have the same value in the column. */
static bool is_exact_level(const struct pd_level *level, struct pd_text column)
{
    const struct pd_expression *condition = level->condition;
    if (condition == NULL || condition->op != PD_OP_EQUAL) return false;
    for (size_t side = 0; side < 2; side++) {
        const struct pd_expression *value = condition->children[side];
        if (value->op != PD_OP_COLUMN || !pd_text_same_name(value->column, column)) return false;
    }
    return true;
}

/* The u that a level's term frequencies replace: of the exact level of that column in the comparison (the first level
 * that adjusts by the column when there is none), or its own where the model says so
 * (disable_tf_exact_match_detection). */
static double base_u(const struct pd_comparison *comparison, const struct pd_level *level)
{
    if (level->tf_disable_exact_match_detection) return level->u;
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (is_exact_level(&comparison->levels[i], level->tf_column)) return comparison->levels[i].u;
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (pd_text_same_name(comparison->levels[i].tf_column, level->tf_column)) return comparison->levels[i].u;
    return level->u;
}

/* As with Splink: not where a value is missing, nor where no condition is left that could make values agree. */
static bool adds_frequency(const struct pd_level *level)
{
    return level->tf_column.length > 0 && level->tf_weight != 0 && !level->is_null_level && level->condition != NULL;
}

static enum padan_status make_level(const struct pd_model *model, const struct pd_comparison *comparison,
                                    const struct pd_level *level, struct pd_plan *plan, struct pd_plan_level *out,
                                    struct padan_error *error)
{
    *out = (struct pd_plan_level){ .gamma = level->gamma, .weight = level->is_null_level ? 0 : level->weight };
    if (level->condition != NULL) PD_TRY(pd_condition_compile(&plan->conditions, level->condition, &out->test, error));
    if (!adds_frequency(level)) return PADAN_OK;
    struct pd_term_frequency *frequency = &plan->frequencies[plan->n_frequencies++];
    out->frequency = frequency;
    return pd_term_frequency_make(model, level, base_u(comparison, level), plan->conditions.deriver, frequency, error);
}

static enum padan_status make_comparison(const struct pd_model *model, size_t index, struct pd_plan *plan,
                                         struct pd_plan_comparison *out, struct padan_error *error)
{
    const struct pd_comparison *comparison = &model->comparisons[index];
    *out = (struct pd_plan_comparison){ .n_levels = comparison->n_levels, .index = index, .largest = 0 };
    PD_TRY(pd_arena_allocate(&plan->conditions.arena, &out->levels, out->n_levels * sizeof *out->levels, error));
    for (size_t i = 0; i < out->n_levels; i++) {
        struct pd_plan_level *level = &out->levels[i];
        PD_TRY(make_level(model, comparison, &comparison->levels[i], plan, level, error));
        const pd_weight most = pd_most_of_level(level);
        if (most > out->largest) out->largest = most;
        out->cost += level->test.cost;
    }
    return PADAN_OK;
}

static enum padan_status make_table(struct pd_plan *plan, struct pd_plan_comparison *comparison,
                                    struct padan_error *error)
{
    const struct pd_test **tests = NULL;
    PD_TRY(pd_arena_allocate(&plan->conditions.arena, &tests, (comparison->n_levels + 1) * sizeof *tests, error));
    for (size_t i = 0; i < comparison->n_levels; i++) tests[i] = &comparison->levels[i].test;
    return pd_level_table_make(&plan->conditions.arena, tests, comparison->n_levels, &comparison->table, error);
}

static bool find_metric(const char *function, enum pd_lane_metric *metric)
{
    static const char *const names[] = { "jaro_similarity", "jaro_winkler_similarity", "levenshtein" };
    size_t i = 0;
    while (i < sizeof names / sizeof *names && strcmp(names[i], function) != 0) i++;
    *metric = (enum pd_lane_metric)i; /* in the order of the names */
    return i < sizeof names / sizeof *names;
}

/* Where the similarity of a comparison is one of two columns of texts, it can be computed for many pairs at once.
 * Values beyond the outermost constant it is compared with need not be known. */
static enum padan_status make_cutoff(struct pd_plan *plan, struct pd_plan_comparison *comparison,
                                     struct padan_error *error)
{
    const struct pd_level_table *table = comparison->table;
    if (table == NULL || table->similarity == NULL) return PADAN_OK;
    const struct pd_slot *slot = &plan->conditions.slots[table->similarity->slot];
    const struct pd_column *columns = plan->conditions.deriver->table->columns;
    enum pd_lane_metric metric;
    if (!find_metric(slot->kernel->function, &metric) || !(table->cuts[0] >= 0)) return PADAN_OK;
    if (!pd_encoding_is_own_code(columns[slot->left].encoding) ||
        !pd_encoding_is_own_code(columns[slot->right].encoding))
        return PADAN_OK;
    struct pd_lane_cutoff *cutoffs = NULL;
    PD_TRY(pd_arena_allocate(&plan->conditions.arena, &cutoffs, table->n_cuts * sizeof *cutoffs, error));
    for (size_t i = 0; i < table->n_cuts; i++) pd_lane_cutoff_make(metric, table->cuts[i], &cutoffs[i]);
    comparison->cutoffs = cutoffs;
    comparison->cutoff = &cutoffs[slot->kernel->similarity ? 0 : table->n_cuts - 1];
    return PADAN_OK;
}

/* Cheap comparisons first; among equals, those with more to give. */
static int by_cost(const void *a, const void *b)
{
    const struct pd_plan_comparison *x = a;
    const struct pd_plan_comparison *y = b;
    if (x->cost / 16 != y->cost / 16) return x->cost / 16 < y->cost / 16 ? -1 : 1;
    if (x->largest != y->largest) return x->largest > y->largest ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static enum padan_status make_comparisons(const struct pd_model *model, struct pd_plan *plan, struct padan_error *error)
{
    size_t n_levels = 0;
    const size_t n = model->n_comparisons;
    for (size_t i = 0; i < n; i++) n_levels += model->comparisons[i].n_levels;
    PD_TRY(pd_allocate(&plan->frequencies, n_levels, sizeof *plan->frequencies, error));
    PD_TRY(pd_arena_allocate(&plan->conditions.arena, &plan->comparisons, n * sizeof *plan->comparisons, error));
    PD_TRY(pd_arena_allocate(&plan->conditions.arena, &plan->still, (n + 1) * sizeof *plan->still, error));
    for (size_t i = 0; i < n; i++) {
        PD_TRY(make_comparison(model, i, plan, &plan->comparisons[i], error));
        PD_TRY(make_table(plan, &plan->comparisons[i], error));
        PD_TRY(make_cutoff(plan, &plan->comparisons[i], error));
        plan->n_comparisons++;
    }
    qsort(plan->comparisons, n, sizeof *plan->comparisons, by_cost);
    plan->still[n] = 0;
    for (size_t i = n; i > 0; i--) plan->still[i - 1] = plan->still[i] + plan->comparisons[i - 1].largest;
    return PADAN_OK;
}

enum padan_status pd_plan_make(const struct pd_model *model, struct pd_deriver *deriver, struct pd_plan *plan,
                               struct padan_error *error)
{
    *plan = (struct pd_plan){ .model = model, .conditions = { .deriver = deriver } };
    enum padan_status status = pd_source_weights_make(model, deriver->table, &plan->sources, error);
    if (status == PADAN_OK) status = make_comparisons(model, plan, error);
    if (status != PADAN_OK) pd_plan_reset(plan);
    return status;
}

enum padan_status pd_plan_add_residuals(struct pd_plan *plan, struct pd_expression ***conditions,
                                        const size_t *n_conditions, size_t n_passes, struct padan_error *error)
{
    struct pd_arena *arena = &plan->conditions.arena;
    plan->n_residuals = n_conditions;
    PD_TRY(pd_arena_allocate(arena, &plan->residuals, (n_passes + 1) * sizeof *plan->residuals, error));
    for (size_t pass = 0; pass < n_passes; pass++) {
        PD_TRY(pd_arena_allocate(arena, &plan->residuals[pass], (n_conditions[pass] + 1) * sizeof **plan->residuals,
                                 error));
        for (size_t i = 0; i < n_conditions[pass]; i++)
            PD_TRY(pd_condition_compile(&plan->conditions, conditions[pass][i], &plan->residuals[pass][i], error));
    }
    return PADAN_OK;
}

enum padan_status pd_plan_prepare(struct pd_plan *plan, struct padan_error *error)
{
    return pd_conditions_prepare(&plan->conditions, error);
}

void pd_plan_reset(struct pd_plan *plan)
{
    for (size_t i = 0; i < plan->n_frequencies; i++) pd_term_frequency_reset(&plan->frequencies[i]);
    pd_free(plan->frequencies);
    pd_conditions_reset(&plan->conditions);
    pd_source_weights_reset(&plan->sources);
    *plan = (struct pd_plan){ 0 };
}

pd_weight pd_plan_weight(const struct pd_plan *plan, const struct pd_plan_level *level, uint32_t left, uint32_t right)
{
    if (level->frequency == NULL) return level->weight;
    return level->weight + pd_term_frequency_add(level->frequency, plan->conditions.deriver->table, left, right);
}

/* The first level whose condition is true. A comparison without ELSE may have none; then it says nothing, as Splink's
 * NULL does. */
unsigned pd_plan_find_level(const struct pd_plan *plan, struct pd_condition_worker *worker,
                            const struct pd_plan_comparison *comparison)
{
    if (comparison->table != NULL) return pd_level_table_find(comparison->table, &plan->conditions, worker);
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (pd_condition_test(&plan->conditions, worker, &comparison->levels[i].test) == PD_TRUE) return (unsigned)i;
    return PD_LEVEL_NONE;
}

bool pd_plan_score(const struct pd_plan *plan, struct pd_condition_worker *worker, uint32_t left, uint32_t right,
                   pd_weight needed, int8_t *gammas, pd_weight *weight)
{
    pd_weight sum =
        plan->sources.priors[pd_source_pair_index(&plan->sources, plan->conditions.deriver->table, left, right)];
    pd_condition_begin(worker, left, right);
    for (size_t i = 0; i < plan->n_comparisons; i++) {
        const struct pd_plan_comparison *comparison = &plan->comparisons[i];
        const unsigned level = pd_plan_find_level(plan, worker, comparison);
        gammas[comparison->index] = (int8_t)(level == PD_LEVEL_NONE ? -1 : comparison->levels[level].gamma);
        if (level != PD_LEVEL_NONE) sum += pd_plan_weight(plan, &comparison->levels[level], left, right);
        if (needed != INT64_MIN && sum + plan->still[i + 1] < needed) return false;
    }
    *weight = sum;
    return needed == INT64_MIN || sum >= needed;
}

bool pd_plan_residual(const struct pd_plan *plan, struct pd_condition_worker *worker, size_t pass, uint32_t left,
                      uint32_t right)
{
    pd_condition_begin(worker, left, right);
    for (size_t i = 0; i < plan->n_residuals[pass]; i++)
        if (pd_condition_test(&plan->conditions, worker, &plan->residuals[pass][i]) != PD_TRUE) return false;
    return true;
}

const struct pd_plan_level *pd_plan_level_of(const struct pd_plan *plan, size_t index, int gamma)
{
    for (size_t i = 0; i < plan->n_comparisons; i++) {
        const struct pd_plan_comparison *comparison = &plan->comparisons[i];
        if (comparison->index != index) continue;
        for (size_t j = 0; j < comparison->n_levels; j++)
            if (comparison->levels[j].gamma == gamma) return &comparison->levels[j];
    }
    return NULL;
}

pd_weight pd_plan_level_weight(const struct pd_plan *plan, size_t index, int gamma, uint32_t left, uint32_t right)
{
    const struct pd_plan_level *level = pd_plan_level_of(plan, index, gamma);
    return level == NULL ? 0 : pd_plan_weight(plan, level, left, right);
}

static const char *test_name(enum pd_test_kind kind)
{
    static const char *const names[] = { "always", "and",   "or",      "not",     "is null",
                                         "equal",  "truth", "similar", "numbers", "INTERPRETED" };
    return names[kind];
}

static void print_test(const struct pd_plan *plan, const struct pd_test *test, struct pd_buffer *out)
{
    const struct pd_table *table = plan->conditions.deriver->table;
    pd_append_string(out, test_name(test->kind));
    if (test->kind == PD_TEST_SIMILARITY) {
        const struct pd_slot *slot = &plan->conditions.slots[test->slot];
        pd_append_format(out, " %s(slot %u)", slot->kernel->function, test->slot);
    }
    if (test->kind == PD_TEST_SAME || test->kind == PD_TEST_NULL || test->kind == PD_TEST_TRUTH)
        pd_append_format(out, " %.*s", PD_TEXT_ARGS(table->columns[test->column].name));
    if (test->n_children == 0) return;
    pd_append_string(out, " (");
    for (size_t i = 0; i < test->n_children; i++) {
        if (i > 0) pd_append_string(out, "; ");
        print_test(plan, &test->children[i], out);
    }
    pd_append_string(out, ")");
}

void pd_plan_print(const struct pd_plan *plan, struct pd_buffer *out)
{
    for (size_t i = 0; i < plan->n_comparisons; i++) {
        const struct pd_plan_comparison *comparison = &plan->comparisons[i];
        const struct pd_comparison *model = &plan->model->comparisons[comparison->index];
        pd_append_format(out, "%zu. %.*s: cost %u, gives at most %.3f bits, later ones at most %.3f%s\n", i + 1,
                         PD_TEXT_ARGS(model->name), comparison->cost, pd_weight_to_double(comparison->largest),
                         pd_weight_to_double(plan->still[i + 1]), comparison->cutoff == NULL ? "" : ", in lanes");
        for (size_t j = 0; j < comparison->n_levels; j++) {
            pd_append_format(out, "     %2d  ", comparison->levels[j].gamma);
            print_test(plan, &comparison->levels[j].test, out);
            pd_append_byte(out, '\n');
        }
    }
    pd_append_format(out, "%zu similarity slots, %zu tests interpreted\n", plan->conditions.n_slots,
                     plan->conditions.n_interpreted);
}

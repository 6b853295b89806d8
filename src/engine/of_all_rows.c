/* SPDX-License-Identifier: MIT
 * What a model asks of all rows together, where the engine has a part of them (blocks that lie on several machines):
 * another part would answer otherwise, and pairs would have other weights or keys than in one run. */
#include "compare/kernel.h"
#include "engine/state.h"
#include "model/frequencies.h"

#include <math.h>

static const struct pd_function *find_of_columns(const struct pd_expression *expression)
{
    const struct pd_function *found = NULL;
    if (expression == NULL) return NULL;
    if (expression->function != NULL) {
        const struct pd_kernel *kernel = pd_kernel_find(pd_text_of(expression->function->name));
        if (kernel != NULL && kernel->of_columns) return expression->function;
    }
    for (size_t i = 0; i < expression->n_children && found == NULL; i++)
        found = find_of_columns(expression->children[i]);
    return found;
}

static enum padan_status check_condition(const struct pd_expression *condition, struct padan_error *error)
{
    const struct pd_function *function = find_of_columns(condition);
    if (function == NULL) return PADAN_OK;
    PD_FAIL(error, PADAN_UNSUPPORTED, "%s goes by the texts of all rows, and blocks are a part of them: leave it out",
            function->name);
}

/* The model itself says how frequent values of the column are. */
static bool brings_frequencies(const struct pd_model *model, struct pd_text column)
{
    for (size_t i = 0; i < model->n_tf_expressions; i++)
        if (pd_text_equal(model->tf_expressions[i].column, column)) return true;
    return model->frequencies != NULL && !isnan(pd_frequencies_share(model->frequencies, column, PD_TEXT("")));
}

static enum padan_status check_comparison(const struct pd_model *model, const struct pd_comparison *comparison,
                                          struct padan_error *error)
{
    for (size_t i = 0; i < comparison->n_levels && !comparison->is_absent; i++) {
        const struct pd_text column = comparison->levels[i].tf_column;
        PD_TRY(check_condition(comparison->levels[i].condition, error));
        if (column.length > 0 && !brings_frequencies(model, column))
            PD_FAIL(error, PADAN_UNSUPPORTED,
                    "comparison %.*s weighs values of %.*s by how many rows have them, and blocks are a part of the "
                    "rows: train the model, which counts them once, and name its file, or leave "
                    "tf_adjustment_column out",
                    PD_TEXT_ARGS(comparison->name), PD_TEXT_ARGS(column));
    }
    return PADAN_OK;
}

static enum padan_status check_rule(const struct pd_blocking_rule *rule, struct padan_error *error)
{
    if (rule->words.n_texts > 0)
        PD_FAIL(error, PADAN_UNSUPPORTED,
                "rule %.*s is over words that few of all rows have (padan_words), and blocks are a part of the rows: "
                "leave it out",
                PD_TEXT_ARGS(rule->sql));
    return check_condition(rule->condition, error);
}

enum padan_status pd_engine_check_part_suffices(const struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_model *model = &engine->model;
    if (model->matches_per_record > 0)
        PD_FAIL(error, PADAN_UNSUPPORTED,
                "padan_matches_per_record goes by the number of all rows, and blocks are a part of them: give "
                "probability_two_random_records_match instead");
    if (model->members.n_columns > 0)
        PD_FAIL(error, PADAN_UNSUPPORTED,
                "padan_household_members looks at all pairs of a household, and blocks have a part of them: leave it "
                "out");
    for (size_t i = 0; i < model->n_rules; i++) PD_TRY(check_rule(&model->rules[i], error));
    for (size_t i = 0; i < model->n_comparisons; i++) PD_TRY(check_comparison(model, &model->comparisons[i], error));
    return PADAN_OK;
}

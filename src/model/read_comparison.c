/* SPDX-License-Identifier: MIT
 * Comparisons and levels of a model file. Rules of the file format: docs/conditions.md, after Splink 4 and 5. */
#include "base/buffer.h"
#include "model/columns.h"
#include "model/own_keys.h"
#include "model/read_level.h"

#include <math.h>
#include <stdio.h>

static const char not_observed[] = "level not observed in training dataset";
static const double NOT_OBSERVED = 1e-6; /* Splink's stand-in */
static const double LEAST = 1e-300;
/* Defaults of m, and of match weights in bits: the top level, the one below it, the lowest. */
static const double DEFAULT_TOP_M = 0.95;
static const double DEFAULT_TOP_BITS = 10, DEFAULT_BELOW_BITS = 3, DEFAULT_BOTTOM_BITS = -5;

/* From 0 on. Splink's own models have an m over 1 where a weight was wanted that no probability gives (u being 1). */
static enum padan_status read_probability(const struct pd_model_reader *reader, const struct pd_node *node,
                                          const char *key, double *out, bool *found)
{
    const struct pd_node *value = pd_node_get(node, key);
    *found = false;
    if (pd_node_is_null(value)) return PADAN_OK;
    if (pd_text_starts(value->text, PD_TEXT(not_observed))) {
        *out = NOT_OBSERVED;
        *found = true;
        return PADAN_OK;
    }
    PD_TRY(pd_model_number(reader, node, key, out, found));
    if (!(*out >= 0 && isfinite(*out))) return pd_model_wrong(reader, value, "%s must be a number from 0 on", key);
    return PADAN_OK;
}

static enum padan_status read_condition(const struct pd_model_reader *reader, const struct pd_node *node,
                                        const struct pd_comparison *comparison, struct pd_level *level)
{
    char where[256];
    PD_TRY(pd_model_text(reader, node, "sql_condition", &level->sql));
    if (level->sql.length == 0) return pd_model_wrong(reader, node, "a level needs sql_condition");
    if (pd_text_same_name(level->sql, PD_TEXT("ELSE"))) return PADAN_OK;
    if (comparison->name.length > 0)
        (void)snprintf(where, sizeof where, "%s:%u, comparison %.*s", reader->name, node->line,
                       PD_TEXT_ARGS(comparison->name));
    else
        (void)snprintf(where, sizeof where, "%s:%u, comparison %zu", reader->name, node->line,
                       reader->model->n_comparisons + 1);
    return pd_expression_parse(&reader->model->arena, level->sql, PD_MODE_LEVEL, reader->functions, where,
                               &level->condition, reader->error);
}

static enum padan_status read_tf(const struct pd_model_reader *reader, const struct pd_node *node,
                                 struct pd_level *level)
{
    bool found = false;
    level->tf_weight = 1;
    PD_TRY(pd_model_text(reader, node, "tf_adjustment_column", &level->tf_column));
    level->tf_column = pd_model_unquoted(level->tf_column);
    PD_TRY(pd_model_number(reader, node, "tf_adjustment_weight", &level->tf_weight, &found));
    PD_TRY(pd_model_number(reader, node, "tf_minimum_u_value", &level->tf_minimum_u, &found));
    return pd_model_flag(reader, node, "disable_tf_exact_match_detection", &level->tf_disable_exact_match_detection);
}

static enum padan_status read_level(const struct pd_model_reader *reader, const struct pd_node *node,
                                    const struct pd_comparison *comparison, struct pd_level *level, bool *has_weight)
{
    static const char *const known[] = { "sql_condition",
                                         "label_for_charts",
                                         "is_null_level",
                                         "m_probability",
                                         "u_probability",
                                         "fix_m_probability",
                                         "fix_u_probability",
                                         "tf_adjustment_column",
                                         "tf_adjustment_weight",
                                         "tf_minimum_u_value",
                                         "disable_tf_exact_match_detection",
                                         "padan_weight",
                                         NULL };
    double bits = 0;
    if (node->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, node, "a comparison level is a mapping");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "label_for_charts", &level->label));
    PD_TRY(pd_model_flag(reader, node, "is_null_level", &level->is_null_level));
    PD_TRY(pd_model_flag(reader, node, "fix_m_probability", &level->fix_m));
    PD_TRY(pd_model_flag(reader, node, "fix_u_probability", &level->fix_u));
    PD_TRY(read_probability(reader, node, "m_probability", &level->m, &level->has_m));
    PD_TRY(read_probability(reader, node, "u_probability", &level->u, &level->has_u));
    PD_TRY(read_condition(reader, node, comparison, level));
    PD_TRY(read_tf(reader, node, level));
    PD_TRY(pd_model_number(reader, node, "padan_weight", &bits, has_weight));
    if (*has_weight) level->weight = pd_weight_of_bits(bits);
    return PADAN_OK;
}

/* Splink's numbering: -1 for null, else from the number of other levels less one down to 0. */
static void number_levels(struct pd_comparison *comparison)
{
    int gamma = -1;
    for (size_t i = 0; i < comparison->n_levels; i++) gamma += !comparison->levels[i].is_null_level;
    for (size_t i = 0; i < comparison->n_levels; i++)
        comparison->levels[i].gamma = comparison->levels[i].is_null_level ? -1 : gamma--;
}

/* Absent m and u: Splink's defaults. m is .95 at the top and the rest split evenly; u makes the weights 10 bits at the
 * top and evenly spaced from -5 to 3 below it. A lone level says nothing. */
static double default_m(const struct pd_level *level, int n_levels)
{
    if (n_levels == 1) return 1;
    return level->gamma == n_levels - 1 ? DEFAULT_TOP_M : (1 - DEFAULT_TOP_M) / (n_levels - 1);
}

static double default_u(const struct pd_level *level, int n_levels)
{
    if (n_levels == 1) return 1;
    const double step = n_levels > 2 ? (DEFAULT_BELOW_BITS - DEFAULT_BOTTOM_BITS) / (n_levels - 2) : 0;
    const double bits = level->gamma == n_levels - 1 ? DEFAULT_TOP_BITS : DEFAULT_BOTTOM_BITS + step * level->gamma;
    return default_m(level, n_levels) / exp2(bits);
}

static void complete_probabilities(struct pd_comparison *comparison)
{
    int n = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) n += !comparison->levels[i].is_null_level;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        if (!level->has_m) level->m = default_m(level, n);
        if (!level->has_u) level->u = default_u(level, n);
        if (level->m < LEAST) level->m = LEAST;
        if (level->u < LEAST) level->u = LEAST;
    }
}

static enum padan_status read_description(const struct pd_model_reader *reader, const struct pd_node *node,
                                          struct pd_comparison *comparison)
{
    struct pd_text own_keys;
    PD_TRY(pd_model_text(reader, node, "comparison_description", &comparison->description));
    pd_own_keys_part(comparison->description, &comparison->description, &own_keys);
    return PADAN_OK;
}

/* As Splink calls a comparison without a name: after the one column that its levels read, or custom_ and all of them
 * (in the order in which they are read; Splink's is by chance within a level). */
static enum padan_status name_by_columns(const struct pd_model_reader *reader, struct pd_comparison *comparison)
{
    struct pd_arena *arena = &reader->model->arena;
    struct pd_buffer name = { .data = NULL };
    struct pd_text *columns = NULL;
    size_t n = 0;
    PD_TRY(pd_comparison_columns(comparison, arena, &columns, &n, reader->error));
    if (n == 1) return pd_arena_copy(arena, columns[0], &comparison->name, reader->error);
    pd_append_string(&name, "custom");
    for (size_t i = 0; i < n; i++) pd_append_format(&name, "_%.*s", PD_TEXT_ARGS(columns[i]));
    enum padan_status status = pd_buffer_status(&name, reader->error);
    if (status == PADAN_OK)
        status = pd_arena_copy(arena, (struct pd_text){ name.data, name.length }, &comparison->name, reader->error);
    pd_buffer_reset(&name);
    return status;
}

/* The name as columns of results have it. */
static enum padan_status make_column_name(const struct pd_model_reader *reader, struct pd_comparison *comparison)
{
    char *column = NULL;
    PD_TRY(pd_arena_allocate(&reader->model->arena, &column, comparison->name.length + 1, reader->error));
    for (size_t i = 0; i < comparison->name.length; i++) {
        const char byte = comparison->name.data[i];
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        column[i] = plain ? byte : '_';
    }
    comparison->column_name = (struct pd_text){ column, comparison->name.length };
    return PADAN_OK;
}

/* has_weight: for each level, whether the model gives its weight. */
static enum padan_status read_levels(const struct pd_model_reader *reader, const struct pd_node *node,
                                     struct pd_comparison *comparison, bool *has_weight)
{
    const struct pd_node *levels = pd_node_get(node, "comparison_levels");
    if (pd_node_is_null(levels) || levels->kind != PD_NODE_SEQUENCE || levels->n_children == 0)
        return pd_model_wrong(reader, node, "comparison %.*s needs comparison_levels", PD_TEXT_ARGS(comparison->name));
    if (levels->n_children > PD_LEVELS_MAX) return pd_model_wrong(reader, levels, "more than %d levels", PD_LEVELS_MAX);
    PD_TRY(pd_arena_allocate(&reader->model->arena, &comparison->levels,
                             levels->n_children * sizeof *comparison->levels, reader->error));
    for (size_t i = 0; i < levels->n_children; i++) {
        if (i > 0 && comparison->levels[i - 1].condition == NULL)
            return pd_model_wrong(reader, levels->items[i], "comparison %.*s: no pair reaches a level behind ELSE",
                                  PD_TEXT_ARGS(comparison->name));
        PD_TRY(read_level(reader, levels->items[i], comparison, &comparison->levels[i], &has_weight[i]));
        comparison->n_levels++;
    }
    return PADAN_OK;
}

enum padan_status pd_model_read_comparison(const struct pd_model_reader *reader, const struct pd_node *node,
                                           struct pd_comparison *comparison)
{
    static const char *const known[] = { "output_column_name", "comparison_levels", "comparison_description", NULL };
    bool has_weight[PD_LEVELS_MAX] = { false };
    if (node->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, node, "a comparison is a mapping");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "output_column_name", &comparison->name));
    PD_TRY(read_description(reader, node, comparison));
    PD_TRY(read_levels(reader, node, comparison, has_weight));
    if (comparison->name.length == 0) PD_TRY(name_by_columns(reader, comparison));
    PD_TRY(make_column_name(reader, comparison));
    number_levels(comparison);
    complete_probabilities(comparison);
    for (size_t i = 0; i < comparison->n_levels; i++) {
        struct pd_level *level = &comparison->levels[i];
        if (!has_weight[i] && !level->is_null_level) level->weight = pd_weight_of_ratio(level->m / level->u);
    }
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT */
#include "model/strong_fields.h"

static bool reads(const struct pd_expression *expression, struct pd_text column)
{
    if (expression == NULL) return false;
    if (expression->op == PD_OP_COLUMN) return pd_text_same_name(expression->column, column);
    for (size_t i = 0; i < expression->n_children; i++)
        if (reads(expression->children[i], column)) return true;
    return false;
}

static bool comparison_reads(const struct pd_comparison *comparison, struct pd_text column)
{
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (reads(comparison->levels[i].condition, column)) return true;
    return false;
}

/* Some column of the expression is read by the comparison. */
static bool shares(const struct pd_expression *expression, const struct pd_comparison *comparison)
{
    if (expression == NULL) return false;
    if (expression->op == PD_OP_COLUMN) return comparison_reads(comparison, expression->column);
    for (size_t i = 0; i < expression->n_children; i++)
        if (shares(expression->children[i], comparison)) return true;
    return false;
}

static bool share_column(const struct pd_comparison *a, const struct pd_comparison *b)
{
    for (size_t i = 0; i < a->n_levels; i++)
        if (shares(a->levels[i].condition, b)) return true;
    return false;
}

/* Gives comparison j and whatever shares its field the field of i. */
static void join_fields(struct pd_strong_fields *strong, size_t i, size_t j)
{
    const uint64_t from = strong->fields[j], to = strong->fields[i];
    for (size_t k = 0; k < strong->n_comparisons; k++)
        if (strong->fields[k] == from) strong->fields[k] = to;
}

void pd_strong_fields_make(struct pd_strong_fields *strong, const struct pd_model *model)
{
    *strong = (struct pd_strong_fields){ .n_comparisons = model->n_comparisons };
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        strong->fields[i] = UINT64_C(1) << i;
        for (size_t j = 0; j < comparison->n_levels; j++) {
            const struct pd_level *level = &comparison->levels[j];
            const bool is_strong = !level->is_null_level && pd_weight_to_double(level->weight) >= PD_STRONG_BITS;
            strong->strong[i] |= (uint64_t)is_strong << (level->gamma + 1);
        }
    }
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = i + 1; j < model->n_comparisons; j++)
            if (share_column(&model->comparisons[i], &model->comparisons[j])) join_fields(strong, i, j);
}

unsigned pd_strong_fields_count(const struct pd_strong_fields *strong, const int8_t *gammas)
{
    uint64_t fields = 0;
    for (size_t i = 0; i < strong->n_comparisons; i++)
        if ((strong->strong[i] >> (gammas[i] + 1) & 1) != 0) fields |= strong->fields[i];
    return (unsigned)__builtin_popcountll(fields);
}

unsigned pd_strong_fields_most(const struct pd_strong_fields *strong)
{
    uint64_t fields = 0;
    for (size_t i = 0; i < strong->n_comparisons; i++)
        if (strong->strong[i] != 0) fields |= strong->fields[i];
    return (unsigned)__builtin_popcountll(fields);
}

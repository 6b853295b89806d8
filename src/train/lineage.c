/* SPDX-License-Identifier: MIT */
#include "train/lineage.h"

static struct pd_text origin_of(const struct pd_lineage *lineage, struct pd_text column)
{
    const struct pd_text origin = lineage->origin == NULL ? PD_TEXT("") : lineage->origin(lineage->context, column);
    return origin.length > 0 ? origin : column;
}

/* expression reads a column with this origin. */
static bool reads(const struct pd_lineage *lineage, const struct pd_expression *expression, struct pd_text origin)
{
    if (expression->op == PD_OP_COLUMN) return pd_text_same_name(origin_of(lineage, expression->column), origin);
    for (size_t i = 0; i < expression->n_children; i++)
        if (reads(lineage, expression->children[i], origin)) return true;
    return false;
}

bool pd_lineage_shared(const struct pd_lineage *lineage, const struct pd_expression *a, const struct pd_expression *b)
{
    if (a->op == PD_OP_COLUMN) return reads(lineage, b, origin_of(lineage, a->column));
    for (size_t i = 0; i < a->n_children; i++)
        if (pd_lineage_shared(lineage, a->children[i], b)) return true;
    return false;
}

uint64_t pd_lineage_mask(const struct pd_lineage *lineage, const struct pd_model *model,
                         const struct pd_expression *rule)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) {
            const struct pd_expression *condition = model->comparisons[i].levels[j].condition;
            if (condition != NULL && pd_lineage_shared(lineage, rule, condition)) mask |= UINT64_C(1) << i;
        }
    return mask;
}

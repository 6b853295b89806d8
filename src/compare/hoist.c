/* SPDX-License-Identifier: MIT */
#include "compare/hoist.h"

/* Does computing it take more than a few ns? Plain columns and sums of them are not worth a column of their own. */
static bool is_dear(const struct pd_expression *expression)
{
    switch (expression->op) {
    case PD_OP_CALL:
    case PD_OP_CAST:
    case PD_OP_CASE:
    case PD_OP_CONCAT:
    case PD_OP_IN: return true;
    default: break;
    }
    for (size_t i = 0; i < expression->n_children; i++)
        if (is_dear(expression->children[i])) return true;
    return false;
}

static enum padan_status copy_node(struct pd_arena *arena, const struct pd_expression *expression,
                                   struct pd_expression **out, struct padan_error *error)
{
    PD_TRY(pd_arena_allocate(arena, out, sizeof **out, error));
    **out = *expression;
    return PADAN_OK;
}

/* The part as a column of its side. */
static enum padan_status hoist(struct pd_deriver *deriver, struct pd_arena *arena,
                               const struct pd_expression *expression, const struct pd_expression **out,
                               struct padan_error *error)
{
    struct pd_expression *column = NULL;
    PD_TRY(copy_node(arena, expression, &column, error));
    column->op = PD_OP_COLUMN;
    column->side = expression->sides;
    column->n_children = 0;
    column->children = NULL;
    column->function = NULL;
    column->prepared = NULL;
    PD_TRY(pd_derive(deriver, expression, &column->column_index, error));
    *out = column;
    return PADAN_OK;
}

enum padan_status pd_hoist_parts(struct pd_deriver *deriver, struct pd_arena *arena,
                                 const struct pd_expression *expression, const struct pd_expression **out,
                                 struct padan_error *error)
{
    const bool one_sided = expression->sides == PD_SIDE_LEFT || expression->sides == PD_SIDE_RIGHT;
    struct pd_expression *copy = NULL;
    *out = expression;
    if (expression->n_children == 0 || expression->sides == PD_SIDE_NONE || !is_dear(expression)) return PADAN_OK;
    if (one_sided && pd_derivable(expression)) return hoist(deriver, arena, expression, out, error);
    PD_TRY(copy_node(arena, expression, &copy, error));
    PD_TRY(pd_arena_allocate(arena, &copy->children, copy->n_children * sizeof(struct pd_expression *), error));
    for (size_t i = 0; i < copy->n_children; i++) {
        const struct pd_expression *part = NULL;
        PD_TRY(pd_hoist_parts(deriver, arena, expression->children[i], &part, error));
        copy->children[i] = (struct pd_expression *)(uintptr_t)part;
    }
    *out = copy;
    return PADAN_OK;
}

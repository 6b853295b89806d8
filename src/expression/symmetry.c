/* SPDX-License-Identifier: MIT
 * Whether a condition says the same of (a, b) and of (b, a): a tree is compared with itself, the sides of one
 * exchanged. What may change places without changing the value is tried both ways: operands of =, <>, +, *, AND, OR and
 * of symmetric functions, a < b and b > a, the difference under abs, the lists of which elements in common are counted.
 */
#include "expression/values.h"

#include <string.h>

static bool is_mirrored(const struct pd_expression *a, const struct pd_expression *b);

enum pd_operator pd_operator_mirrored(enum pd_operator op)
{
    switch (op) {
    case PD_OP_LESS: return PD_OP_GREATER;
    case PD_OP_LESS_EQUAL: return PD_OP_GREATER_EQUAL;
    case PD_OP_GREATER: return PD_OP_LESS;
    case PD_OP_GREATER_EQUAL: return PD_OP_LESS_EQUAL;
    default: return op;
    }
}

static bool is_call(const struct pd_expression *expression, const char *name)
{
    return expression->op == PD_OP_CALL && strcmp(expression->function->name, name) == 0;
}

static bool commutes(const struct pd_expression *expression)
{
    switch (expression->op) {
    case PD_OP_OR:
    case PD_OP_AND:
    case PD_OP_EQUAL:
    case PD_OP_UNEQUAL:
    case PD_OP_ADD:
    case PD_OP_MULTIPLY: return true;
    case PD_OP_PAIRWISE: return expression->function->symmetric;
    case PD_OP_CALL: return expression->function->symmetric && expression->n_children == 2;
    default: return false;
    }
}

static bool same_order(const struct pd_expression *a, const struct pd_expression *b)
{
    for (size_t i = 0; i < a->n_children; i++)
        if (!is_mirrored(a->children[i], b->children[i])) return false;
    return true;
}

static bool crosswise(const struct pd_expression *a, const struct pd_expression *b)
{
    return a->n_children == 2 && b->n_children == 2 && is_mirrored(a->children[0], b->children[1]) &&
           is_mirrored(a->children[1], b->children[0]);
}

/* Every operand of a has one of its own in b. Mirrored trees are classes, so the first that fits will do. */
static bool any_order(const struct pd_expression *a, const struct pd_expression *b)
{
    enum { OPERANDS_MAX = 64 };
    uint64_t used = 0;
    if (a->n_children > OPERANDS_MAX) return same_order(a, b);
    for (size_t i = 0; i < a->n_children; i++) {
        size_t j = 0;
        while (j < b->n_children && ((used >> j & 1) != 0 || !is_mirrored(a->children[i], b->children[j]))) j++;
        if (j == b->n_children) return false;
        used |= UINT64_C(1) << j;
    }
    return true;
}

/* abs(x - y), array_length(list_intersect(x, y)): the call does not see in which order its operand has them. */
static bool operand_turns(const struct pd_expression *a, const struct pd_expression *b)
{
    if (a->n_children != 1 || a->children[0]->op != b->children[0]->op) return false;
    if (is_call(a, "abs") && a->children[0]->op == PD_OP_SUBTRACT) return crosswise(a->children[0], b->children[0]);
    return is_call(a, "array_length") && is_call(a->children[0], "list_intersect") &&
           is_call(b->children[0], "list_intersect") && crosswise(a->children[0], b->children[0]);
}

/* The two nodes alone: columns are those of the other side. */
static bool mirrored_nodes(const struct pd_expression *a, const struct pd_expression *b)
{
    if (!pd_expression_same_node(a, b, false)) return false;
    return a->op != PD_OP_COLUMN || (a->side ^ b->side) == (a->side == PD_SIDE_NONE ? 0U : PD_SIDE_BOTH);
}

/* Is b what a becomes when left and right change places? */
static bool is_mirrored(const struct pd_expression *a, const struct pd_expression *b)
{
    const enum pd_operator mirrored = pd_operator_mirrored(a->op);
    if (mirrored != a->op && b->op == mirrored) return crosswise(a, b);
    if (!mirrored_nodes(a, b)) return false;
    if (commutes(a)) return any_order(a, b);
    return same_order(a, b) || (a->op == PD_OP_CALL && operand_turns(a, b));
}

bool pd_expression_is_symmetric(const struct pd_expression *expression)
{
    return is_mirrored(expression, expression);
}

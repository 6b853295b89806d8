/* SPDX-License-Identifier: MIT */
#include "score/outcomes.h"

static bool reads_known_only(const struct pd_expression *expression, int end)
{
    if (expression->op == PD_OP_COLUMN) return expression->column_index < end;
    for (size_t i = 0; i < expression->n_children; i++)
        if (!reads_known_only(expression->children[i], end)) return false;
    return true;
}

/* Outcomes of AND: true needs all to be, false or NULL is what some child may be; of OR with true and false exchanged.
 * A set may hold more than can be, never less. */
static unsigned outcomes_of_logic(const struct pd_expression *expression, const struct pd_known *known,
                                  struct pd_evaluator *evaluator)
{
    const bool all = expression->op == PD_OP_AND;
    const unsigned neutral = all ? PD_MAY_BE_TRUE : PD_MAY_BE_FALSE, decisive = all ? PD_MAY_BE_FALSE : PD_MAY_BE_TRUE;
    unsigned every = neutral, some = 0;
    for (size_t i = 0; i < expression->n_children; i++) {
        const unsigned child = pd_outcomes(expression->children[i], known, evaluator);
        if (child == decisive) return decisive;
        every &= child;
        some |= child;
    }
    return every | (some & ~neutral);
}

unsigned pd_outcomes(const struct pd_expression *expression, const struct pd_known *known,
                     struct pd_evaluator *evaluator)
{
    if (expression->op == PD_OP_AND || expression->op == PD_OP_OR)
        return outcomes_of_logic(expression, known, evaluator);
    if (expression->op == PD_OP_NOT) {
        const unsigned child = pd_outcomes(expression->children[0], known, evaluator);
        return (child & PD_MAY_BE_NULL) | (child & PD_MAY_BE_FALSE ? PD_MAY_BE_TRUE : 0) |
               (child & PD_MAY_BE_TRUE ? PD_MAY_BE_FALSE : 0);
    }
    if (!reads_known_only(expression, known->end)) return PD_MAY_BE_ANYTHING;
    const struct pd_value value = pd_expression_evaluate(expression, known->row, evaluator);
    const unsigned outcome = value.null ? PD_MAY_BE_NULL : pd_value_is_true(value) ? PD_MAY_BE_TRUE : PD_MAY_BE_FALSE;
    pd_evaluator_clear(evaluator);
    return outcome;
}

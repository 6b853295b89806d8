/* SPDX-License-Identifier: MIT
 * What a condition may be when only some of its values are known: a set of false, true, NULL, which may hold more than
 * can be and never less. Parts that read known values alone are evaluated by the interpreter; the rest may be anything;
 * AND, OR and NOT join the sets as Kleene's logic joins values. */
#ifndef PD_SCORE_OUTCOMES_H
#define PD_SCORE_OUTCOMES_H

#include "expression/expression.h"

enum { PD_MAY_BE_FALSE = 1, PD_MAY_BE_TRUE = 2, PD_MAY_BE_NULL = 4, PD_MAY_BE_ANYTHING = 7 };

/* Columns with an index below end are known, and read through row. */
struct pd_known {
    const struct pd_row_reader *row;
    int end;
};

/* PD_MAY_BE bits of a bound condition. */
unsigned pd_outcomes(const struct pd_expression *expression, const struct pd_known *known,
                     struct pd_evaluator *evaluator);

#endif

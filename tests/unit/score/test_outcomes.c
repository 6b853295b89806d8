/* SPDX-License-Identifier: MIT
 * What a condition may be from a part of its values, against every completion of the others. */
#include "score/outcomes.h"

#include "expression/values.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_VALUES = 4, N_KNOWN = 2, N_CHOICES = 3 }; /* a, b are known, x, y are not; each is 0, 1 or NULL */

static int find(const void *context, struct pd_text name, enum pd_type *type)
{
    (void)context;
    *type = PD_TYPE_INT;
    const char *const names = "abxy";
    for (int i = 0; i < N_VALUES; i++)
        if (name.length == 1 && names[i] == name.data[0]) return i;
    return -1;
}

static struct pd_value read_value(void *context, unsigned side, int index)
{
    const int *values = context;
    (void)side;
    if (values[index] == 2) return pd_value_null(PD_TYPE_INT);
    return (struct pd_value){ .type = PD_TYPE_INT, .integer = values[index] };
}

static unsigned outcome_of(struct pd_value value)
{
    return value.null ? PD_MAY_BE_NULL : pd_value_is_true(value) ? PD_MAY_BE_TRUE : PD_MAY_BE_FALSE;
}

/* Checks one condition for all known values; how many of them decide it. */
static int check(const char *sql)
{
    static const struct pd_function *const groups[] = { pd_builtin_functions };
    static const struct pd_function_set functions = { groups, 1 };
    const struct pd_column_resolver resolver = { find, NULL };
    struct pd_arena arena = { 0 };
    struct pd_evaluator evaluator = { 0 };
    struct pd_expression *tree = NULL;
    int values[N_VALUES] = { 0 }, n_decided = 0;
    const struct pd_row_reader row = { read_value, values };
    const struct pd_known known = { &row, N_KNOWN };
    cr_assert_eq(pd_expression_parse(&arena, pd_text_of(sql), PD_MODE_ROW, &functions, "rule", &tree, NULL), PADAN_OK);
    cr_assert_eq(pd_expression_bind(tree, &resolver, "rule", NULL), PADAN_OK);
    for (int which = 0; which < N_CHOICES * N_CHOICES; which++) {
        values[0] = which % N_CHOICES;
        values[1] = which / N_CHOICES;
        const unsigned may_be = pd_outcomes(tree, &known, &evaluator);
        n_decided += may_be == PD_MAY_BE_TRUE || may_be == PD_MAY_BE_FALSE || may_be == PD_MAY_BE_NULL;
        for (int rest = 0; rest < N_CHOICES * N_CHOICES; rest++) {
            values[2] = rest % N_CHOICES;
            values[3] = rest / N_CHOICES;
            const unsigned is = outcome_of(pd_expression_evaluate(tree, &row, &evaluator));
            cr_assert_eq(is & ~may_be, 0, "%s: %u is not in %u", sql, is, may_be);
        }
    }
    pd_evaluator_reset(&evaluator);
    pd_arena_reset(&arena);
    return n_decided;
}

Test(outcomes, hold_every_completion)
{
    cr_assert_eq(check("x = 1"), 0);
    cr_assert_eq(check("a = 1"), 9);
    cr_assert_eq(check("a = 1 AND x = 1"), 3, "false where a is 0");
    cr_assert_eq(check("a = 1 OR x = 1"), 3, "true where a is 1");
    cr_assert_eq(check("NOT (a = 1 AND x = 1)"), 3);
    cr_assert_eq(check("a = b AND NOT (x = 1 OR b = 1)"), 4);
    cr_assert_eq(check("a IS NULL AND x = y OR b = 0"), 7);
    cr_assert_eq(check("a = x AND b IS NOT NULL"), 3);
    cr_assert_eq(check("(a = 1 OR NOT x = 0) AND (b = 1 OR a = y)"), 1);
}

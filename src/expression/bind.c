/* SPDX-License-Identifier: MIT
 * Finds columns and types, bottom up. The only conversions nobody writes are: integers go with numbers, dates with
 * timestamps, and a text literal takes the type of what it is compared with ('2026-01-01' with a date). A text column
 * never becomes a number or a date without a cast. FLOAT arithmetic is done in 32 bits as long as no DOUBLE takes part,
 * because thresholds of published models were set on such numbers. */
#include "expression/values.h"

#include <stdio.h>

struct binder {
    const struct pd_column_resolver *resolver;
    const char *where;
    struct padan_error *error;
};

enum { SHOWN = 60 };

static struct pd_text shown(struct pd_text text)
{
    return pd_text_slice(text, 0, SHOWN);
}

static enum padan_status type_failure(const struct binder *binder, const struct pd_expression *at, enum pd_type a,
                                      enum pd_type b)
{
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: %s and %s do not go together in <%.*s>; write a CAST",
            binder->where, pd_type_name(a), pd_type_name(b), PD_TEXT_ARGS(shown(at->text)));
}

static enum padan_status wrong_type(const struct binder *binder, const struct pd_expression *child, const char *wanted)
{
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: <%.*s> is a value of type %s, wanted: %s", binder->where,
            PD_TEXT_ARGS(shown(child->text)), pd_type_name(child->type), wanted);
}

/* The type two types meet in; false when there is none. */
static bool common_type(enum pd_type a, enum pd_type b, enum pd_type *common)
{
    *common = a == PD_TYPE_NULL ? b : a;
    if (a == b || a == PD_TYPE_NULL || b == PD_TYPE_NULL) return true;
    if (pd_type_is_number(a) && pd_type_is_number(b)) {
        *common = PD_TYPE_DOUBLE;
        return true;
    }
    *common = PD_TYPE_TIMESTAMP;
    return (a == PD_TYPE_DATE && b == PD_TYPE_TIMESTAMP) || (a == PD_TYPE_TIMESTAMP && b == PD_TYPE_DATE);
}

static bool is_text_literal(const struct pd_expression *expression)
{
    return expression->op == PD_OP_LITERAL && expression->literal.type == PD_TYPE_TEXT;
}

/* Gives a text literal the type of its neighbours. */
static enum padan_status adopt(const struct binder *binder, struct pd_expression *literal, enum pd_type type)
{
    struct pd_evaluator none = { 0 };
    if (!is_text_literal(literal) || type == PD_TYPE_TEXT || type == PD_TYPE_NULL) return PADAN_OK;
    if (!pd_type_castable(PD_TYPE_TEXT, type)) return PADAN_OK;
    literal->value = pd_value_cast(literal->literal, type, &none);
    literal->type = type;
    if (!literal->value.null) return PADAN_OK;
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: <%.*s> is no %s", binder->where, PD_TEXT_ARGS(shown(literal->text)),
            pd_type_name(type));
}

/* True for the children that share one type with each other: all, but of CASE (when, then, .., [else]) the results. */
static bool is_alike(const struct pd_expression *at, size_t child)
{
    return at->op != PD_OP_CASE || child % 2 == 1 || child + 1 == at->n_children;
}

/* One type for the children of a node: columns and the like first, then the literals follow. */
static enum padan_status unify(const struct binder *binder, const struct pd_expression *at, enum pd_type *type)
{
    *type = PD_TYPE_NULL;
    for (size_t i = 0; i < at->n_children; i++) {
        const enum pd_type so_far = *type;
        const struct pd_expression *child = at->children[i];
        if (!is_alike(at, i) || is_text_literal(child)) continue;
        if (!common_type(so_far, child->type, type)) return type_failure(binder, at, so_far, child->type);
    }
    for (size_t i = 0; i < at->n_children; i++) {
        const enum pd_type so_far = *type;
        if (!is_alike(at, i) || !is_text_literal(at->children[i])) continue;
        PD_TRY(adopt(binder, at->children[i], *type));
        if (!common_type(so_far, at->children[i]->type, type))
            return type_failure(binder, at, so_far, at->children[i]->type);
    }
    return PADAN_OK;
}

static bool is_number_literal(const struct pd_expression *expression)
{
    if (expression->op == PD_OP_NEGATE) return is_number_literal(expression->children[0]);
    return expression->op == PD_OP_LITERAL && pd_type_is_number(expression->type);
}

/* True when the children are computed with in 32 bits: at least one FLOAT, and no DOUBLE but literals. */
static bool in_single_precision(const struct pd_expression *at)
{
    bool any = false;
    for (size_t i = 0; i < at->n_children; i++) {
        const struct pd_expression *child = at->children[i];
        if (!is_alike(at, i)) continue;
        any = any || (child->single_precision && child->type == PD_TYPE_DOUBLE);
        if (child->type == PD_TYPE_DOUBLE && !child->single_precision && !is_number_literal(child)) return false;
    }
    return any;
}

enum { N_SPELLINGS = 6 }; /* as written, small letters, capitals; each with '_' and blanks kept or exchanged */

static char respell(char byte, int spelling)
{
    if (spelling >= 3 && byte == ' ') return '_';
    if (spelling >= 3 && byte == '_') return ' ';
    if (spelling % 3 == 1 && byte >= 'A' && byte <= 'Z') return (char)(byte + 32);
    if (spelling % 3 == 2 && byte >= 'a' && byte <= 'z') return (char)(byte - 32);
    return byte;
}

/* Names the column of another spelling that exists, if one does. */
static enum padan_status unknown_column(const struct binder *binder, const struct pd_expression *column)
{
    char other[128];
    enum pd_type type = PD_TYPE_NULL;
    const struct pd_text name = column->column;
    for (int spelling = 1; spelling < N_SPELLINGS && name.length < sizeof other; spelling++) {
        for (size_t i = 0; i < name.length; i++) other[i] = respell(name.data[i], spelling);
        if (binder->resolver->find(binder->resolver->context, (struct pd_text){ other, name.length }, &type) < 0)
            continue;
        PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: there is no column \"%.*s\"; there is \"%.*s\"", binder->where,
                PD_TEXT_ARGS(shown(name)), (int)name.length, other);
    }
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: there is no column \"%.*s\" (in <%.*s>)", binder->where,
            PD_TEXT_ARGS(shown(name)), PD_TEXT_ARGS(shown(column->text)));
}

static enum padan_status bind_column(const struct binder *binder, struct pd_expression *column)
{
    column->column_index = binder->resolver->find(binder->resolver->context, column->column, &column->type);
    return column->column_index < 0 ? unknown_column(binder, column) : PADAN_OK;
}

static enum padan_status bind_logic(const struct binder *binder, struct pd_expression *at)
{
    at->type = PD_TYPE_BOOL;
    for (size_t i = 0; i < at->n_children; i++) {
        const enum pd_type type = at->children[i]->type;
        if (type != PD_TYPE_BOOL && type != PD_TYPE_NULL) return wrong_type(binder, at->children[i], "a condition");
    }
    return PADAN_OK;
}

static enum padan_status bind_relation(const struct binder *binder, struct pd_expression *at)
{
    enum pd_type type = PD_TYPE_NULL;
    PD_TRY(unify(binder, at, &type));
    at->type = PD_TYPE_BOOL;
    at->single_precision = in_single_precision(at);
    return PADAN_OK;
}

static bool is_type(const struct pd_expression *expression, enum pd_type type)
{
    return expression->type == type || expression->type == PD_TYPE_NULL;
}

/* Dates: date + days, days + date, date - days, date - date. Sets the type, or leaves PD_TYPE_NULL. */
static void bind_days(struct pd_expression *at)
{
    const struct pd_expression *a = at->children[0];
    const struct pd_expression *b = at->children[1];
    at->type = PD_TYPE_NULL;
    if (a->type == PD_TYPE_DATE && is_type(b, PD_TYPE_INT)) at->type = PD_TYPE_DATE;
    if (at->op == PD_OP_ADD && is_type(a, PD_TYPE_INT) && b->type == PD_TYPE_DATE) at->type = PD_TYPE_DATE;
    if (at->op == PD_OP_SUBTRACT && a->type == PD_TYPE_DATE && b->type == PD_TYPE_DATE) at->type = PD_TYPE_INT;
}

static enum padan_status bind_arithmetic(const struct binder *binder, struct pd_expression *at)
{
    if (at->op == PD_OP_ADD || at->op == PD_OP_SUBTRACT) {
        if (at->op == PD_OP_SUBTRACT && at->children[0]->type == PD_TYPE_DATE)
            PD_TRY(adopt(binder, at->children[1], PD_TYPE_DATE));
        bind_days(at);
        if (at->type != PD_TYPE_NULL) return PADAN_OK;
    }
    at->type = PD_TYPE_INT;
    for (size_t i = 0; i < at->n_children; i++) {
        const enum pd_type type = at->children[i]->type;
        if (!pd_type_is_number(type) && type != PD_TYPE_NULL) return wrong_type(binder, at->children[i], "a number");
        if (type == PD_TYPE_DOUBLE) at->type = PD_TYPE_DOUBLE;
    }
    if (at->op == PD_OP_DIVIDE) at->type = PD_TYPE_DOUBLE;
    at->single_precision = in_single_precision(at);
    return PADAN_OK;
}

static enum padan_status bind_concat(const struct binder *binder, struct pd_expression *at)
{
    at->type = PD_TYPE_TEXT;
    for (size_t i = 0; i < at->n_children; i++)
        if (pd_type_is_list(at->children[i]->type)) return wrong_type(binder, at->children[i], "a text");
    return PADAN_OK;
}

static enum padan_status bind_cast(const struct binder *binder, struct pd_expression *at)
{
    if (pd_type_castable(at->children[0]->type, at->type)) return PADAN_OK;
    return type_failure(binder, at, at->children[0]->type, at->type);
}

static enum padan_status bind_index(const struct binder *binder, struct pd_expression *at)
{
    const enum pd_type type = at->children[0]->type;
    if (!is_type(at->children[1], PD_TYPE_INT)) return wrong_type(binder, at->children[1], "a whole number");
    if (!pd_type_is_list(type) && type != PD_TYPE_TEXT && type != PD_TYPE_NULL)
        return wrong_type(binder, at->children[0], "a list or a text");
    at->type = type == PD_TYPE_DOUBLE_LIST ? PD_TYPE_DOUBLE : PD_TYPE_TEXT;
    return PADAN_OK;
}

static enum padan_status bind_case(const struct binder *binder, struct pd_expression *at)
{
    for (size_t i = 0; i < at->n_children; i++)
        if (!is_alike(at, i) && !is_type(at->children[i], PD_TYPE_BOOL))
            return wrong_type(binder, at->children[i], "a condition");
    PD_TRY(unify(binder, at, &at->type));
    at->single_precision = in_single_precision(at);
    return PADAN_OK;
}

static bool all_text(const enum pd_type *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (types[i] != PD_TYPE_TEXT && types[i] != PD_TYPE_NULL) return false;
    return true;
}

static enum padan_status check_arguments(const struct binder *binder, const struct pd_expression *at,
                                         const enum pd_type *types, size_t n)
{
    const struct pd_function *function = at->function;
    if (function->accepts == NULL ? all_text(types, n) : function->accepts(types, n)) return PADAN_OK;
    char got[160] = "";
    size_t length = 0;
    for (size_t i = 0; i < n && length < sizeof got; i++)
        length +=
            (size_t)snprintf(got + length, sizeof got - length, "%s%s", i == 0 ? "" : ", ", pd_type_name(types[i]));
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: %s does not take (%s), in <%.*s>; write a CAST", binder->where,
            function->name, got, PD_TEXT_ARGS(shown(at->text)));
}

static enum padan_status bind_call(const struct binder *binder, struct pd_expression *at)
{
    enum { ARGUMENTS_MAX = 32 };
    enum pd_type types[ARGUMENTS_MAX];
    if (at->n_children > ARGUMENTS_MAX)
        PD_FAIL(binder->error, PADAN_UNSUPPORTED, "%s: %s has more than %d arguments", binder->where,
                at->function->name, ARGUMENTS_MAX);
    for (size_t i = 0; i < at->n_children; i++) types[i] = at->children[i]->type;
    PD_TRY(check_arguments(binder, at, types, at->n_children));
    at->type = at->function->result;
    if (at->function->result_of == NULL) return PADAN_OK;
    at->type = at->function->result_of(types, at->n_children);
    at->single_precision = in_single_precision(at);
    return PADAN_OK;
}

static enum padan_status bind_pairwise(const struct binder *binder, struct pd_expression *at)
{
    enum pd_type types[2];
    for (size_t i = 0; i < 2; i++) {
        if (!pd_type_is_list(at->children[i]->type)) return wrong_type(binder, at->children[i], "a list");
        types[i] = at->children[i]->type == PD_TYPE_DOUBLE_LIST ? PD_TYPE_DOUBLE : PD_TYPE_TEXT;
    }
    PD_TRY(check_arguments(binder, at, types, 2));
    at->type = at->function->result;
    if (pd_type_is_number(at->type)) return PADAN_OK;
    PD_FAIL(binder->error, PADAN_BAD_ARGUMENT, "%s: %s does not give a number", binder->where, at->function->name);
}

static enum padan_status bind_node(const struct binder *binder, struct pd_expression *at)
{
    switch (at->op) {
    case PD_OP_LITERAL:
        at->value = at->literal;
        at->type = at->literal.type;
        return PADAN_OK;
    case PD_OP_COLUMN: return bind_column(binder, at);
    case PD_OP_OR:
    case PD_OP_AND:
    case PD_OP_NOT: return bind_logic(binder, at);
    case PD_OP_EQUAL:
    case PD_OP_UNEQUAL:
    case PD_OP_LESS:
    case PD_OP_LESS_EQUAL:
    case PD_OP_GREATER:
    case PD_OP_GREATER_EQUAL:
    case PD_OP_IN: return bind_relation(binder, at);
    case PD_OP_IS_NULL:
    case PD_OP_IS_NOT_NULL: at->type = PD_TYPE_BOOL; return PADAN_OK;
    case PD_OP_ADD:
    case PD_OP_SUBTRACT:
    case PD_OP_MULTIPLY:
    case PD_OP_DIVIDE:
    case PD_OP_MODULO:
    case PD_OP_NEGATE: return bind_arithmetic(binder, at);
    case PD_OP_CONCAT: return bind_concat(binder, at);
    case PD_OP_CAST: return bind_cast(binder, at);
    case PD_OP_INDEX: return bind_index(binder, at);
    case PD_OP_CASE: return bind_case(binder, at);
    case PD_OP_CALL: return bind_call(binder, at);
    case PD_OP_PAIRWISE: break;
    }
    return bind_pairwise(binder, at);
}

static enum padan_status bind(const struct binder *binder, struct pd_expression *expression)
{
    for (size_t i = 0; i < expression->n_children; i++) PD_TRY(bind(binder, expression->children[i]));
    if (expression->op != PD_OP_CAST) expression->single_precision = false;
    return bind_node(binder, expression);
}

enum padan_status pd_expression_bind(struct pd_expression *expression, const struct pd_column_resolver *resolver,
                                     const char *where, struct padan_error *error)
{
    const struct binder binder = { resolver, where, error };
    return bind(&binder, expression);
}

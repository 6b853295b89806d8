/* SPDX-License-Identifier: MIT
 * The interpreter: walks a bound tree for one row or pair. It is the definition of the language, so it stays plain; the
 * plan of compare/ is what is fast. Memory comes from the evaluator's arena and lives until pd_evaluator_clear. */
#include "expression/builtin.h"
#include "expression/values.h"

struct evaluation {
    const struct pd_row_reader *reader;
    struct pd_evaluator *evaluator;
};

static struct pd_value evaluate(const struct evaluation *evaluation, const struct pd_expression *at);

static struct pd_value child(const struct evaluation *evaluation, const struct pd_expression *at, size_t index)
{
    const struct pd_value value = evaluate(evaluation, at->children[index]);
    if (!at->single_precision || at->op == PD_OP_CAST || value.null || !pd_type_is_number(value.type)) return value;
    return pd_value_real((double)(float)pd_value_number(value));
}

static struct pd_value read_column(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value value = evaluation->reader->read(evaluation->reader->context, at->side, at->column_index);
    if (value.null) return pd_value_null(at->type);
    return value.type == PD_TYPE_DOUBLE ? pd_value_real(value.real) : value;
}

/* AND and OR: the first decisive operand decides; else NULL if any is NULL. */
static struct pd_value evaluate_logic(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const bool decisive = at->op == PD_OP_OR;
    bool unknown = false;
    for (size_t i = 0; i < at->n_children; i++) {
        const struct pd_value value = evaluate(evaluation, at->children[i]);
        if (!value.null && value.boolean == decisive) return pd_value_bool(decisive);
        unknown = unknown || value.null;
    }
    return unknown ? pd_value_null(PD_TYPE_BOOL) : pd_value_bool(!decisive);
}

static struct pd_value evaluate_relation(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value a = child(evaluation, at, 0);
    if (a.null) return pd_value_null(PD_TYPE_BOOL);
    const struct pd_value b = child(evaluation, at, 1);
    if (b.null) return pd_value_null(PD_TYPE_BOOL);
    const int order = pd_value_compare(a, b);
    switch (at->op) {
    case PD_OP_EQUAL: return pd_value_bool(order == 0);
    case PD_OP_UNEQUAL: return pd_value_bool(order != 0);
    case PD_OP_LESS: return pd_value_bool(order < 0);
    case PD_OP_LESS_EQUAL: return pd_value_bool(order <= 0);
    case PD_OP_GREATER: return pd_value_bool(order > 0);
    default: return pd_value_bool(order >= 0);
    }
}

static struct pd_value evaluate_in(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value wanted = child(evaluation, at, 0);
    bool unknown = wanted.null;
    for (size_t i = 1; i < at->n_children && !wanted.null; i++) {
        const struct pd_value value = child(evaluation, at, i);
        if (!value.null && pd_value_compare(wanted, value) == 0) return pd_value_bool(true);
        unknown = unknown || value.null;
    }
    return unknown ? pd_value_null(PD_TYPE_BOOL) : pd_value_bool(false);
}

static struct pd_value int_arithmetic(enum pd_operator op, int64_t a, int64_t b)
{
    int64_t result = 0;
    bool fails = false;
    switch (op) {
    case PD_OP_ADD: fails = __builtin_add_overflow(a, b, &result); break;
    case PD_OP_SUBTRACT: fails = __builtin_sub_overflow(a, b, &result); break;
    case PD_OP_MULTIPLY: fails = __builtin_mul_overflow(a, b, &result); break;
    default:
        fails = b == 0;
        if (!fails) result = b == -1 ? 0 : a % b;
    }
    return fails ? pd_value_null(PD_TYPE_INT) : pd_value_int(result);
}

static struct pd_value real_arithmetic(enum pd_operator op, double a, double b)
{
    switch (op) {
    case PD_OP_ADD: return pd_value_real(a + b);
    case PD_OP_SUBTRACT: return pd_value_real(a - b);
    case PD_OP_MULTIPLY: return pd_value_real(a * b);
    case PD_OP_DIVIDE: return b == 0 ? pd_value_null(PD_TYPE_DOUBLE) : pd_value_real(a / b);
    default: return b == 0 ? pd_value_null(PD_TYPE_DOUBLE) : pd_value_real(fmod(a, b));
    }
}

static struct pd_value rounded(const struct pd_expression *at, struct pd_value value)
{
    if (!at->single_precision || value.null || value.type != PD_TYPE_DOUBLE) return value;
    return pd_value_real((double)(float)value.real);
}

static struct pd_value evaluate_arithmetic(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value a = child(evaluation, at, 0);
    if (a.null) return pd_value_null(at->type);
    const struct pd_value b = child(evaluation, at, 1);
    if (b.null) return pd_value_null(at->type);
    const bool days = a.type == PD_TYPE_DATE || b.type == PD_TYPE_DATE;
    if (days || (a.type == PD_TYPE_INT && b.type == PD_TYPE_INT && at->op != PD_OP_DIVIDE)) {
        struct pd_value value = int_arithmetic(at->op, a.integer, b.integer);
        return at->type == PD_TYPE_DATE && !value.null ? pd_value_date(value.integer)
               : value.null                            ? pd_value_null(at->type)
                                                       : value;
    }
    return rounded(at, real_arithmetic(at->op, pd_value_number(a), pd_value_number(b)));
}

static struct pd_value evaluate_negation(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value value = evaluate(evaluation, at->children[0]);
    if (value.null) return pd_value_null(at->type);
    if (value.type == PD_TYPE_DOUBLE) return pd_value_real(-value.real);
    return int_arithmetic(PD_OP_SUBTRACT, 0, value.integer);
}

static struct pd_value evaluate_concat(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value a = pd_value_cast(evaluate(evaluation, at->children[0]), PD_TYPE_TEXT, evaluation->evaluator);
    const struct pd_value b = pd_value_cast(evaluate(evaluation, at->children[1]), PD_TYPE_TEXT, evaluation->evaluator);
    if (a.null || b.null) return pd_value_null(PD_TYPE_TEXT);
    char *joined = pd_evaluator_room(evaluation->evaluator, a.text.length + b.text.length);
    if (joined == NULL) return pd_value_null(PD_TYPE_TEXT);
    if (a.text.length > 0) memcpy(joined, a.text.data, a.text.length);
    if (b.text.length > 0) memcpy(joined + a.text.length, b.text.data, b.text.length);
    return pd_value_text((struct pd_text){ joined, a.text.length + b.text.length });
}

static struct pd_value evaluate_cast(const struct evaluation *evaluation, const struct pd_expression *at)
{
    return rounded(at, pd_value_cast(evaluate(evaluation, at->children[0]), at->type, evaluation->evaluator));
}

/* Items from 1, negative from the end; outside is NULL (of a text: the empty text, as substr). */
static struct pd_value evaluate_index(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value value = evaluate(evaluation, at->children[0]);
    const struct pd_value index = evaluate(evaluation, at->children[1]);
    if (value.null || index.null) return pd_value_null(at->type);
    if (value.type == PD_TYPE_TEXT) return pd_value_text(pd_text_characters(value.text, index.integer, 1));
    const int64_t n_items = (int64_t)value.list.n_items;
    const int64_t place = index.integer < 0 ? n_items + index.integer : index.integer - 1;
    return place < 0 || place >= n_items ? pd_value_null(at->type) : value.list.items[place];
}

static struct pd_value evaluate_case(const struct evaluation *evaluation, const struct pd_expression *at)
{
    size_t result = at->n_children - 1;
    if (at->n_children % 2 == 0) result = at->n_children;
    for (size_t i = 0; i + 1 < at->n_children; i += 2) {
        if (!pd_value_is_true(evaluate(evaluation, at->children[i]))) continue;
        result = i + 1;
        break;
    }
    if (result == at->n_children) return pd_value_null(at->type);
    return pd_value_cast(child(evaluation, at, result), at->type, evaluation->evaluator);
}

/* Calls a function whose result is a text in scratch that lives as long as the evaluation. */
static struct pd_value call_for_text(const struct evaluation *evaluation, const struct pd_function *function,
                                     const struct pd_value *arguments, size_t n)
{
    char *scratch = pd_evaluator_room(evaluation->evaluator, PD_FUNCTION_SCRATCH);
    return scratch == NULL ? pd_value_null(PD_TYPE_TEXT) : function->evaluate(arguments, n, scratch);
}

static struct pd_value call_plain(const struct evaluation *evaluation, const struct pd_function *function,
                                  const struct pd_value *arguments, size_t n)
{
    char scratch[PD_FUNCTION_SCRATCH];
    if (function->result == PD_TYPE_TEXT) return call_for_text(evaluation, function, arguments, n);
    const struct pd_value value = function->evaluate(arguments, n, scratch);
    return value.type == PD_TYPE_DOUBLE && !value.null ? pd_value_real(value.real) : value;
}

static struct pd_value evaluate_call(const struct evaluation *evaluation, const struct pd_expression *at)
{
    enum { USUAL = 4 };
    struct pd_value few[USUAL];
    const size_t n = at->n_children;
    struct pd_value *arguments = few;
    if (n > USUAL) arguments = pd_evaluator_room(evaluation->evaluator, n * sizeof *arguments);
    if (arguments == NULL) return pd_value_null(at->type);
    for (size_t i = 0; i < n; i++) {
        arguments[i] = child(evaluation, at, i);
        if (arguments[i].null && !at->function->sees_nulls) return pd_value_null(at->type);
    }
    struct pd_value value;
    if (at->function->evaluate_call != NULL)
        value = at->function->evaluate_call(at, arguments, evaluation->evaluator);
    else
        value = call_plain(evaluation, at->function, arguments, n);
    return value.null ? pd_value_null(at->type) : rounded(at, pd_value_cast(value, at->type, evaluation->evaluator));
}

/* Best of f over all pairs; NULL results do not count, no pair at all is NULL. */
static struct pd_value evaluate_pairwise(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value a = evaluate(evaluation, at->children[0]);
    const struct pd_value b = evaluate(evaluation, at->children[1]);
    struct pd_value best = pd_value_null(at->type);
    if (a.null || b.null) return best;
    for (size_t i = 0; i < a.list.n_items; i++) {
        for (size_t j = 0; j < b.list.n_items; j++) {
            const struct pd_value pair[2] = { a.list.items[i], b.list.items[j] };
            if ((pair[0].null || pair[1].null) && !at->function->sees_nulls) continue;
            const struct pd_value value = call_plain(evaluation, at->function, pair, 2);
            if (value.null) continue;
            const int order = best.null ? 0 : pd_value_compare(value, best);
            if (best.null || (at->take_minimum ? order < 0 : order > 0)) best = value;
        }
    }
    return best;
}

static struct pd_value evaluate_not(const struct evaluation *evaluation, const struct pd_expression *at)
{
    const struct pd_value value = evaluate(evaluation, at->children[0]);
    return value.null ? pd_value_null(PD_TYPE_BOOL) : pd_value_bool(!value.boolean);
}

static struct pd_value evaluate(const struct evaluation *evaluation, const struct pd_expression *at)
{
    switch (at->op) {
    case PD_OP_LITERAL: return at->value;
    case PD_OP_COLUMN: return read_column(evaluation, at);
    case PD_OP_OR:
    case PD_OP_AND: return evaluate_logic(evaluation, at);
    case PD_OP_NOT: return evaluate_not(evaluation, at);
    case PD_OP_EQUAL:
    case PD_OP_UNEQUAL:
    case PD_OP_LESS:
    case PD_OP_LESS_EQUAL:
    case PD_OP_GREATER:
    case PD_OP_GREATER_EQUAL: return evaluate_relation(evaluation, at);
    case PD_OP_IS_NULL: return pd_value_bool(evaluate(evaluation, at->children[0]).null);
    case PD_OP_IS_NOT_NULL: return pd_value_bool(!evaluate(evaluation, at->children[0]).null);
    case PD_OP_IN: return evaluate_in(evaluation, at);
    case PD_OP_ADD:
    case PD_OP_SUBTRACT:
    case PD_OP_MULTIPLY:
    case PD_OP_DIVIDE:
    case PD_OP_MODULO: return evaluate_arithmetic(evaluation, at);
    case PD_OP_NEGATE: return evaluate_negation(evaluation, at);
    case PD_OP_CONCAT: return evaluate_concat(evaluation, at);
    case PD_OP_CAST: return evaluate_cast(evaluation, at);
    case PD_OP_INDEX: return evaluate_index(evaluation, at);
    case PD_OP_CASE: return evaluate_case(evaluation, at);
    case PD_OP_CALL: return evaluate_call(evaluation, at);
    case PD_OP_PAIRWISE: break;
    }
    return evaluate_pairwise(evaluation, at);
}

struct pd_value pd_expression_evaluate(const struct pd_expression *expression, const struct pd_row_reader *reader,
                                       struct pd_evaluator *evaluator)
{
    const struct evaluation evaluation = { reader, evaluator };
    return evaluate(&evaluation, expression);
}

void pd_evaluator_clear(struct pd_evaluator *evaluator)
{
    pd_arena_clear(&evaluator->arena);
}

void pd_evaluator_reset(struct pd_evaluator *evaluator)
{
    pd_arena_reset(&evaluator->arena);
    pd_pattern_state_free(evaluator->pattern_state);
    *evaluator = (struct pd_evaluator){ 0 };
}

/* SPDX-License-Identifier: MIT
 * A tree as text (every operation in brackets, so that it parses back to the same tree), and equality of trees. */
#include "base/buffer.h"
#include "expression/values.h"

static const char *const signs[] = {
    [PD_OP_OR] = " OR ",      [PD_OP_AND] = " AND ",          [PD_OP_EQUAL] = " = ",
    [PD_OP_UNEQUAL] = " <> ", [PD_OP_LESS] = " < ",           [PD_OP_LESS_EQUAL] = " <= ",
    [PD_OP_GREATER] = " > ",  [PD_OP_GREATER_EQUAL] = " >= ", [PD_OP_ADD] = " + ",
    [PD_OP_SUBTRACT] = " - ", [PD_OP_MULTIPLY] = " * ",       [PD_OP_DIVIDE] = " / ",
    [PD_OP_MODULO] = " % ",   [PD_OP_CONCAT] = " || ",        [PD_OP_NOT] = "NOT ",
    [PD_OP_NEGATE] = "- ",    [PD_OP_IS_NULL] = " IS NULL",   [PD_OP_IS_NOT_NULL] = " IS NOT NULL"
};

static void print_quoted(struct pd_text text, char quote, struct pd_buffer *out)
{
    pd_append_byte(out, quote);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == quote) pd_append_byte(out, quote);
        pd_append_byte(out, text.data[i]);
    }
    pd_append_byte(out, quote);
}

static void print_literal(struct pd_value value, struct pd_buffer *out)
{
    char number[PD_DOUBLE_CHARS];
    if (value.null) {
        pd_append_string(out, "NULL");
    } else if (value.type == PD_TYPE_TEXT) {
        print_quoted(value.text, '\'', out);
    } else if (value.type == PD_TYPE_BOOL) {
        pd_append_string(out, value.boolean ? "TRUE" : "FALSE");
    } else if (value.type == PD_TYPE_DOUBLE) {
        pd_double_print(value.real, number);
        pd_append_string(out, number);
    } else {
        pd_append_i64(out, value.integer);
    }
}

static void print_column(const struct pd_expression *expression, struct pd_buffer *out)
{
    if (expression->side != PD_SIDE_NONE) pd_append_string(out, expression->side == PD_SIDE_LEFT ? "l." : "r.");
    print_quoted(expression->column, '"', out);
}

static void print_children(const struct pd_expression *expression, size_t begin, const char *between,
                           struct pd_buffer *out)
{
    for (size_t i = begin; i < expression->n_children; i++) {
        if (i > begin) pd_append_string(out, between);
        pd_expression_print(expression->children[i], out);
    }
}

static void print_cast(const struct pd_expression *expression, struct pd_buffer *out)
{
    static const char *const types[] = {
        [PD_TYPE_BOOL] = "BOOLEAN", [PD_TYPE_INT] = "BIGINT", [PD_TYPE_DOUBLE] = "DOUBLE",
        [PD_TYPE_TEXT] = "VARCHAR", [PD_TYPE_DATE] = "DATE",  [PD_TYPE_TIMESTAMP] = "TIMESTAMP"
    };
    pd_append_string(out, expression->lenient ? "TRY_CAST(" : "CAST(");
    pd_expression_print(expression->children[0], out);
    pd_append_string(out, " AS ");
    pd_append_string(out, expression->single_precision ? "FLOAT" : types[expression->type]);
    pd_append_byte(out, ')');
}

static void print_case(const struct pd_expression *expression, struct pd_buffer *out)
{
    pd_append_string(out, "CASE");
    for (size_t i = 0; i < expression->n_children; i++) {
        const bool is_else = i + 1 == expression->n_children && i % 2 == 0;
        pd_append_string(out, is_else ? " ELSE " : i % 2 == 0 ? " WHEN " : " THEN ");
        pd_expression_print(expression->children[i], out);
    }
    pd_append_string(out, " END");
}

static void print_call(const struct pd_expression *expression, struct pd_buffer *out)
{
    pd_append_string(out, expression->function->name);
    pd_append_byte(out, '(');
    print_children(expression, 0, ", ", out);
    pd_append_byte(out, ')');
}

static void print_pairwise(const struct pd_expression *expression, struct pd_buffer *out)
{
    pd_append_string(out, expression->take_minimum ? "list_min" : "list_max");
    pd_append_string(out, "(list_transform(flatten(list_transform(");
    pd_expression_print(expression->children[0], out);
    pd_append_string(out, ", x -> list_transform(");
    pd_expression_print(expression->children[1], out);
    pd_append_string(out, ", y -> [x, y]))), pair -> ");
    pd_append_string(out, expression->function->name);
    pd_append_string(out, "(pair[1], pair[2])))");
}

/* (a op b), (op a), (a IS NULL), (a IN (b, c)) */
static void print_operation(const struct pd_expression *expression, struct pd_buffer *out)
{
    pd_append_byte(out, '(');
    switch (expression->op) {
    case PD_OP_NOT:
    case PD_OP_NEGATE:
        pd_append_string(out, signs[expression->op]);
        pd_expression_print(expression->children[0], out);
        break;
    case PD_OP_IS_NULL:
    case PD_OP_IS_NOT_NULL:
        pd_expression_print(expression->children[0], out);
        pd_append_string(out, signs[expression->op]);
        break;
    case PD_OP_IN:
        pd_expression_print(expression->children[0], out);
        pd_append_string(out, " IN (");
        print_children(expression, 1, ", ", out);
        pd_append_byte(out, ')');
        break;
    default: print_children(expression, 0, signs[expression->op], out);
    }
    pd_append_byte(out, ')');
}

void pd_expression_print(const struct pd_expression *expression, struct pd_buffer *out)
{
    switch (expression->op) {
    case PD_OP_LITERAL: print_literal(expression->literal, out); break;
    case PD_OP_COLUMN: print_column(expression, out); break;
    case PD_OP_CAST: print_cast(expression, out); break;
    case PD_OP_INDEX:
        pd_expression_print(expression->children[0], out);
        pd_append_byte(out, '[');
        pd_expression_print(expression->children[1], out);
        pd_append_byte(out, ']');
        break;
    case PD_OP_CASE: print_case(expression, out); break;
    case PD_OP_CALL: print_call(expression, out); break;
    case PD_OP_PAIRWISE: print_pairwise(expression, out); break;
    default: print_operation(expression, out);
    }
}

static bool same_literal(struct pd_value a, struct pd_value b)
{
    if (a.type != b.type || a.null != b.null) return false;
    return a.null || pd_value_compare(a, b) == 0;
}

bool pd_expression_same_node(const struct pd_expression *a, const struct pd_expression *b, bool with_sides)
{
    if (a->op != b->op || a->n_children != b->n_children) return false;
    switch (a->op) {
    case PD_OP_LITERAL: return same_literal(a->literal, b->literal);
    case PD_OP_COLUMN: return pd_text_equal(a->column, b->column) && (!with_sides || a->side == b->side);
    case PD_OP_CAST:
        return a->type == b->type && a->lenient == b->lenient && a->single_precision == b->single_precision;
    case PD_OP_CALL: return a->function == b->function;
    case PD_OP_PAIRWISE: return a->function == b->function && a->take_minimum == b->take_minimum;
    default: return true;
    }
}

bool pd_expression_equal(const struct pd_expression *a, const struct pd_expression *b, bool with_sides)
{
    if (!pd_expression_same_node(a, b, with_sides)) return false;
    for (size_t i = 0; i < a->n_children; i++)
        if (!pd_expression_equal(a->children[i], b->children[i], with_sides)) return false;
    return true;
}

/* SPDX-License-Identifier: MIT
 * Operands of the condition language that have a form of their own: functions, casts, CASE, and the one lambda form
 * that is allowed, the best value of a function over all pairs of two lists:
 *
 *   list_max(list_transform(flatten(list_transform(A, x -> list_transform(B, y -> [x, y]))), p -> f(p[1], p[2])))
 *
 * also with list_min, array_ in place of list_, "lambda x: body" in place of "x -> body", and Spark's transform, whose
 * pairs count from 0. */
#include "base/memory.h"
#include "expression/parser.h"

#include <stdio.h>

static const char lambda_sentence[] = "lambdas are only supported in the pairwise list form";

static const struct pd_function *find_function(const struct pd_function_set *functions, struct pd_text written)
{
    const struct pd_text name = pd_spark_name(written);
    for (size_t group = 0; functions != NULL && group < functions->n_groups; group++)
        for (const struct pd_function *function = functions->groups[group]; function->name != NULL; function++)
            if (pd_word_is(name, function->name)) return function;
    return NULL;
}

static enum padan_status fail_at(const struct pd_parser *parser, enum padan_status status, size_t begin,
                                 const char *sentence)
{
    const struct pd_text source = pd_text_slice(parser->lexer.source, begin, parser->taken_end);
    return pd_lexer_fail(&parser->lexer, status, source, sentence, parser->error);
}

static enum padan_status check_count(const struct pd_parser *parser, const struct pd_function *function, size_t count,
                                     size_t begin)
{
    char sentence[120];
    if (count >= function->min_arguments && count <= function->max_arguments) return PADAN_OK;
    (void)snprintf(sentence, sizeof sentence, "%s takes %u to %u arguments, not %zu", function->name,
                   function->min_arguments, function->max_arguments, count);
    return fail_at(parser, PADAN_BAD_ARGUMENT, begin, sentence);
}

/* Arguments up to and with the ')'. */
static enum padan_status parse_arguments(struct pd_parser *parser, struct pd_children *children)
{
    if (pd_parser_at_sign(parser, ")")) return pd_parser_take(parser);
    for (;;) {
        struct pd_expression *argument = NULL;
        PD_TRY(pd_parse_any(parser, &argument));
        PD_TRY(pd_children_add(children, argument, parser->error));
        if (pd_parser_at_sign(parser, "->")) return pd_parser_fail(parser, PADAN_UNSUPPORTED, lambda_sentence);
        if (!pd_parser_at_sign(parser, ",")) return pd_parser_expect_sign(parser, ")");
        PD_TRY(pd_parser_take(parser));
    }
}

static enum padan_status call_node(struct pd_parser *parser, const struct pd_function *function,
                                   const struct pd_children *children, size_t begin, struct pd_expression **out)
{
    PD_TRY(check_count(parser, function, children->n_items, begin));
    PD_TRY(pd_parser_node(parser, PD_OP_CALL, children->items, children->n_items, begin, out));
    (*out)->function = function;
    if (function->prepare == NULL) return PADAN_OK;
    return function->prepare(*out, parser->lexer.arena, parser->lexer.where, parser->error);
}

enum padan_status pd_parser_call(struct pd_parser *parser, struct pd_text name, const struct pd_children *arguments,
                                 size_t begin, struct pd_expression **out)
{
    return call_node(parser, find_function(parser->functions, name), arguments, begin, out);
}

static bool at_transform(const struct pd_parser *parser)
{
    return pd_parser_at_word(parser, "list_transform") || pd_parser_at_word(parser, "array_transform") ||
           pd_parser_at_word(parser, "transform");
}

static enum padan_status not_the_template(const struct pd_parser *parser)
{
    return pd_parser_fail(parser, PADAN_UNSUPPORTED,
                          "the only lambda form is list_max(list_transform(flatten(list_transform(a, x -> "
                          "list_transform(b, y -> [x, y]))), p -> f(p[1], p[2])))");
}

/* "name ->" or "lambda name:". */
static enum padan_status lambda_head(struct pd_parser *parser, struct pd_text *name)
{
    const bool python = pd_parser_at_word(parser, "lambda");
    if (python) PD_TRY(pd_parser_take(parser));
    if (parser->token.kind != PD_TOKEN_NAME) return not_the_template(parser);
    *name = parser->token.text;
    PD_TRY(pd_parser_take(parser));
    if (!pd_parser_at_sign(parser, python ? ":" : "->")) return not_the_template(parser);
    return pd_parser_take(parser);
}

static enum padan_status template_sign(struct pd_parser *parser, const char *sign)
{
    return pd_parser_at_sign(parser, sign) ? pd_parser_take(parser) : not_the_template(parser);
}

static enum padan_status template_name(struct pd_parser *parser, struct pd_text name)
{
    if (parser->token.kind != PD_TOKEN_NAME || !pd_text_equal(parser->token.text, name))
        return not_the_template(parser);
    return pd_parser_take(parser);
}

/* list_transform( : up to its first argument. */
static enum padan_status open_transform(struct pd_parser *parser)
{
    if (!at_transform(parser) && !pd_parser_at_word(parser, "apply")) return not_the_template(parser);
    PD_TRY(pd_parser_take(parser));
    return template_sign(parser, "(");
}

/* flatten(list_transform(A, x -> list_transform(B, y -> [x, y]))) */
static enum padan_status parse_product(struct pd_parser *parser, struct pd_expression **lists)
{
    struct pd_text x, y;
    if (!pd_parser_at_word(parser, "flatten")) return not_the_template(parser);
    PD_TRY(pd_parser_take(parser));
    PD_TRY(template_sign(parser, "("));
    PD_TRY(open_transform(parser));
    PD_TRY(pd_parse_any(parser, &lists[0]));
    PD_TRY(template_sign(parser, ","));
    PD_TRY(lambda_head(parser, &x));
    PD_TRY(open_transform(parser));
    PD_TRY(pd_parse_any(parser, &lists[1]));
    PD_TRY(template_sign(parser, ","));
    PD_TRY(lambda_head(parser, &y));
    PD_TRY(template_sign(parser, "["));
    PD_TRY(template_name(parser, x));
    PD_TRY(template_sign(parser, ","));
    PD_TRY(template_name(parser, y));
    PD_TRY(template_sign(parser, "]"));
    PD_TRY(template_sign(parser, ")"));
    PD_TRY(template_sign(parser, ")"));
    return template_sign(parser, ")");
}

/* p[1] or p[2]; p[0] or p[1] in Spark's form */
static enum padan_status parse_part(struct pd_parser *parser, struct pd_text pair, int index)
{
    const char digit[2] = { (char)('0' + index), '\0' };
    PD_TRY(template_name(parser, pair));
    PD_TRY(template_sign(parser, "["));
    if (parser->token.kind != PD_TOKEN_NUMBER || !pd_text_equal(parser->token.text, pd_text_of(digit)))
        return not_the_template(parser);
    PD_TRY(pd_parser_take(parser));
    return template_sign(parser, "]");
}

/* p -> f(p[1], p[2]) */
static enum padan_status parse_pair_function(struct pd_parser *parser, int first_index,
                                             const struct pd_function **function)
{
    struct pd_text pair;
    PD_TRY(lambda_head(parser, &pair));
    if (parser->token.kind != PD_TOKEN_NAME) return not_the_template(parser);
    *function = find_function(parser->functions, parser->token.text);
    if (*function == NULL) return pd_parser_fail(parser, PADAN_UNSUPPORTED, "there is no function of this name");
    if ((*function)->min_arguments > 2 || (*function)->max_arguments < 2 || (*function)->evaluate == NULL)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "this function does not compare two values");
    PD_TRY(pd_parser_take(parser));
    PD_TRY(template_sign(parser, "("));
    PD_TRY(parse_part(parser, pair, first_index));
    PD_TRY(template_sign(parser, ","));
    PD_TRY(parse_part(parser, pair, first_index + 1));
    return template_sign(parser, ")");
}

/* After "list_max(". */
static enum padan_status parse_pairwise(struct pd_parser *parser, bool take_minimum, size_t begin,
                                        struct pd_expression **out)
{
    struct pd_expression *lists[2] = { NULL, NULL };
    const struct pd_function *function = NULL;
    const int first_index = pd_parser_at_word(parser, "transform") ? 0 : 1;
    PD_TRY(open_transform(parser));
    PD_TRY(parse_product(parser, lists));
    PD_TRY(template_sign(parser, ","));
    PD_TRY(parse_pair_function(parser, first_index, &function));
    PD_TRY(template_sign(parser, ")"));
    PD_TRY(template_sign(parser, ")"));
    PD_TRY(pd_parser_node(parser, PD_OP_PAIRWISE, lists, 2, begin, out));
    (*out)->function = function;
    (*out)->take_minimum = take_minimum;
    return PADAN_OK;
}

/* DuckDB's names for list[i]. */
static bool takes_item(struct pd_text name, const struct pd_children *arguments)
{
    static const char *const names[] = { "list_extract", "list_element", "array_extract", "array_element" };
    size_t i = 0;
    while (i < sizeof names / sizeof *names && !pd_word_is(name, names[i])) i++;
    return i < sizeof names / sizeof *names && arguments->n_items == 2;
}

static enum padan_status named_call(struct pd_parser *parser, struct pd_text name, struct pd_text source,
                                    struct pd_children *arguments, struct pd_expression **out)
{
    const size_t begin = (size_t)(source.data - parser->lexer.source.data);
    const struct pd_function *function = find_function(parser->functions, name);
    if (takes_item(name, arguments)) return pd_parser_node(parser, PD_OP_INDEX, arguments->items, 2, begin, out);
    PD_TRY(pd_parse_spark_call(parser, name, arguments, begin, out));
    if (*out != NULL) return PADAN_OK;
    if (function == NULL)
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, source, "there is no function of this name",
                             parser->error);
    return call_node(parser, function, arguments, begin, out);
}

enum padan_status pd_parse_call(struct pd_parser *parser, struct pd_text name, size_t begin, struct pd_expression **out)
{
    const bool maximum = pd_word_is(name, "list_max") || pd_word_is(name, "array_max");
    const bool minimum = pd_word_is(name, "list_min") || pd_word_is(name, "array_min");
    const struct pd_text source = pd_text_slice(parser->lexer.source, begin, parser->taken_end);
    PD_TRY(pd_parser_take(parser));
    if ((maximum || minimum) && at_transform(parser)) return parse_pairwise(parser, minimum, begin, out);
    if (pd_word_is(name, "aggregate") || pd_word_is(name, "zip_with"))
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, source, lambda_sentence, parser->error);
    struct pd_children children = { 0 };
    enum padan_status status = parse_arguments(parser, &children);
    if (status == PADAN_OK) status = named_call(parser, name, source, &children, out);
    pd_free(children.items);
    return status;
}

struct type_name {
    const char *name;
    enum pd_type type;
    bool single_precision;
};

static const struct type_name *find_type(struct pd_text name)
{
    static const struct type_name types[] = {
        { "varchar", PD_TYPE_TEXT, false },       { "text", PD_TYPE_TEXT, false },
        { "string", PD_TYPE_TEXT, false },        { "char", PD_TYPE_TEXT, false },
        { "bpchar", PD_TYPE_TEXT, false },        { "int", PD_TYPE_INT, false },
        { "integer", PD_TYPE_INT, false },        { "bigint", PD_TYPE_INT, false },
        { "smallint", PD_TYPE_INT, false },       { "tinyint", PD_TYPE_INT, false },
        { "hugeint", PD_TYPE_INT, false },        { "int2", PD_TYPE_INT, false },
        { "int4", PD_TYPE_INT, false },           { "int8", PD_TYPE_INT, false },
        { "long", PD_TYPE_INT, false },           { "float", PD_TYPE_DOUBLE, true },
        { "real", PD_TYPE_DOUBLE, true },         { "float4", PD_TYPE_DOUBLE, true },
        { "double", PD_TYPE_DOUBLE, false },      { "float8", PD_TYPE_DOUBLE, false },
        { "bool", PD_TYPE_BOOL, false },          { "boolean", PD_TYPE_BOOL, false },
        { "date", PD_TYPE_DATE, false },          { "timestamp", PD_TYPE_TIMESTAMP, false },
        { "datetime", PD_TYPE_TIMESTAMP, false },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (pd_word_is(name, types[i].name)) return &types[i];
    return NULL;
}

enum padan_status pd_parse_cast_to(struct pd_parser *parser, struct pd_expression *value, bool lenient, size_t begin,
                                   struct pd_expression **out)
{
    const struct type_name *type = parser->token.kind == PD_TOKEN_NAME ? find_type(parser->token.text) : NULL;
    if (type == NULL)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED,
                              "no type of this name; use VARCHAR, BIGINT, DOUBLE, FLOAT, BOOLEAN, DATE or TIMESTAMP");
    const bool is_double = pd_parser_at_word(parser, "double");
    PD_TRY(pd_parser_take(parser));
    if (is_double && pd_parser_at_word(parser, "precision")) PD_TRY(pd_parser_take(parser));
    if (type->type == PD_TYPE_TEXT && pd_parser_at_sign(parser, "(")) { /* VARCHAR(20): the width says nothing */
        PD_TRY(pd_parser_take(parser));
        if (parser->token.kind != PD_TOKEN_NUMBER)
            return pd_parser_fail(parser, PADAN_BAD_ARGUMENT, "expected a width");
        PD_TRY(pd_parser_take(parser));
        PD_TRY(pd_parser_expect_sign(parser, ")"));
    }
    PD_TRY(pd_parser_node(parser, PD_OP_CAST, &value, 1, begin, out));
    (*out)->type = type->type;
    (*out)->single_precision = type->single_precision;
    (*out)->lenient = lenient;
    return PADAN_OK;
}

enum padan_status pd_parse_cast(struct pd_parser *parser, bool lenient, size_t begin, struct pd_expression **out)
{
    struct pd_expression *value = NULL;
    PD_TRY(pd_parser_expect_sign(parser, "("));
    PD_TRY(pd_parse_any(parser, &value));
    PD_TRY(pd_parser_expect_word(parser, "as"));
    PD_TRY(pd_parse_cast_to(parser, value, lenient, begin, out));
    PD_TRY(pd_parser_expect_sign(parser, ")"));
    (*out)->text = pd_text_slice(parser->lexer.source, begin, parser->taken_end);
    return PADAN_OK;
}

/* One WHEN .. THEN ..; in CASE subject WHEN value, the condition is subject = value. */
static enum padan_status parse_when(struct pd_parser *parser, struct pd_expression *subject,
                                    struct pd_children *children)
{
    const size_t begin = pd_parser_position(parser);
    struct pd_expression *when = NULL;
    struct pd_expression *then = NULL;
    PD_TRY(pd_parser_take(parser));
    PD_TRY(pd_parse_any(parser, &when));
    if (subject != NULL) {
        struct pd_expression *const sides[] = { subject, when };
        PD_TRY(pd_parser_node(parser, PD_OP_EQUAL, sides, 2, begin, &when));
    }
    PD_TRY(pd_parser_expect_word(parser, "then"));
    PD_TRY(pd_parse_any(parser, &then));
    PD_TRY(pd_children_add(children, when, parser->error));
    return pd_children_add(children, then, parser->error);
}

static enum padan_status parse_branches(struct pd_parser *parser, struct pd_children *children)
{
    struct pd_expression *subject = NULL;
    if (!pd_parser_at_word(parser, "when")) PD_TRY(pd_parse_any(parser, &subject));
    if (!pd_parser_at_word(parser, "when")) return pd_parser_expect_word(parser, "when");
    while (pd_parser_at_word(parser, "when")) PD_TRY(parse_when(parser, subject, children));
    if (pd_parser_at_word(parser, "else")) {
        struct pd_expression *otherwise = NULL;
        PD_TRY(pd_parser_take(parser));
        PD_TRY(pd_parse_any(parser, &otherwise));
        PD_TRY(pd_children_add(children, otherwise, parser->error));
    }
    return pd_parser_expect_word(parser, "end");
}

enum padan_status pd_parse_case(struct pd_parser *parser, size_t begin, struct pd_expression **out)
{
    struct pd_children children = { 0 };
    enum padan_status status = parse_branches(parser, &children);
    if (status == PADAN_OK) status = pd_parser_node(parser, PD_OP_CASE, children.items, children.n_items, begin, out);
    pd_free(children.items);
    return status;
}

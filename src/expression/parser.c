/* SPDX-License-Identifier: MIT
 * Operators and operands of the condition language:
 *
 *   any        := conjunction {OR conjunction}
 *   conjunction:= negation {AND negation}
 *   negation   := NOT negation | relation
 *   relation   := range [(= <> != < <= > >=) range] {IS [NOT] NULL}
 *   range      := sum {[NOT] IN (any, ..) | [NOT] BETWEEN sum AND sum}
 *   sum        := product {(+ - ||) product}
 *   product    := sign {(* / %) sign}
 *   sign       := (- +) sign | postfix
 *   postfix    := operand {::type | [any]}
 *
 * Depth is bounded twice: that of the recursion (brackets), and the height of the tree (long chains of +), because
 * everything that walks the tree later recurses. */
#include "expression/parser.h"

#include "base/memory.h"

#include <stdio.h>

enum padan_status pd_parser_take(struct pd_parser *parser)
{
    const struct pd_text source = parser->token.source;
    if (source.data != NULL) parser->taken_end = (size_t)(source.data - parser->lexer.source.data) + source.length;
    return pd_lexer_next(&parser->lexer, &parser->token, parser->error);
}

bool pd_parser_at_sign(const struct pd_parser *parser, const char *sign)
{
    return parser->token.kind == PD_TOKEN_SIGN && pd_text_equal(parser->token.text, pd_text_of(sign));
}

bool pd_parser_at_word(const struct pd_parser *parser, const char *word)
{
    return parser->token.kind == PD_TOKEN_NAME && pd_word_is(parser->token.text, word);
}

enum padan_status pd_parser_fail(const struct pd_parser *parser, enum padan_status status, const char *sentence)
{
    return pd_lexer_fail(&parser->lexer, status, parser->token.source, sentence, parser->error);
}

static enum padan_status expected(const struct pd_parser *parser, const char *what)
{
    char sentence[80];
    (void)snprintf(sentence, sizeof sentence, "expected %s", what);
    return pd_parser_fail(parser, PADAN_BAD_ARGUMENT, sentence);
}

enum padan_status pd_parser_expect_sign(struct pd_parser *parser, const char *sign)
{
    return pd_parser_at_sign(parser, sign) ? pd_parser_take(parser) : expected(parser, sign);
}

enum padan_status pd_parser_expect_word(struct pd_parser *parser, const char *word)
{
    return pd_parser_at_word(parser, word) ? pd_parser_take(parser) : expected(parser, word);
}

size_t pd_parser_position(const struct pd_parser *parser)
{
    return (size_t)(parser->token.source.data - parser->lexer.source.data);
}

enum padan_status pd_children_add(struct pd_children *children, struct pd_expression *child, struct padan_error *error)
{
    PD_TRY(
        pd_grow(&children->items, &children->capacity, children->n_items + 1, sizeof(struct pd_expression *), error));
    children->items[children->n_items++] = child;
    return PADAN_OK;
}

enum padan_status pd_parser_node(struct pd_parser *parser, enum pd_operator op, struct pd_expression *const *children,
                                 size_t n_children, size_t begin, struct pd_expression **out)
{
    struct pd_expression *node = NULL;
    PD_TRY(pd_arena_allocate(parser->lexer.arena, &node, sizeof *node, parser->error));
    PD_TRY(pd_arena_allocate(parser->lexer.arena, &node->children, n_children * sizeof(struct pd_expression *),
                             parser->error));
    node->op = op;
    node->column_index = -1;
    node->n_children = n_children;
    node->text = pd_text_slice(parser->lexer.source, begin, parser->taken_end);
    for (size_t i = 0; i < n_children; i++) {
        node->children[i] = children[i];
        node->sides |= children[i]->sides;
        if (children[i]->depth >= node->depth) node->depth = children[i]->depth + 1;
    }
    if (node->depth > PD_EXPRESSION_DEPTH_MAX)
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, node->text, "the condition is nested too deeply",
                             parser->error);
    *out = node;
    return PADAN_OK;
}

enum padan_status pd_parser_literal(struct pd_parser *parser, struct pd_value value, size_t begin,
                                    struct pd_expression **out)
{
    PD_TRY(pd_parser_node(parser, PD_OP_LITERAL, NULL, 0, begin, out));
    (*out)->type = value.type;
    (*out)->literal = value;
    (*out)->value = value;
    return PADAN_OK;
}

static enum padan_status binary(struct pd_parser *parser, enum pd_operator op, struct pd_expression *left,
                                struct pd_expression *right, size_t begin, struct pd_expression **out)
{
    struct pd_expression *const children[] = { left, right };
    return pd_parser_node(parser, op, children, 2, begin, out);
}

/* Words that mean something in SQL but not here: as an operand or an operator they are refused by name. */
static bool is_foreign_word(struct pd_text word)
{
    static const char *const words[] = { "select",   "exists",   "like",  "ilike", "similar", "glob",
                                         "over",     "interval", "array", "any",   "all",     "collate",
                                         "distinct", "struct",   "map",   "row" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (pd_word_is(word, words[i])) return true;
    return false;
}

static bool is_keyword(struct pd_text word)
{
    static const char *const words[] = { "or",   "and", "not",  "is",   "in",    "between", "case", "when", "then",
                                         "else", "end", "null", "true", "false", "as",      "cast", "from", "where" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (pd_word_is(word, words[i])) return true;
    return false;
}

static enum padan_status parse_number(struct pd_parser *parser, size_t begin, struct pd_expression **out)
{
    const struct pd_text text = parser->token.text;
    struct pd_value value = { .type = PD_TYPE_INT };
    if (!pd_text_to_i64(text, &value.integer)) {
        value = (struct pd_value){ .type = PD_TYPE_DOUBLE };
        if (!pd_text_to_double(text, &value.real) || !(value.real <= 1.7e308))
            return pd_parser_fail(parser, PADAN_BAD_ARGUMENT, "not a number");
    }
    PD_TRY(pd_parser_take(parser));
    return pd_parser_literal(parser, value, begin, out);
}

static enum padan_status column_node(struct pd_parser *parser, struct pd_text name, unsigned side, size_t begin,
                                     struct pd_expression **out)
{
    PD_TRY(pd_parser_node(parser, PD_OP_COLUMN, NULL, 0, begin, out));
    (*out)->column = name;
    (*out)->side = side;
    (*out)->sides = side;
    return PADAN_OK;
}

/* A column of a level: the name ends in _l or _r. */
static enum padan_status level_column(struct pd_parser *parser, const struct pd_token *token, size_t begin,
                                      struct pd_expression **out)
{
    const struct pd_text name = token->text;
    const struct pd_text ending = pd_text_slice(name, name.length < 2 ? 0 : name.length - 2, name.length);
    const bool left = pd_word_is(ending, "_l");
    if (name.length < 3 || (!left && !pd_word_is(ending, "_r")))
        return pd_lexer_fail(&parser->lexer, PADAN_BAD_ARGUMENT, token->source,
                             "columns of a comparison level end in _l or _r", parser->error);
    return column_node(parser, pd_text_slice(name, 0, name.length - 2), left ? PD_SIDE_LEFT : PD_SIDE_RIGHT, begin,
                       out);
}

/* A column of a rule: the l or r before the point was taken already. */
static enum padan_status rule_column(struct pd_parser *parser, const struct pd_token *token, size_t begin,
                                     struct pd_expression **out)
{
    const bool left = pd_word_is(token->text, "l");
    if ((!left && !pd_word_is(token->text, "r")) || !pd_parser_at_sign(parser, "."))
        return pd_lexer_fail(&parser->lexer, PADAN_BAD_ARGUMENT, token->source,
                             "columns of a blocking rule are written l.name or r.name", parser->error);
    PD_TRY(pd_parser_take(parser));
    const struct pd_token name = parser->token;
    if (name.kind != PD_TOKEN_NAME && name.kind != PD_TOKEN_QUOTED) return expected(parser, "a column name");
    PD_TRY(pd_parser_take(parser));
    return column_node(parser, name.text, left ? PD_SIDE_LEFT : PD_SIDE_RIGHT, begin, out);
}

static enum padan_status parse_column(struct pd_parser *parser, const struct pd_token *token, size_t begin,
                                      struct pd_expression **out)
{
    if (token->text.length == 0)
        return pd_lexer_fail(&parser->lexer, PADAN_BAD_ARGUMENT, token->source, "an empty column name", parser->error);
    if (parser->mode == PD_MODE_RULE) return rule_column(parser, token, begin, out);
    if (pd_parser_at_sign(parser, "."))
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, token->source,
                             "names with a point are not supported here", parser->error);
    if (parser->mode == PD_MODE_LEVEL) return level_column(parser, token, begin, out);
    return column_node(parser, token->text, PD_SIDE_NONE, begin, out);
}

/* DATE '2026-11-23', TIMESTAMP '..': a cast of a literal. */
static enum padan_status parse_moment(struct pd_parser *parser, enum pd_type type, size_t begin,
                                      struct pd_expression **out)
{
    const struct pd_value value = { .type = PD_TYPE_TEXT, .text = parser->token.text };
    const size_t text_begin = pd_parser_position(parser);
    struct pd_expression *literal = NULL;
    PD_TRY(pd_parser_take(parser));
    PD_TRY(pd_parser_literal(parser, value, text_begin, &literal));
    PD_TRY(pd_parser_node(parser, PD_OP_CAST, &literal, 1, begin, out));
    (*out)->type = type;
    return PADAN_OK;
}

/* An operand that begins with a bare word: a constant, CASE, CAST, a function or a column. */
static enum padan_status parse_word(struct pd_parser *parser, size_t begin, struct pd_expression **out)
{
    const struct pd_token word = parser->token;
    PD_TRY(pd_parser_take(parser));
    const struct pd_text name = word.text;
    if (pd_word_is(name, "null"))
        return pd_parser_literal(parser, (struct pd_value){ .type = PD_TYPE_NULL, .null = true }, begin, out);
    if (pd_word_is(name, "true") || pd_word_is(name, "false"))
        return pd_parser_literal(parser, (struct pd_value){ .type = PD_TYPE_BOOL, .boolean = pd_word_is(name, "true") },
                                 begin, out);
    if (pd_word_is(name, "case")) return pd_parse_case(parser, begin, out);
    if (pd_word_is(name, "cast") || pd_word_is(name, "try_cast"))
        return pd_parse_cast(parser, pd_word_is(name, "try_cast"), begin, out);
    if (parser->token.kind == PD_TOKEN_STRING && (pd_word_is(name, "date") || pd_word_is(name, "timestamp")))
        return parse_moment(parser, pd_word_is(name, "date") ? PD_TYPE_DATE : PD_TYPE_TIMESTAMP, begin, out);
    if (is_foreign_word(name) && !pd_parser_at_sign(parser, "."))
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, word.source,
                             "this word of SQL is not part of the condition language", parser->error);
    if (is_keyword(name))
        return pd_lexer_fail(&parser->lexer, PADAN_BAD_ARGUMENT, word.source, "expected a value before this word",
                             parser->error);
    if (pd_parser_at_sign(parser, "(")) return pd_parse_call(parser, name, begin, out);
    return parse_column(parser, &word, begin, out);
}

static enum padan_status parse_operand(struct pd_parser *parser, struct pd_expression **out)
{
    const size_t begin = pd_parser_position(parser);
    const struct pd_token token = parser->token;
    switch (token.kind) {
    case PD_TOKEN_NUMBER: return parse_number(parser, begin, out);
    case PD_TOKEN_STRING:
        PD_TRY(pd_parser_take(parser));
        return pd_parser_literal(parser, (struct pd_value){ .type = PD_TYPE_TEXT, .text = token.text }, begin, out);
    case PD_TOKEN_QUOTED: PD_TRY(pd_parser_take(parser)); return parse_column(parser, &token, begin, out);
    case PD_TOKEN_NAME: return parse_word(parser, begin, out);
    case PD_TOKEN_SIGN:
    case PD_TOKEN_END: break;
    }
    if (pd_parser_at_sign(parser, "["))
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "lists cannot be written in conditions");
    if (!pd_parser_at_sign(parser, "(")) return expected(parser, "a value");
    PD_TRY(pd_parser_take(parser));
    PD_TRY(pd_parse_any(parser, out));
    return pd_parser_expect_sign(parser, ")");
}

/* s['k'] after the '[': the column "s.k". */
static enum padan_status struct_field(struct pd_parser *parser, struct pd_expression *column, size_t begin,
                                      struct pd_expression **out)
{
    const struct pd_text key = parser->token.text;
    const struct pd_text name = column->column;
    if (column->op != PD_OP_COLUMN)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "only columns have fields, as in s['k']");
    char *joined = NULL;
    PD_TRY(pd_arena_allocate(parser->lexer.arena, &joined, name.length + key.length + 1, parser->error));
    memcpy(joined, name.data, name.length);
    joined[name.length] = '.';
    memcpy(joined + name.length + 1, key.data, key.length);
    PD_TRY(pd_parser_take(parser));
    PD_TRY(pd_parser_expect_sign(parser, "]"));
    return column_node(parser, (struct pd_text){ joined, name.length + key.length + 1 }, column->side, begin, out);
}

static enum padan_status parse_index(struct pd_parser *parser, struct pd_expression *value, size_t begin,
                                     struct pd_expression **out)
{
    struct pd_expression *index = NULL;
    PD_TRY(pd_parser_take(parser));
    if (parser->token.kind == PD_TOKEN_STRING) return struct_field(parser, value, begin, out);
    PD_TRY(pd_parse_any(parser, &index));
    if (pd_parser_at_sign(parser, ":")) return pd_parser_fail(parser, PADAN_UNSUPPORTED, "slices are not supported");
    PD_TRY(pd_parser_expect_sign(parser, "]"));
    if (parser->lexer.spark) pd_spark_index(index);
    return binary(parser, PD_OP_INDEX, value, index, begin, out);
}

static enum padan_status parse_postfix(struct pd_parser *parser, struct pd_expression **out)
{
    const size_t begin = pd_parser_position(parser);
    struct pd_expression *value = NULL;
    PD_TRY(parse_operand(parser, &value));
    for (;;) {
        if (pd_parser_at_sign(parser, "::")) {
            PD_TRY(pd_parser_take(parser));
            PD_TRY(pd_parse_cast_to(parser, value, false, begin, &value));
        } else if (pd_parser_at_sign(parser, "[")) {
            PD_TRY(parse_index(parser, value, begin, &value));
        } else {
            *out = value;
            return PADAN_OK;
        }
    }
}

static enum padan_status parse_signed(struct pd_parser *parser, struct pd_expression **out)
{
    const size_t begin = pd_parser_position(parser);
    const bool minus = pd_parser_at_sign(parser, "-");
    if (!minus && !pd_parser_at_sign(parser, "+")) return parse_postfix(parser, out);
    if (++parser->depth > PD_EXPRESSION_DEPTH_MAX)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "the condition is nested too deeply");
    PD_TRY(pd_parser_take(parser));
    struct pd_expression *value = NULL;
    PD_TRY(parse_signed(parser, &value));
    parser->depth--;
    *out = value;
    return minus ? pd_parser_node(parser, PD_OP_NEGATE, &value, 1, begin, out) : PADAN_OK;
}

/* The operator at the next token among those of one level of precedence; PD_OP_LITERAL when there is none. */
static enum pd_operator operator_at(const struct pd_parser *parser, const char *const *signs,
                                    const enum pd_operator *operators)
{
    for (size_t i = 0; signs[i] != NULL; i++)
        if (pd_parser_at_sign(parser, signs[i])) return operators[i];
    return PD_OP_LITERAL;
}

static enum padan_status parse_product(struct pd_parser *parser, struct pd_expression **out)
{
    static const char *const signs[] = { "*", "/", "%", NULL };
    static const enum pd_operator operators[] = { PD_OP_MULTIPLY, PD_OP_DIVIDE, PD_OP_MODULO };
    const size_t begin = pd_parser_position(parser);
    struct pd_expression *left = NULL;
    PD_TRY(parse_signed(parser, &left));
    for (;;) {
        const enum pd_operator op = operator_at(parser, signs, operators);
        struct pd_expression *right = NULL;
        *out = left;
        if (op == PD_OP_LITERAL) return PADAN_OK;
        PD_TRY(pd_parser_take(parser));
        PD_TRY(parse_signed(parser, &right));
        PD_TRY(binary(parser, op, left, right, begin, &left));
    }
}

static enum padan_status parse_sum(struct pd_parser *parser, struct pd_expression **out)
{
    static const char *const signs[] = { "+", "-", "||", NULL };
    static const enum pd_operator operators[] = { PD_OP_ADD, PD_OP_SUBTRACT, PD_OP_CONCAT };
    const size_t begin = pd_parser_position(parser);
    struct pd_expression *left = NULL;
    PD_TRY(parse_product(parser, &left));
    for (;;) {
        const enum pd_operator op = operator_at(parser, signs, operators);
        struct pd_expression *right = NULL;
        *out = left;
        if (op == PD_OP_LITERAL) return PADAN_OK;
        PD_TRY(pd_parser_take(parser));
        PD_TRY(parse_product(parser, &right));
        PD_TRY(binary(parser, op, left, right, begin, &left));
    }
}

/* (a, b, ..) of IN. */
static enum padan_status parse_list(struct pd_parser *parser, struct pd_children *children)
{
    PD_TRY(pd_parser_expect_sign(parser, "("));
    for (;;) {
        struct pd_expression *item = NULL;
        PD_TRY(pd_parse_any(parser, &item));
        PD_TRY(pd_children_add(children, item, parser->error));
        if (!pd_parser_at_sign(parser, ",")) return pd_parser_expect_sign(parser, ")");
        PD_TRY(pd_parser_take(parser));
    }
}

static enum padan_status parse_in(struct pd_parser *parser, struct pd_expression *value, size_t begin,
                                  struct pd_expression **out)
{
    struct pd_children children = { 0 };
    enum padan_status status = pd_children_add(&children, value, parser->error);
    if (status == PADAN_OK) status = parse_list(parser, &children);
    if (status == PADAN_OK) status = pd_parser_node(parser, PD_OP_IN, children.items, children.n_items, begin, out);
    pd_free(children.items);
    return status;
}

static enum padan_status parse_between(struct pd_parser *parser, struct pd_expression *value, size_t begin,
                                       struct pd_expression **out)
{
    struct pd_expression *low = NULL;
    struct pd_expression *high = NULL;
    PD_TRY(parse_sum(parser, &low));
    PD_TRY(pd_parser_expect_word(parser, "and"));
    PD_TRY(parse_sum(parser, &high));
    PD_TRY(binary(parser, PD_OP_GREATER_EQUAL, value, low, begin, &low));
    PD_TRY(binary(parser, PD_OP_LESS_EQUAL, value, high, begin, &high));
    return binary(parser, PD_OP_AND, low, high, begin, out);
}

static enum padan_status parse_range(struct pd_parser *parser, struct pd_expression **out)
{
    const size_t begin = pd_parser_position(parser);
    PD_TRY(parse_sum(parser, out));
    for (;;) {
        const bool negated = pd_parser_at_word(parser, "not");
        if (negated) PD_TRY(pd_parser_take(parser));
        if (pd_parser_at_word(parser, "in")) {
            PD_TRY(pd_parser_take(parser));
            PD_TRY(parse_in(parser, *out, begin, out));
        } else if (pd_parser_at_word(parser, "between")) {
            PD_TRY(pd_parser_take(parser));
            PD_TRY(parse_between(parser, *out, begin, out));
        } else if (parser->token.kind == PD_TOKEN_NAME && is_foreign_word(parser->token.text)) {
            return pd_parser_fail(parser, PADAN_UNSUPPORTED, "this word of SQL is not part of the condition language");
        } else if (negated) {
            return expected(parser, "IN or BETWEEN after NOT");
        } else {
            return PADAN_OK;
        }
        if (negated) PD_TRY(pd_parser_node(parser, PD_OP_NOT, out, 1, begin, out));
    }
}

static enum padan_status parse_is(struct pd_parser *parser, size_t begin, struct pd_expression **value)
{
    PD_TRY(pd_parser_take(parser));
    const bool negated = pd_parser_at_word(parser, "not");
    if (negated) PD_TRY(pd_parser_take(parser));
    if (!pd_parser_at_word(parser, "null"))
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "only IS NULL and IS NOT NULL are supported");
    PD_TRY(pd_parser_take(parser));
    return pd_parser_node(parser, negated ? PD_OP_IS_NOT_NULL : PD_OP_IS_NULL, value, 1, begin, value);
}

static enum padan_status parse_relation(struct pd_parser *parser, struct pd_expression **out)
{
    static const char *const signs[] = { "=", "==", "<>", "!=", "<", "<=", ">", ">=", NULL };
    static const enum pd_operator operators[] = { PD_OP_EQUAL, PD_OP_EQUAL,      PD_OP_UNEQUAL, PD_OP_UNEQUAL,
                                                  PD_OP_LESS,  PD_OP_LESS_EQUAL, PD_OP_GREATER, PD_OP_GREATER_EQUAL };
    const size_t begin = pd_parser_position(parser);
    PD_TRY(parse_range(parser, out));
    const enum pd_operator op = operator_at(parser, signs, operators);
    if (op != PD_OP_LITERAL) {
        struct pd_expression *right = NULL;
        PD_TRY(pd_parser_take(parser));
        PD_TRY(parse_range(parser, &right));
        PD_TRY(binary(parser, op, *out, right, begin, out));
        if (operator_at(parser, signs, operators) != PD_OP_LITERAL)
            return pd_parser_fail(parser, PADAN_BAD_ARGUMENT, "comparisons cannot be chained, use AND");
    }
    while (pd_parser_at_word(parser, "is")) PD_TRY(parse_is(parser, begin, out));
    return PADAN_OK;
}

static enum padan_status parse_negation(struct pd_parser *parser, struct pd_expression **out)
{
    if (!pd_parser_at_word(parser, "not")) return parse_relation(parser, out);
    const size_t begin = pd_parser_position(parser);
    if (++parser->depth > PD_EXPRESSION_DEPTH_MAX)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "the condition is nested too deeply");
    struct pd_expression *value = NULL;
    PD_TRY(pd_parser_take(parser));
    PD_TRY(parse_negation(parser, &value));
    parser->depth--;
    return pd_parser_node(parser, PD_OP_NOT, &value, 1, begin, out);
}

/* Operands joined by one word, as one flat node: `next` parses an operand. */
static enum padan_status parse_joined(struct pd_parser *parser, const char *word, enum pd_operator op,
                                      enum padan_status (*next)(struct pd_parser *, struct pd_expression **),
                                      struct pd_expression **out)
{
    const size_t begin = pd_parser_position(parser);
    PD_TRY(next(parser, out));
    if (!pd_parser_at_word(parser, word)) return PADAN_OK;
    struct pd_children children = { 0 };
    enum padan_status status = pd_children_add(&children, *out, parser->error);
    while (status == PADAN_OK && pd_parser_at_word(parser, word)) {
        struct pd_expression *operand = NULL;
        status = pd_parser_take(parser);
        if (status == PADAN_OK) status = next(parser, &operand);
        if (status == PADAN_OK) status = pd_children_add(&children, operand, parser->error);
    }
    if (status == PADAN_OK) status = pd_parser_node(parser, op, children.items, children.n_items, begin, out);
    pd_free(children.items);
    return status;
}

static enum padan_status parse_conjunction(struct pd_parser *parser, struct pd_expression **out)
{
    return parse_joined(parser, "and", PD_OP_AND, parse_negation, out);
}

enum padan_status pd_parse_any(struct pd_parser *parser, struct pd_expression **out)
{
    if (++parser->depth > PD_EXPRESSION_DEPTH_MAX)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "the condition is nested too deeply");
    PD_TRY(parse_joined(parser, "or", PD_OP_OR, parse_conjunction, out));
    parser->depth--;
    return PADAN_OK;
}

enum padan_status pd_expression_parse(struct pd_arena *arena, struct pd_text text, enum pd_expression_mode mode,
                                      const struct pd_function_set *functions, const char *where,
                                      struct pd_expression **out, struct padan_error *error)
{
    struct pd_parser parser = {
        .lexer = { .arena = arena, .where = where }, .functions = functions, .mode = mode, .error = error
    };
    PD_TRY(pd_arena_copy(arena, text, &parser.lexer.source, error));
    PD_TRY(pd_parser_take(&parser));
    PD_TRY(pd_parse_any(&parser, out));
    if (parser.token.kind == PD_TOKEN_END) return PADAN_OK;
    return pd_parser_fail(&parser, PADAN_BAD_ARGUMENT, "the condition should end here");
}

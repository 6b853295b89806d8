/* SPDX-License-Identifier: MIT
 * What the two halves of the parser share: parser.c has operators and operands, parse_call.c functions, casts, CASE and
 * the pairwise template. Recursive descent with one token of look-ahead. */
#ifndef PD_EXPRESSION_PARSER_H
#define PD_EXPRESSION_PARSER_H

#include "expression/expression.h"
#include "expression/lexer.h"

struct pd_parser {
    struct pd_lexer lexer;
    struct pd_token token; /* the next one, not yet taken */
    size_t taken_end;      /* end of the token taken last, as a position in the source */
    const struct pd_function_set *functions;
    enum pd_expression_mode mode;
    unsigned depth; /* of the recursion */
    struct padan_error *error;
};

/* A condition in brackets or an argument: anything. */
PADAN_MUST_CHECK enum padan_status pd_parse_any(struct pd_parser *parser, struct pd_expression **out);
/* The function whose name was just taken; the next token is '('. begin is the position of the name. */
PADAN_MUST_CHECK enum padan_status pd_parse_call(struct pd_parser *parser, struct pd_text name, size_t begin,
                                                 struct pd_expression **out);
/* CAST(x AS type), TRY_CAST: after the word. */
PADAN_MUST_CHECK enum padan_status pd_parse_cast(struct pd_parser *parser, bool lenient, size_t begin,
                                                 struct pd_expression **out);
/* value::type, after the '::'. */
PADAN_MUST_CHECK enum padan_status pd_parse_cast_to(struct pd_parser *parser, struct pd_expression *value, bool lenient,
                                                    size_t begin, struct pd_expression **out);
/* CASE .. END, after the word. */
PADAN_MUST_CHECK enum padan_status pd_parse_case(struct pd_parser *parser, size_t begin, struct pd_expression **out);

/* Tokens. */
PADAN_MUST_CHECK enum padan_status pd_parser_take(struct pd_parser *parser);
bool pd_parser_at_sign(const struct pd_parser *parser, const char *sign);
bool pd_parser_at_word(const struct pd_parser *parser, const char *word);
/* Takes a sign or word that must come; the message says which was expected. */
PADAN_MUST_CHECK enum padan_status pd_parser_expect_sign(struct pd_parser *parser, const char *sign);
PADAN_MUST_CHECK enum padan_status pd_parser_expect_word(struct pd_parser *parser, const char *word);
size_t pd_parser_position(const struct pd_parser *parser);
/* Failure at the next token. */
enum padan_status pd_parser_fail(const struct pd_parser *parser, enum padan_status status, const char *sentence);

/* Children while their number is not known: pushed, then moved into a node. */
struct pd_children {
    struct pd_expression **items;
    size_t n_items, capacity;
};
PADAN_MUST_CHECK enum padan_status pd_children_add(struct pd_children *children, struct pd_expression *child,
                                                   struct padan_error *error);
/* A call of a function by its own name with arguments in hand. */
PADAN_MUST_CHECK enum padan_status pd_parser_call(struct pd_parser *parser, struct pd_text name,
                                                  const struct pd_children *arguments, size_t begin,
                                                  struct pd_expression **out);
/* Spark's forms (parse_spark.c): the own name of a function, and calls that are written otherwise; *out stays NULL when
 * the call is none of these. */
struct pd_text pd_spark_name(struct pd_text name);
/* Spark counts the items of a list in [] from 0. */
void pd_spark_index(struct pd_expression *index);
PADAN_MUST_CHECK enum padan_status pd_parse_spark_call(struct pd_parser *parser, struct pd_text name,
                                                       struct pd_children *arguments, size_t begin,
                                                       struct pd_expression **out);
/* Makes a node over children (copied; may be NULL when n_children is 0) whose text runs from begin to the token taken
 * last. */
PADAN_MUST_CHECK enum padan_status pd_parser_node(struct pd_parser *parser, enum pd_operator op,
                                                  struct pd_expression *const *children, size_t n_children,
                                                  size_t begin, struct pd_expression **out);
/* A literal. */
PADAN_MUST_CHECK enum padan_status pd_parser_literal(struct pd_parser *parser, struct pd_value value, size_t begin,
                                                     struct pd_expression **out);

#endif

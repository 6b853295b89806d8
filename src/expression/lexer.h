/* SPDX-License-Identifier: MIT
 * Cuts a condition into tokens. */
#ifndef PD_EXPRESSION_LEXER_H
#define PD_EXPRESSION_LEXER_H

#include "base/arena.h"

enum pd_token_kind {
    PD_TOKEN_END,
    PD_TOKEN_NAME,   /* bare word: name, keyword, function, type */
    PD_TOKEN_QUOTED, /* "name" */
    PD_TOKEN_STRING, /* 'text' */
    PD_TOKEN_NUMBER,
    PD_TOKEN_SIGN /* operators and brackets; `text` is the sign */
};

struct pd_token {
    enum pd_token_kind kind;
    struct pd_text source; /* as written */
    struct pd_text text;   /* without quotes, doubled quotes halved */
};

struct pd_lexer {
    struct pd_arena *arena;
    struct pd_text source; /* the whole condition; lives as long as the tokens */
    size_t position;
    const char *where; /* starts every message */
    bool spark;        /* a name in backticks was met: only Spark has them */
};

/* Takes the next token; PD_TOKEN_END at the end, again and again. BAD_ARGUMENT for a quote that is not closed, a number
 * that is none, a byte that starts no token. */
PADAN_MUST_CHECK enum padan_status pd_lexer_next(struct pd_lexer *lexer, struct pd_token *token,
                                                 struct padan_error *error);

/* "where: position 17: sentence: near 'text'", from the place of `source`, which is a part of lexer->source. */
enum padan_status pd_lexer_fail(const struct pd_lexer *lexer, enum padan_status status, struct pd_text source,
                                const char *sentence, struct padan_error *error);

/* Equal words, ASCII letters folded. */
bool pd_word_is(struct pd_text text, const char *word);

#endif

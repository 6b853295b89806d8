/* SPDX-License-Identifier: MIT */
#include "expression/lexer.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Bytes of names; everything outside ASCII belongs to names. */
static bool starts_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || (unsigned char)byte >= 0x80;
}

bool pd_word_is(struct pd_text text, const char *word)
{
    return pd_text_equal_but_for_case(text, pd_text_of(word));
}

enum padan_status pd_lexer_fail(const struct pd_lexer *lexer, enum padan_status status, struct pd_text source,
                                const char *sentence, struct padan_error *error)
{
    enum { SHOWN = 60 };
    const size_t position = (size_t)(source.data - lexer->source.data) + 1;
    if (source.length == 0)
        PD_FAIL(error, status, "%s: position %zu: %s, at the end", lexer->where, position, sentence);
    size_t length = source.length < SHOWN ? source.length : SHOWN;
    if (length < source.length)
        while (length > 0 && ((unsigned char)source.data[length] & 0xC0) == 0x80) length--;
    PD_FAIL(error, status, "%s: position %zu: %s, near <%.*s%s>", lexer->where, position, sentence, (int)length,
            source.data, length < source.length ? "..." : "");
}

static char byte_at(const struct pd_lexer *lexer, size_t position)
{
    return position < lexer->source.length ? lexer->source.data[position] : '\0';
}

/* Behind the comment that opens here; 0 where it is not closed. */
static size_t comment_end(const struct pd_lexer *lexer)
{
    for (size_t i = lexer->position + 2; i + 1 < lexer->source.length; i++)
        if (lexer->source.data[i] == '*' && lexer->source.data[i + 1] == '/') return i + 2;
    return 0;
}

static bool opens_comment(const struct pd_lexer *lexer)
{
    return byte_at(lexer, lexer->position) == '/' && byte_at(lexer, lexer->position + 1) == '*';
}

/* Blanks and comments (-- to the end of the line, and those of slashes and stars). */
static void skip_blanks(struct pd_lexer *lexer)
{
    for (;;) {
        const char byte = byte_at(lexer, lexer->position);
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
            lexer->position++;
        } else if (byte == '-' && byte_at(lexer, lexer->position + 1) == '-') {
            while (lexer->position < lexer->source.length && byte_at(lexer, lexer->position) != '\n') lexer->position++;
        } else if (opens_comment(lexer) && comment_end(lexer) > 0) {
            lexer->position = comment_end(lexer);
        } else {
            return;
        }
    }
}

/* In Spark a quote inside a text may stand behind a backslash, which DuckDB has for a letter. */
static bool is_escaped(const struct pd_lexer *lexer, char quote, size_t position)
{
    return lexer->spark && quote == '\'' && byte_at(lexer, position) == '\\' && byte_at(lexer, position + 1) == quote;
}

static enum padan_status take_quoted(struct pd_lexer *lexer, struct pd_token *token, struct padan_error *error)
{
    const size_t begin = lexer->position;
    const char quote = byte_at(lexer, begin);
    size_t end = begin + 1;
    size_t doubled = 0;
    lexer->spark = lexer->spark || quote == '`';
    for (;; end++) {
        if (end >= lexer->source.length)
            return pd_lexer_fail(lexer, PADAN_BAD_ARGUMENT, pd_text_slice(lexer->source, begin, end),
                                 "a quote is not closed", error);
        const bool escaped = is_escaped(lexer, quote, end);
        if (lexer->source.data[end] != quote && !escaped) continue;
        if (!escaped && byte_at(lexer, end + 1) != quote) break;
        doubled++;
        end++;
    }
    token->kind = quote == '\'' ? PD_TOKEN_STRING : PD_TOKEN_QUOTED;
    token->text = pd_text_slice(lexer->source, begin + 1, end);
    lexer->position = end + 1;
    if (doubled == 0) return PADAN_OK;
    char *copy = NULL;
    PD_TRY(pd_arena_allocate(lexer->arena, &copy, token->text.length, error));
    size_t length = 0;
    for (size_t i = 0; i < token->text.length; i++) {
        if (is_escaped(lexer, quote, begin + 1 + i))
            i++;
        else if (token->text.data[i] == quote)
            i++;
        copy[length++] = token->text.data[i];
    }
    token->text = (struct pd_text){ copy, length };
    return PADAN_OK;
}

static enum padan_status take_number(struct pd_lexer *lexer, struct pd_token *token, struct padan_error *error)
{
    const size_t begin = lexer->position;
    size_t end = begin;
    while (is_digit(byte_at(lexer, end))) end++;
    if (byte_at(lexer, end) == '.') end++;
    while (is_digit(byte_at(lexer, end))) end++;
    if (byte_at(lexer, end) == 'e' || byte_at(lexer, end) == 'E') {
        size_t exponent = end + 1;
        if (byte_at(lexer, exponent) == '+' || byte_at(lexer, exponent) == '-') exponent++;
        if (is_digit(byte_at(lexer, exponent))) end = exponent;
        while (is_digit(byte_at(lexer, end))) end++;
    }
    token->kind = PD_TOKEN_NUMBER;
    token->text = pd_text_slice(lexer->source, begin, end);
    if (starts_name(byte_at(lexer, end)))
        return pd_lexer_fail(lexer, PADAN_BAD_ARGUMENT, pd_text_slice(lexer->source, begin, end + 1),
                             "a name cannot begin with a digit (quote it)", error);
    lexer->position = end;
    return PADAN_OK;
}

static void take_name(struct pd_lexer *lexer, struct pd_token *token)
{
    size_t end = lexer->position;
    while (starts_name(byte_at(lexer, end)) || is_digit(byte_at(lexer, end))) end++;
    token->kind = PD_TOKEN_NAME;
    token->text = pd_text_slice(lexer->source, lexer->position, end);
    lexer->position = end;
}

static enum padan_status take_sign(struct pd_lexer *lexer, struct pd_token *token, struct padan_error *error)
{
    static const char *const signs[] = { "<>", "!=", "<=", ">=", "==", "||", "::", "->", "//", "(", ")", "[", "]",
                                         ",",  ".",  "=",  "<",  ">",  "+",  "-",  "*",  "/",  "%", ":", NULL };
    const struct pd_text rest = pd_text_slice(lexer->source, lexer->position, lexer->source.length);
    for (size_t i = 0; signs[i] != NULL; i++) {
        if (!pd_text_starts(rest, pd_text_of(signs[i]))) continue;
        token->kind = PD_TOKEN_SIGN;
        token->text = pd_text_of(signs[i]);
        lexer->position += token->text.length;
        return PADAN_OK;
    }
    return pd_lexer_fail(lexer, PADAN_BAD_ARGUMENT, pd_text_slice(rest, 0, 1), "this sign means nothing here", error);
}

enum padan_status pd_lexer_next(struct pd_lexer *lexer, struct pd_token *token, struct padan_error *error)
{
    skip_blanks(lexer);
    const size_t begin = lexer->position;
    const char byte = byte_at(lexer, begin);
    enum padan_status status = PADAN_OK;
    *token = (struct pd_token){ .kind = PD_TOKEN_END };
    if (begin >= lexer->source.length)
        ;
    else if (opens_comment(lexer))
        status = pd_lexer_fail(lexer, PADAN_BAD_ARGUMENT, pd_text_slice(lexer->source, begin, begin + 2),
                               "this comment is not closed", error);
    else if (byte == '"' || byte == '\'' || byte == '`')
        status = take_quoted(lexer, token, error);
    else if (is_digit(byte) || (byte == '.' && is_digit(byte_at(lexer, begin + 1))))
        status = take_number(lexer, token, error);
    else if (starts_name(byte))
        take_name(lexer, token);
    else
        status = take_sign(lexer, token, error);
    token->source = pd_text_slice(lexer->source, begin, lexer->position);
    return status;
}

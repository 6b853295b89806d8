/* SPDX-License-Identifier: MIT
 * One pass over the bytes: fields are slices of the content; only a field with a doubled quote is copied. */
#include "base/delimited.h"

#include "base/memory.h"

/* Takes the rest of the current line, for comments. */
static void skip_line(struct pd_delimited *reader)
{
    const char *end = memchr(reader->rest.data, '\n', reader->rest.length);
    const size_t length = end == NULL ? reader->rest.length : (size_t)(end - reader->rest.data) + 1;
    reader->rest = pd_text_slice(reader->rest, length, reader->rest.length);
    reader->next_line++;
}

static bool at_line_end(struct pd_text rest)
{
    return rest.length == 0 || rest.data[0] == '\n' ||
           (rest.data[0] == '\r' && (rest.length == 1 || rest.data[1] == '\n'));
}

static void take_line_end(struct pd_text *rest)
{
    if (rest->length > 0 && rest->data[0] == '\r') *rest = pd_text_slice(*rest, 1, rest->length);
    if (rest->length > 0 && rest->data[0] == '\n') *rest = pd_text_slice(*rest, 1, rest->length);
}

/* The content of a quoted field with its doubled quotes halved. */
static enum padan_status without_doubled(struct pd_delimited *reader, struct pd_text raw, struct pd_text *field,
                                         struct padan_error *error)
{
    char *copy = NULL;
    PD_TRY(pd_arena_allocate(&reader->arena, &copy, raw.length, error));
    size_t length = 0;
    for (size_t i = 0; i < raw.length; i++) {
        copy[length++] = raw.data[i];
        if (raw.data[i] == '"') i++;
    }
    *field = (struct pd_text){ copy, length };
    return PADAN_OK;
}

static enum padan_status take_quoted(struct pd_delimited *reader, struct pd_text *field, struct padan_error *error)
{
    const struct pd_text rest = reader->rest;
    size_t end = 1;
    bool doubled = false;
    for (;; end++) {
        if (end >= rest.length)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: the quote opened in line %zu is never closed", reader->name,
                    reader->line);
        if (rest.data[end] == '\n') reader->next_line++;
        if (rest.data[end] != '"') continue;
        if (end + 1 >= rest.length || rest.data[end + 1] != '"') break;
        doubled = true;
        end++;
    }
    *field = pd_text_slice(rest, 1, end);
    reader->rest = pd_text_slice(rest, end + 1, rest.length);
    if (!at_line_end(reader->rest) && reader->rest.data[0] != reader->delimiter)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: text after a closing quote; double the quotes inside a field",
                reader->name, reader->next_line);
    return doubled ? without_doubled(reader, *field, field, error) : PADAN_OK;
}

static void take_bare(struct pd_delimited *reader, struct pd_text *field)
{
    size_t end = 0;
    while (end < reader->rest.length && reader->rest.data[end] != reader->delimiter &&
           !at_line_end(pd_text_slice(reader->rest, end, reader->rest.length)))
        end++;
    *field = pd_text_slice(reader->rest, 0, end);
    reader->rest = pd_text_slice(reader->rest, end, reader->rest.length);
}

/* Reads one row into fields. */
static enum padan_status take_row(struct pd_delimited *reader, struct padan_error *error)
{
    reader->line = reader->next_line;
    reader->n_fields = 0;
    for (;;) {
        PD_TRY(pd_grow(&reader->fields, &reader->capacity, reader->n_fields + 1, sizeof *reader->fields, error));
        struct pd_text *field = &reader->fields[reader->n_fields++];
        if (reader->rest.length > 0 && reader->rest.data[0] == '"')
            PD_TRY(take_quoted(reader, field, error));
        else
            take_bare(reader, field);
        if (at_line_end(reader->rest)) break;
        reader->rest = pd_text_slice(reader->rest, 1, reader->rest.length);
    }
    take_line_end(&reader->rest);
    reader->next_line++;
    return PADAN_OK;
}

static enum padan_status take_header(struct pd_delimited *reader, struct padan_error *error)
{
    if (pd_text_starts(reader->rest, PD_TEXT("\xEF\xBB\xBF")))
        reader->rest = pd_text_slice(reader->rest, 3, reader->rest.length);
    while (reader->rest.length > 0 && (reader->rest.data[0] == '#' || at_line_end(reader->rest))) skip_line(reader);
    if (reader->rest.length == 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: has no header row", reader->name);
    PD_TRY(take_row(reader, error));
    reader->n_header = reader->n_fields;
    PD_TRY(pd_arena_allocate(&reader->arena, &reader->header, reader->n_header * sizeof *reader->header, error));
    memcpy(reader->header, reader->fields, reader->n_header * sizeof *reader->header);
    return PADAN_OK;
}

enum padan_status pd_delimited_open(struct pd_delimited *reader, struct pd_text content, char delimiter,
                                    const char *name, struct padan_error *error)
{
    *reader = (struct pd_delimited){ .rest = content, .next_line = 1, .delimiter = delimiter, .name = name };
    const enum padan_status status = take_header(reader, error);
    if (status != PADAN_OK) pd_delimited_reset(reader);
    return status;
}

enum padan_status pd_delimited_next(struct pd_delimited *reader, bool *more, struct padan_error *error)
{
    *more = false;
    while (reader->rest.length > 0 && at_line_end(reader->rest)) skip_line(reader);
    if (reader->rest.length == 0) return PADAN_OK;
    PD_TRY(take_row(reader, error));
    if (reader->n_fields != reader->n_header)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: the row has %zu fields, the header has %zu", reader->name,
                reader->line, reader->n_fields, reader->n_header);
    *more = true;
    return PADAN_OK;
}

enum padan_status pd_delimited_column(const struct pd_delimited *reader, const char *name, size_t *index,
                                      struct padan_error *error)
{
    for (size_t i = 0; i < reader->n_header; i++) {
        if (!pd_text_equal(reader->header[i], pd_text_of(name))) continue;
        *index = i;
        return PADAN_OK;
    }
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: the column \"%s\" is missing in the header", reader->name, name);
}

void pd_delimited_reset(struct pd_delimited *reader)
{
    pd_free(reader->fields);
    pd_arena_reset(&reader->arena);
    *reader = (struct pd_delimited){ 0 };
}

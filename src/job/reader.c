/* SPDX-License-Identifier: MIT
 * Typed reading of document nodes with errors that say where and what is near. */
#include "job/reader.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/nearest.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_FILE_MAX = 64 << 20, KEYS_MAX = 64, PROGRAM_SLIPS = 2 };

enum padan_status pd_job_fail(const struct pd_job_reader *reader, const struct pd_node *at, const char *format, ...)
{
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%u:%u: %s", reader->name, at->line, at->column, sentence);
}

enum padan_status pd_job_note(struct pd_job_reader *reader, const char *format, ...)
{
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct pd_job *job = reader->job;
    const size_t n = job->n_notes;
    if ((n & (n - 1)) == 0) { /* there is room up to the next power of two */
        struct pd_text *notes = NULL;
        PD_TRY(pd_arena_allocate(&job->arena, &notes, (2 * n + 1) * sizeof *notes, reader->error));
        if (n > 0) memcpy(notes, job->notes, n * sizeof *notes);
        job->notes = notes;
    }
    PD_TRY(pd_arena_copy(&job->arena, pd_text_of(sentence), &job->notes[n], reader->error));
    job->n_notes++;
    return PADAN_OK;
}

static enum padan_status unknown_key(const struct pd_job_reader *reader, const struct pd_node *node, const char *what,
                                     const struct pd_job_key *keys, size_t n_keys)
{
    const char *names[KEYS_MAX];
    struct pd_buffer list = { 0 };
    for (size_t i = 0; i < n_keys; i++) {
        names[i] = keys[i].name;
        if (i > 0) pd_append_string(&list, ", ");
        pd_append_string(&list, keys[i].name);
    }
    pd_append_byte(&list, '\0');
    const char *nearest = pd_nearest_name(node->text, names, n_keys);
    const int shown = node->text.length > 60 ? 60 : (int)node->text.length;
    const enum padan_status status =
        nearest != NULL ? pd_job_fail(reader, node, "unknown key \"%.*s\" in %s; did you mean \"%s\"?", shown,
                                      node->text.data, what, nearest)
                        : pd_job_fail(reader, node, "unknown key \"%.*s\" in %s; known keys: %.380s", shown,
                                      node->text.data, what, list.data == NULL ? "" : list.data);
    pd_buffer_reset(&list);
    return status;
}

enum padan_status pd_job_read_mapping(struct pd_job_reader *reader, const struct pd_node *node, const char *what,
                                      const struct pd_job_key *keys, size_t n_keys, void *target)
{
    if (node->kind != PD_NODE_MAPPING) return pd_job_fail(reader, node, "%s must be a mapping of keys to values", what);
    for (size_t i = 0; i < node->n_children; i++) {
        const struct pd_job_key *key = NULL;
        for (size_t k = 0; k < n_keys && key == NULL; k++)
            if (pd_text_equal(node->keys[i]->text, pd_text_of(keys[k].name))) key = &keys[k];
        if (key == NULL) return unknown_key(reader, node->keys[i], what, keys, n_keys);
        if (key->read == NULL || pd_node_is_null(node->items[i])) continue;
        PD_TRY(key->read(reader, node->items[i], key, (char *)target + key->offset));
    }
    return PADAN_OK;
}

enum padan_status pd_job_scalar(struct pd_job_reader *reader, const struct pd_node *node, const char *what,
                                struct pd_text *out)
{
    if (node->kind != PD_NODE_SCALAR) return pd_job_fail(reader, node, "%s must be a single value", what);
    const struct pd_text text = pd_text_trim(node->text);
    if (text.length == 0) return pd_job_fail(reader, node, "%s is empty", what);
    if (memchr(text.data, '\0', text.length) != NULL)
        return pd_job_fail(reader, node, "%s holds a zero byte; remove it", what);
    return pd_arena_copy(&reader->job->arena, text, out, reader->error);
}

enum padan_status pd_job_read_text(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    return pd_job_scalar(reader, node, key->name, field);
}

struct text_list {
    struct pd_text *items;
    size_t n_items;
};

enum padan_status pd_job_read_text_list(struct pd_job_reader *reader, const struct pd_node *node,
                                        const struct pd_job_key *key, void *field)
{
    struct text_list *list = field;
    const bool many = node->kind == PD_NODE_SEQUENCE;
    const size_t n_items = many ? node->n_children : 1;
    if (n_items == 0) return pd_job_fail(reader, node, "%s is an empty list; leave the key out", key->name);
    PD_TRY(pd_arena_allocate(&reader->job->arena, &list->items, n_items * sizeof *list->items, reader->error));
    list->n_items = n_items;
    for (size_t i = 0; i < n_items; i++)
        PD_TRY(pd_job_scalar(reader, many ? node->items[i] : node, key->name, &list->items[i]));
    return PADAN_OK;
}

enum padan_status pd_job_resolve(struct pd_job_reader *reader, struct pd_text name, struct pd_text *out)
{
    struct pd_buffer path = { 0 };
    const struct pd_text directory = reader->job->directory;
    pd_path_join(&path, pd_text_equal(directory, PD_TEXT(".")) ? PD_TEXT("") : directory, name);
    return pd_arena_keep(&reader->job->arena, &path, out, reader->error);
}

enum padan_status pd_job_read_path(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    struct pd_text name;
    PD_TRY(pd_job_scalar(reader, node, key->name, &name));
    return pd_job_resolve(reader, name, field);
}

enum padan_status pd_job_read_choice(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    struct pd_text text;
    PD_TRY(pd_job_scalar(reader, node, key->name, &text));
    struct pd_buffer list = { 0 };
    size_t n_words = 0;
    for (; key->words[n_words] != NULL; n_words++) {
        if (pd_text_equal(text, pd_text_of(key->words[n_words]))) {
            pd_buffer_reset(&list);
            const int chosen = (int)n_words;
            memcpy(field, &chosen, sizeof chosen);
            return PADAN_OK;
        }
        if (n_words > 0) pd_append_string(&list, ", ");
        pd_append_string(&list, key->words[n_words]);
    }
    pd_append_byte(&list, '\0');
    const enum padan_status status = pd_job_fail(reader, node, "%s is \"%.60s\" but must be one of: %s", key->name,
                                                 text.data, list.data == NULL ? "" : list.data);
    pd_buffer_reset(&list);
    return status;
}

enum padan_status pd_job_read_bool(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    if (pd_node_to_bool(node, field)) return PADAN_OK;
    return pd_job_fail(reader, node, "%s must be true or false", key->name);
}

enum padan_status pd_job_read_count(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    uint64_t value = 0;
    if (node->kind != PD_NODE_SCALAR || !pd_text_to_u64(node->text, &value))
        return pd_job_fail(reader, node, "%s must be a whole number of 0 or more", key->name);
    memcpy(field, &value, sizeof value);
    return PADAN_OK;
}

bool pd_iso_date_parse(struct pd_text text, int32_t *day)
{
    uint64_t year = 0, month = 0, date = 0;
    if (text.length != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
    if (!pd_text_to_u64(pd_text_slice(text, 0, 4), &year) || !pd_text_to_u64(pd_text_slice(text, 5, 7), &month) ||
        !pd_text_to_u64(pd_text_slice(text, 8, 10), &date) || !pd_date_valid((int)year, (int)month, (int)date))
        return false;
    *day = pd_date_from_civil((int)year, (int)month, (int)date);
    return true;
}

enum padan_status pd_job_read_date(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    if (node->kind == PD_NODE_SCALAR && pd_iso_date_parse(node->text, field)) return PADAN_OK;
    return pd_job_fail(reader, node, "%s must be a date like 2026-11-23", key->name);
}

/* There are few: one list per program's quota at most. */
static enum padan_status note_side_file(struct pd_job_reader *reader, struct pd_text path)
{
    struct pd_job *job = reader->job;
    struct pd_text *files = NULL;
    PD_TRY(pd_arena_allocate(&job->arena, &files, (job->n_side_files + 1) * sizeof *files, reader->error));
    if (job->n_side_files > 0) memcpy(files, job->side_files, job->n_side_files * sizeof *files);
    files[job->n_side_files++] = path;
    job->side_files = files;
    return PADAN_OK;
}

enum padan_status pd_job_read_file(struct pd_job_reader *reader, const struct pd_node *at, struct pd_text name,
                                   struct pd_job_text_file *file)
{
    file->name = name;
    PD_TRY(pd_job_resolve(reader, name, &file->path));
    PD_TRY(note_side_file(reader, file->path));
    struct pd_buffer content = { 0 };
    struct padan_error reason = { 0 };
    enum padan_status status = pd_file_read(file->path.data, TEXT_FILE_MAX, &content, &reason);
    if (status == PADAN_OK)
        status = pd_arena_copy(&reader->job->arena, (struct pd_text){ content.data, content.length }, &file->content,
                               reader->error);
    else if (status != PADAN_OUT_OF_MEMORY)
        status = pd_job_fail(reader, at, "%s", reason.message);
    else
        status = pd_fail(reader->error, status, "%s", reason.message);
    pd_buffer_reset(&content);
    return status;
}

static enum padan_status nearest_program(const struct pd_job_reader *reader, struct pd_text text, const char **nearest)
{
    const struct pd_program_list *list = &reader->job->programs;
    const char **codes = NULL;
    PD_TRY(pd_allocate_array(&codes, list->n_items + 1, sizeof *codes, reader->error));
    for (size_t i = 0; i < list->n_items; i++) codes[i] = list->items[i].code.data;
    *nearest = pd_nearest_within(text, codes, list->n_items, PROGRAM_SLIPS);
    pd_free(codes);
    return PADAN_OK;
}

enum padan_status pd_job_program_of(struct pd_job_reader *reader, const struct pd_node *node, int *program)
{
    if (node->kind != PD_NODE_SCALAR) return pd_job_fail(reader, node, "a program must be a single word");
    const struct pd_program_list *list = &reader->job->programs;
    *program = pd_program_find(list, node->text);
    if (*program >= 0) return PADAN_OK;
    const char *nearest = NULL;
    PD_TRY(nearest_program(reader, node->text, &nearest));
    const int shown = node->text.length > 60 ? 60 : (int)node->text.length;
    if (nearest != NULL)
        return pd_job_fail(reader, node, "unknown program \"%.*s\" (list: %s); did you mean \"%s\"?", shown,
                           node->text.data, list->name.data, nearest);
    return pd_job_fail(reader, node,
                       "unknown program \"%.*s\": it is not in %s; use a code of that list, or name your own list "
                       "with program_list",
                       shown, node->text.data, list->name.data);
}

uint64_t pd_job_region_code(struct pd_text text)
{
    uint64_t code = 0;
    size_t n_digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char byte = text.data[i];
        if (byte == '.') continue;
        if (byte < '0' || byte > '9' || n_digits == 10) return 0;
        code = code * 10 + (uint64_t)(byte - '0');
        n_digits++;
    }
    const bool whole = n_digits == 2 || n_digits == 4 || n_digits == 6 || n_digits == 10;
    const bool leading = text.length > 0 && text.data[0] != '0' && text.data[0] != '.';
    return whole && leading ? code : 0;
}

/* SPDX-License-Identifier: MIT
 * Values of a model's keys, and what is said of keys that nobody knows. */
#include "base/nearest.h"
#include "model/read_level.h"

#include <stdarg.h>
#include <stdio.h>

enum { NOTES_MAX = 64, KEY_SLIPS = 2 };

enum padan_status pd_model_wrong(const struct pd_model_reader *reader, const struct pd_node *node, const char *format,
                                 ...)
{
    char sentence[480];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return pd_fail(reader->error, PADAN_BAD_ARGUMENT, "%s:%u:%u: %s", reader->name, node->line, node->column, sentence);
}

enum padan_status pd_model_text(const struct pd_model_reader *reader, const struct pd_node *mapping, const char *key,
                                struct pd_text *out)
{
    const struct pd_node *node = pd_node_get(mapping, key);
    *out = PD_TEXT("");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_SCALAR) return pd_model_wrong(reader, node, "%s must be a text", key);
    return pd_arena_copy(&reader->model->arena, node->text, out, reader->error);
}

struct pd_text pd_model_unquoted(struct pd_text name)
{
    const bool quoted = name.length > 2 && name.data[0] == '"' && name.data[name.length - 1] == '"';
    return quoted ? pd_text_slice(name, 1, name.length - 1) : name;
}

enum padan_status pd_model_number(const struct pd_model_reader *reader, const struct pd_node *mapping, const char *key,
                                  double *out, bool *found)
{
    const struct pd_node *node = pd_node_get(mapping, key);
    *found = false;
    if (pd_node_is_null(node)) return PADAN_OK;
    if (!pd_node_to_double(node, out)) return pd_model_wrong(reader, node, "%s must be a number", key);
    *found = true;
    return PADAN_OK;
}

enum padan_status pd_model_flag(const struct pd_model_reader *reader, const struct pd_node *mapping, const char *key,
                                bool *out)
{
    const struct pd_node *node = pd_node_get(mapping, key);
    *out = false;
    if (pd_node_is_null(node)) return PADAN_OK;
    return pd_node_to_bool(node, out) ? PADAN_OK : pd_model_wrong(reader, node, "%s must be true or false", key);
}

enum padan_status pd_model_note(const struct pd_model_reader *reader, const char *format, ...)
{
    struct pd_model *model = reader->model;
    char sentence[480];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (model->notes == NULL)
        PD_TRY(pd_arena_allocate(&model->arena, &model->notes, NOTES_MAX * sizeof *model->notes, reader->error));
    for (size_t i = 0; i < model->n_notes; i++)
        if (pd_text_equal(model->notes[i], pd_text_of(sentence))) return PADAN_OK;
    if (model->n_notes == NOTES_MAX) return PADAN_OK;
    return pd_arena_copy(&model->arena, pd_text_of(sentence), &model->notes[model->n_notes++], reader->error);
}

/* A key of our own that is not there, or one that is meant to be one of Splink's, which refuses those it does not know:
 * left out, a slip such as `m_probabilty` would be another model. */
static enum padan_status refuse_slip(const struct pd_model_reader *reader, const struct pd_node *key,
                                     const char *const *known, size_t n_known)
{
    const char *nearest = pd_nearest_within(key->text, known, n_known, KEY_SLIPS);
    if (nearest != NULL)
        return pd_model_wrong(reader, key, "unknown key \"%.*s\"; did you mean \"%s\"?", PD_TEXT_ARGS(key->text),
                              nearest);
    if (pd_text_starts(key->text, PD_TEXT("padan_")))
        return pd_model_wrong(reader, key, "unknown key \"%.*s\"", PD_TEXT_ARGS(key->text));
    return PADAN_OK;
}

enum padan_status pd_model_check_keys(const struct pd_model_reader *reader, const struct pd_node *mapping,
                                      const char *const *known)
{
    for (size_t i = 0; i < mapping->n_children; i++) {
        const struct pd_text key = mapping->keys[i]->text;
        size_t j = 0;
        while (known[j] != NULL && !pd_text_equal(key, pd_text_of(known[j]))) j++;
        if (pd_text_starts(key, PD_TEXT("padan_"))) reader->model->has_own_keys = true;
        if (known[j] != NULL) continue;
        PD_TRY(refuse_slip(reader, mapping->keys[i], known, j));
        PD_TRY(pd_model_note(reader, "model key \"%.*s\" is accepted and has no effect here", PD_TEXT_ARGS(key)));
    }
    return PADAN_OK;
}

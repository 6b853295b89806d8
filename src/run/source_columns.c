/* SPDX-License-Identifier: MIT */
#include "run/source_columns.h"

static bool file_has(const struct pd_file_result *file, struct pd_text name)
{
    for (size_t i = 0; i < file->n_columns; i++)
        if (pd_text_equal(file->columns[i].name, name)) return true;
    return false;
}

/* Is it a file of the source that was read? */
static bool counts(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs, size_t file, size_t source)
{
    return inputs->files[file].source == source && ingested->files[file].status == PADAN_OK;
}

static bool all_have(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs, size_t source,
                     struct pd_text name)
{
    for (size_t i = 0; i < ingested->n_files; i++)
        if (counts(ingested, inputs, i, source) && !file_has(&ingested->files[i], name)) return false;
    return true;
}

static void append_shared(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs, size_t source,
                          struct pd_buffer *out)
{
    size_t first = 0;
    while (first < ingested->n_files && !counts(ingested, inputs, first, source)) first++;
    if (first == ingested->n_files) return;
    const struct pd_file_result *file = &ingested->files[first];
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_text name = file->columns[i].name;
        if (name.length == 0 || !all_have(ingested, inputs, source, name)) continue;
        if (out->length > 0) pd_append_byte(out, '|');
        pd_append_text(out, name);
    }
}

enum padan_status pd_source_columns(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs,
                                    struct pd_arena *arena, struct pd_text **names, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    enum padan_status status = pd_arena_allocate(arena, names, (inputs->n_sources + 1) * sizeof **names, error);
    for (size_t i = 0; i < inputs->n_sources && status == PADAN_OK; i++) {
        pd_buffer_clear(&out);
        append_shared(ingested, inputs, i, &out);
        status = pd_buffer_status(&out, error);
        if (status == PADAN_OK)
            status = pd_arena_copy(arena, (struct pd_text){ out.data, out.length }, &(*names)[i], error);
    }
    pd_buffer_reset(&out);
    return status;
}

static bool is_given_up(const struct pd_input_file *file, struct pd_text name)
{
    if (file->n_unique_id > 0 && pd_text_equal(name, PD_TEXT("unique_id"))) return true;
    for (size_t i = 0; i < file->n_choices; i++)
        if (pd_text_equal(file->choices[i].canonical, name)) return file->choices[i].header.length == 0;
    return false;
}

/* Takes the first of names that are joined by '|'. */
static struct pd_text next_name(struct pd_text *names)
{
    const char *bar = memchr(names->data, '|', names->length);
    const size_t length = bar == NULL ? names->length : (size_t)(bar - names->data);
    const struct pd_text name = pd_text_slice(*names, 0, length);
    *names = pd_text_slice(*names, bar == NULL ? length : length + 1, names->length);
    return name;
}

/* Names the columns that the first file with missing ones lacks; of later files that they lack any. */
static void note_file(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs, size_t file,
                      struct pd_text before, struct pd_lost_columns *lost)
{
    bool any = false;
    while (before.length > 0) {
        const struct pd_text name = next_name(&before);
        if (file_has(&ingested->files[file], name) || is_given_up(&inputs->files[file], name)) continue;
        if (lost->n_files == 0 && any) pd_append_string(&lost->names, ", ");
        if (lost->n_files == 0) pd_append_text(&lost->names, name);
        if (lost->n_files == 0 && !any) lost->first_length = name.length;
        any = true;
    }
    if (any && lost->n_files++ == 0) lost->file = file;
}

enum padan_status pd_find_lost_columns(const struct pd_ingest_result *ingested, const struct pd_inputs *inputs,
                                       size_t source, struct pd_text before, struct pd_lost_columns *lost,
                                       struct padan_error *error)
{
    for (size_t i = 0; i < ingested->n_files; i++)
        if (counts(ingested, inputs, i, source)) note_file(ingested, inputs, i, before, lost);
    return pd_buffer_status(&lost->names, error);
}

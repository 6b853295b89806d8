/* SPDX-License-Identifier: MIT
 * First look at all files before any of them is loaded, so that a missing file, an unknown header or two columns of one
 * name stop a run in its first second. The samples also choose each column's encoding: columns shared by files share it
 * too. */
#include "ingest/loader.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/postgres_name.h"

enum { PD_SAMPLE_ROWS = 400, PD_DEFLATE_GUESS = 6, PD_LONG_NUMBER = 11 };

/* A file in messages: as it was asked for, so that it is known which of two of one name is meant. Of a database its
 * name, which holds no password. */
static const char *name_of(const struct pd_loader *loader, size_t file)
{
    const char *path = loader->options->files[file].path;
    return pd_postgres_is(path) || strcmp(path, "-") == 0 ? loader->result->files[file].name.data : path;
}

/* Bytes from the file's beginning; *complete when that is all of it. */
static enum padan_status read_sample(struct pd_file_state *state, char *bytes, size_t *n, bool *complete,
                                     struct padan_error *error)
{
    if (state->reader.regular) {
        *n = state->reader.size < PD_SAMPLE_BYTES ? (size_t)state->reader.size : PD_SAMPLE_BYTES;
        PD_TRY(pd_reader_read_at(&state->reader, bytes, *n, 0, error));
        *complete = *n == state->reader.size;
    } else {
        PD_TRY(pd_reader_read(&state->reader, bytes, PD_SAMPLE_BYTES, n, error));
        *complete = *n < PD_SAMPLE_BYTES;
    }
    memset(bytes + *n, 0, PD_SCAN_PADDING);
    return PADAN_OK;
}

/* A compressed or UTF-16 file that may be skipped is read to its end first: damage found half-way could not be undone.
 */
static enum padan_status try_whole(struct pd_file_state *state, char *scratch, struct padan_error *error)
{
    size_t n = PD_SAMPLE_BYTES;
    while (n == PD_SAMPLE_BYTES) PD_TRY(pd_reader_read(&state->reader, scratch, PD_SAMPLE_BYTES, &n, error));
    return PADAN_OK;
}

static int find_sample(const struct pd_loader *loader, struct pd_text name)
{
    for (size_t i = 0; i < loader->n_samples; i++) {
        if (pd_text_equal(loader->samples[i].name, name)) return (int)i;
    }
    return PD_NO_FIELD;
}

static enum padan_status add_sample(struct pd_loader *loader, struct pd_text name, int *index,
                                    struct padan_error *error)
{
    *index = find_sample(loader, name);
    if (*index != PD_NO_FIELD) return PADAN_OK;
    PD_TRY(pd_grow(&loader->samples, &loader->samples_capacity, loader->n_samples + 1, sizeof *loader->samples, error));
    loader->samples[loader->n_samples] = (struct pd_column_sample){ .name = name };
    *index = (int)loader->n_samples++;
    return PADAN_OK;
}

/* The table's column of each load. */
static enum padan_status name_loads(struct pd_loader *loader, struct pd_layout *layout, struct padan_error *error)
{
    for (size_t i = 0; i < layout->n_loads; i++) {
        struct pd_load *load = &layout->loads[i];
        struct pd_text name =
            load->field == PD_NO_FIELD ? (struct pd_text){ NULL, 0 } : layout->columns[load->field].name;
        if (i == 0 && layout->n_id_fields > 0) name = PD_TEXT("unique_id");
        PD_TRY(add_sample(loader, name, &load->column, error));
    }
    return PADAN_OK;
}

static enum padan_status look_at_value(struct pd_column_sample *sample, const struct pd_field *field,
                                       struct padan_error *error)
{
    if (field->length == 0) return PADAN_OK;
    uint32_t code = 0;
    const struct pd_text text = { field->data, field->length };
    sample->n_filled++;
    sample->n_digits += pd_digits_encode(text) != 0;
    return pd_dictionary_insert(&sample->seen, text, pd_hash_text(text), &code, error);
}

/* Looks at the values of the first rows; tells how long a row is on average. */
static enum padan_status look_at_rows(struct pd_loader *loader, const struct pd_layout *layout, struct pd_text sample,
                                      bool complete, struct pd_field *fields, size_t *row_bytes,
                                      struct padan_error *error)
{
    struct pd_scanner scanner;
    pd_layout_scanner(layout, sample, complete, &scanner);
    size_t position = layout->data_begin;
    size_t n_rows = 0;
    while (position < scanner.end && n_rows < PD_SAMPLE_ROWS) {
        struct pd_row row;
        pd_scan_row(&scanner, position, layout->n_fields, fields, &row);
        if (row.kind == PD_ROW_INCOMPLETE) break;
        position = row.next;
        n_rows++;
        if (row.kind != PD_ROW_FIELDS || row.n_fields < layout->n_fields) continue;
        for (size_t i = 0; i < layout->n_loads; i++) {
            const struct pd_load *load = &layout->loads[i];
            const int field = load->field == PD_NO_FIELD ? layout->id_fields[0] : load->field;
            PD_TRY(look_at_value(&loader->samples[load->column], &fields[field], error));
            if (load->field == PD_NO_FIELD) loader->samples[load->column].n_digits = 0;
        }
    }
    *row_bytes = n_rows > 0 ? (position - layout->data_begin) / n_rows + 1 : 64;
    return PADAN_OK;
}

static void describe_file(const struct pd_layout *layout, const struct pd_reader *reader, struct pd_file_result *out)
{
    out->delimiter = layout->delimiter;
    out->charset = layout->charset == PD_CHARSET_CP1252 ? PD_CHARSET_CP1252 : PD_CHARSET_UTF8;
    if (reader->units != NULL) out->charset = PD_CHARSET_UTF16;
    out->has_bom = layout->has_bom;
    out->compressed = reader->compressed;
    out->as_written = !layout->canonical;
    out->header_row = layout->header_row;
    out->columns = layout->columns;
    out->n_columns = layout->n_fields;
    if (layout->flag_field != PD_NO_FIELD) out->program_flag = layout->columns[layout->flag_field].header;
}

/* input: options->files[file], or that with the settings of its index. */
static enum padan_status study_sample(struct pd_loader *loader, size_t file, const struct pd_input_file *input,
                                      struct pd_text sample, bool complete, struct padan_error *error)
{
    const struct pd_ingest_options *options = loader->options;
    struct pd_file_state *state = &loader->files[file];
    const struct pd_alias_table *aliases = options->canonical || options->raw ? &loader->aliases : NULL;
    const char *name = name_of(loader, file);
    PD_TRY(pd_layout_detect(&state->layout, input, name, aliases, sample, complete, &loader->result->arena, error));
    PD_TRY(
        pd_layout_map(&state->layout, options, input, name, aliases, sample, complete, &loader->result->arena, error));
    describe_file(&state->layout, &state->reader, &loader->result->files[file]);
    PD_TRY(name_loads(loader, &state->layout, error));
    struct pd_field *fields = NULL;
    size_t row_bytes = 1;
    PD_TRY(pd_allocate(&fields, state->layout.n_fields, sizeof *fields, error));
    const enum padan_status status = look_at_rows(loader, &state->layout, sample, complete, fields, &row_bytes, error);
    pd_free(fields);
    const uint64_t stored = state->reader.units != NULL ? state->reader.size / 2 : state->reader.size;
    const uint64_t bytes = state->reader.compressed ? stored * PD_DEFLATE_GUESS : stored;
    loader->expected_records += (size_t)bytes / row_bytes;
    state->to_skip = state->layout.data_begin;
    return status;
}

/* The first bytes go into the index that is being made. */
static enum padan_status keep_sample(struct pd_loader *loader, const struct pd_input_file *input, struct pd_text sample,
                                     bool complete, struct padan_error *error)
{
    struct pd_raw_facts *raw = &loader->result->raw;
    raw->charset = input->charset;
    raw->sample_complete = complete;
    pd_append_text(&raw->sample, sample);
    return pd_buffer_status(&raw->sample, error);
}

/* An index has its sample and its settings with it. */
static enum padan_status open_index(struct pd_loader *loader, size_t file, char *scratch, struct padan_error *error)
{
    struct pd_file_state *state = &loader->files[file];
    struct pd_input_file input = loader->options->files[file];
    struct pd_snapshot *snapshot = &state->snapshot;
    if (loader->options->raw)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: is an index already; name the file it was made of", input.path);
    PD_TRY(pd_snapshot_open(snapshot, input.path, error));
    state->is_index = true;
    PD_TRY(pd_snapshot_settle(snapshot, &input, error));
    PD_TRY(pd_snapshot_name(snapshot, &loader->result->files[file], &loader->result->arena, error));
    const struct pd_sealed_read sample = { snapshot->sample, scratch, false };
    PD_TRY(pd_sealed_read(&snapshot->sealed, &sample, 1, 1, error));
    memset(scratch + snapshot->n_sample, 0, PD_SCAN_PADDING);
    state->reader.compressed = snapshot->compressed;
    PD_TRY(study_sample(loader, file, &input, (struct pd_text){ scratch, (size_t)snapshot->n_sample },
                        snapshot->sample_complete, error));
    if (state->layout.n_fields != snapshot->n_columns) return pd_snapshot_contradicts(snapshot, error);
    loader->expected_records += (size_t)snapshot->n_records;
    /* What may be skipped must be known before anything of it is taken. */
    if (input.may_skip) PD_TRY(pd_snapshot_verify(snapshot, loader->threads, error));
    pd_snapshot_rest(snapshot);
    return PADAN_OK;
}

enum padan_status pd_loader_open_file(struct pd_loader *loader, size_t file, struct padan_error *error)
{
    const struct pd_input_file *input = &loader->options->files[file];
    struct pd_file_state *state = &loader->files[file];
    PD_TRY(pd_digest_start(&state->digest, input->digest, error));
    PD_TRY(pd_reader_open(&state->reader, input->path, &state->digest, error));
    state->open = true;
    if (!state->mark.known) state->mark = state->reader.mark;
    return PADAN_OK;
}

static enum padan_status open_file(struct pd_loader *loader, size_t file, char *scratch, struct padan_error *error)
{
    struct pd_file_state *state = &loader->files[file];
    struct pd_input_file input = loader->options->files[file];
    if (strcmp(input.path, "-") != 0 && pd_snapshot_is(input.path)) return open_index(loader, file, scratch, error);
    PD_TRY(pd_loader_open_file(loader, file, error));
    if (state->reader.units != NULL) input.charset = PD_CHARSET_UTF8; /* as it comes out of the reader */
    if (state->reader.postgres != NULL) {                             /* as COPY writes */
        input.delimiter = ',';
        input.header_row = 1;
    }
    size_t n = 0;
    bool complete = false;
    PD_TRY(read_sample(state, scratch, &n, &complete, error));
    PD_TRY(study_sample(loader, file, &input, (struct pd_text){ scratch, n }, complete, error));
    if (loader->options->raw) PD_TRY(keep_sample(loader, &input, (struct pd_text){ scratch, n }, complete, error));
    if (pd_reader_is_pipe(&state->reader)) return pd_reader_keep(&state->reader, scratch, n, error);
    if (input.may_skip && !state->reader.regular && !complete) PD_TRY(try_whole(state, scratch, error));
    pd_reader_close(&state->reader);
    state->open = false;
    return PADAN_OK;
}

/* A file that may be skipped is noted with its reason. */
static enum padan_status leave_out(struct pd_loader *loader, size_t file, const struct padan_error *reason,
                                   struct padan_error *error)
{
    struct pd_file_state *state = &loader->files[file];
    struct pd_file_result *out = &loader->result->files[file];
    if (state->open) pd_reader_close(&state->reader);
    state->open = false;
    state->left_out = true;
    out->status = reason->status;
    return pd_arena_copy(&loader->result->arena, pd_text_of(reason->message), &out->message, error);
}

static enum padan_status open_files(struct pd_loader *loader, char *scratch, struct padan_error *error)
{
    size_t n_left_out = 0;
    for (size_t i = 0; i < loader->options->n_files; i++) {
        struct padan_error reason = { PADAN_OK, "" };
        const enum padan_status status = open_file(loader, i, scratch, &reason);
        if (status == PADAN_OK) continue;
        if (!loader->options->files[i].may_skip || status == PADAN_OUT_OF_MEMORY) {
            if (error != NULL) *error = reason;
            return status;
        }
        n_left_out++;
        PD_TRY(leave_out(loader, i, &reason, error));
    }
    if (n_left_out == loader->options->n_files && n_left_out > 0) {
        PD_FAIL(error, PADAN_BAD_INPUT, "no file could be used; the first: %s", loader->result->files[0].message.data);
    }
    return PADAN_OK;
}

/* In an index, whose columns have no meaning yet, numbers of which the sample has each once are probably ids. */
static bool may_be_id(const struct pd_loader *loader, size_t column)
{
    const struct pd_column_sample *sample = &loader->samples[column];
    return (int)column == loader->unique_id ||
           (loader->options->raw && (uint64_t)sample->seen.n_entries == sample->n_filled);
}

/* Long numbers that hardly repeat are kept as digits; all else as codes: dates, amounts and house numbers come from a
 * short list, and work on them is done once per distinct text. Ids may be short. Columns that will be normalised are
 * digits also where a roster or two write them otherwise: what is not plain digits is a text in either encoding. */
static enum pd_encoding choose_encoding(const struct pd_column_sample *sample, bool is_id, bool normalised)
{
    enum { TENTHS = 9, TENTHS_NORMALISED = 5 };
    const bool is_long = is_id || sample->seen.n_bytes >= (uint64_t)sample->seen.n_entries * PD_LONG_NUMBER;
    const bool digits = is_long && sample->n_filled > 0 &&
                        sample->n_digits * 10 >= sample->n_filled * (normalised ? TENTHS_NORMALISED : TENTHS);
    return digits && (uint64_t)sample->seen.n_entries * 4 >= sample->n_filled ? PD_ENCODING_DIGITS : PD_ENCODING_CODE;
}

static struct pd_load_kind kind_of(const struct pd_column *column, const struct pd_words *words)
{
    if (column->encoding == PD_ENCODING_DIGITS) return (struct pd_load_kind){ PD_LOCAL_DIGITS, NULL, NULL };
    return (struct pd_load_kind){ PD_LOCAL_CODES, column->dictionary, &words->shorts };
}

/* Ids get texts that no file has, sources are told by their codes, and an index has codes of four bytes, in which it
 * is taken up, too. */
static bool may_be_narrow(const struct pd_loader *loader, size_t column)
{
    const struct pd_ingest_options *options = loader->options;
    for (size_t i = 0; i < options->n_files; i++)
        if (loader->files[i].is_index) return false;
    return !options->raw && (int)column != loader->unique_id && (int)column != loader->source_column &&
           loader->table->columns[column].encoding == PD_ENCODING_CODE;
}

static enum padan_status lay_out_columns(struct pd_loader *loader, struct padan_error *error)
{
    for (size_t i = 0; i < loader->n_samples; i++) {
        struct pd_column *column = NULL;
        const enum pd_encoding encoding =
            (int)i == loader->source_column
                ? PD_ENCODING_CODE
                : choose_encoding(&loader->samples[i], may_be_id(loader, i), loader->options->canonical);
        PD_TRY(pd_table_add(loader->table, loader->samples[i].name, PD_TYPE_TEXT, encoding, &column, error));
    }
    const size_t n_columns = loader->table->n_columns;
    PD_TRY(pd_allocate(&loader->words, n_columns, sizeof *loader->words, error));
    for (size_t i = 0; i < n_columns; i++) loader->words[i].narrow = may_be_narrow(loader, i);
    for (size_t i = 0; i < loader->options->n_files; i++) {
        struct pd_file_state *state = &loader->files[i];
        const struct pd_layout *layout = &state->layout;
        PD_TRY(pd_arena_allocate(&loader->arena, &state->load_of, n_columns * sizeof *state->load_of, error));
        PD_TRY(pd_arena_allocate(&loader->arena, &loader->file_kinds[i],
                                 (layout->n_loads + 1) * sizeof **loader->file_kinds, error));
        for (size_t j = 0; j < n_columns; j++) state->load_of[j] = PD_NO_FIELD;
        for (size_t j = 0; j < layout->n_loads && !state->left_out; j++) {
            const int column = layout->loads[j].column;
            state->load_of[column] = (int)j;
            loader->file_kinds[i][j] = kind_of(&loader->table->columns[column], &loader->words[column]);
        }
    }
    return PADAN_OK;
}

enum padan_status pd_loader_open(struct pd_loader *loader, struct padan_error *error)
{
    char *scratch = NULL;
    if (loader->options->canonical || loader->options->raw) PD_TRY(pd_alias_load(&loader->aliases, error));
    loader->unique_id = PD_NO_FIELD;
    if (!loader->options->raw) PD_TRY(add_sample(loader, PD_TEXT("unique_id"), &loader->unique_id, error));
    PD_TRY(pd_allocate_array(&scratch, PD_SAMPLE_BYTES + PD_SCAN_PADDING, 1, error));
    const enum padan_status status = open_files(loader, scratch, error);
    pd_free(scratch);
    PD_TRY(status);
    loader->source_column = PD_NO_FIELD;
    if (loader->options->source_column.length > 0) {
        loader->source_column = find_sample(loader, loader->options->source_column);
    }
    return lay_out_columns(loader, error);
}

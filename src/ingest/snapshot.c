/* SPDX-License-Identifier: MIT */
#include "ingest/snapshot.h"

#include "base/memory.h"
#include "ingest/layout.h"

static const struct pd_sealed_kind kind = { { '\x89', 'P', 'A', 'D', 'A', 'N', '\r', '\n' }, 1 };

enum { DIGITS_LONGEST = 17 };

/* A reject as stored; its file is the index's. */
struct stored_reject {
    uint64_t offset;
    uint32_t row, column, n_fields, code;
};

enum padan_status pd_snapshot_contradicts(const struct pd_snapshot *snapshot, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: the index contradicts itself; make it again with padan index",
            snapshot->sealed.path);
}

/* ---- What an index says of itself ---- */

/* One description serves writing and reading: values are appended to `out`, or taken from `in`. */
struct exchange {
    struct pd_buffer *out; /* NULL: reading */
    struct pd_text in;
    struct pd_arena *arena;
    bool failed; /* `in` ended too soon or a value is out of range */
    struct padan_error *error;
};

static void pass_bytes(struct exchange *exchange, void *bytes, size_t n)
{
    if (exchange->out != NULL) {
        pd_append_bytes(exchange->out, bytes, n);
    } else if (exchange->failed || exchange->in.length < n) {
        exchange->failed = true;
        memset(bytes, 0, n);
    } else {
        memcpy(bytes, exchange->in.data, n);
        exchange->in = pd_text_slice(exchange->in, n, exchange->in.length);
    }
}

static void pass_number(struct exchange *exchange, uint64_t *number)
{
    pass_bytes(exchange, number, sizeof *number);
}

/* A number of at most `most` kept in less room. */
static uint64_t pass_small(struct exchange *exchange, uint64_t number, uint64_t most)
{
    pass_number(exchange, &number);
    exchange->failed = exchange->failed || number > most;
    return exchange->failed ? 0 : number;
}

static enum padan_status pass_text(struct exchange *exchange, struct pd_text *text)
{
    const uint64_t length = pass_small(exchange, text->length, SIZE_MAX);
    if (exchange->out != NULL) {
        pd_append_text(exchange->out, *text);
        return PADAN_OK;
    }
    if (exchange->failed || length > exchange->in.length) {
        exchange->failed = true;
        return PADAN_OK;
    }
    const struct pd_text found = pd_text_slice(exchange->in, 0, (size_t)length);
    exchange->in = pd_text_slice(exchange->in, (size_t)length, exchange->in.length);
    return pd_arena_copy(exchange->arena, found, text, exchange->error);
}

static enum padan_status pass_column(struct exchange *exchange, struct pd_snapshot_column *column)
{
    PD_TRY(pass_text(exchange, &column->header));
    const bool is_digits = pass_small(exchange, column->encoding == PD_ENCODING_DIGITS, 1) == 1;
    column->encoding = is_digits ? PD_ENCODING_DIGITS : PD_ENCODING_CODE;
    column->saw_cp1252 = pass_small(exchange, column->saw_cp1252, 1) == 1;
    pass_number(exchange, &column->n_filled);
    column->n_texts = (uint32_t)pass_small(exchange, column->n_texts, UINT32_MAX - 2);
    pass_number(exchange, &column->n_text_bytes);
    column->words = (uint32_t)pass_small(exchange, column->words, UINT32_MAX);
    column->begins = (uint32_t)pass_small(exchange, column->begins, UINT32_MAX);
    column->bytes = (uint32_t)pass_small(exchange, column->bytes, UINT32_MAX);
    return PADAN_OK;
}

static void pass_file(struct exchange *exchange, struct pd_snapshot *snapshot)
{
    pass_bytes(exchange, snapshot->sha256, sizeof snapshot->sha256);
    exchange->failed = exchange->failed || snapshot->sha256[sizeof snapshot->sha256 - 1] != '\0';
    pass_number(exchange, &snapshot->n_bytes);
    snapshot->compressed = pass_small(exchange, snapshot->compressed, 1) == 1;
    snapshot->delimiter = (char)pass_small(exchange, (unsigned char)snapshot->delimiter, UINT8_MAX);
    snapshot->charset = (enum pd_charset)pass_small(exchange, snapshot->charset, PD_CHARSET_CP1252);
    snapshot->header_row = (unsigned)pass_small(exchange, snapshot->header_row, PD_SAMPLE_BYTES);
}

static void pass_findings(struct exchange *exchange, struct pd_snapshot *snapshot)
{
    snapshot->n_records = pass_small(exchange, snapshot->n_records, UINT32_MAX - 1);
    pass_number(exchange, &snapshot->n_blank);
    snapshot->n_rejects = pass_small(exchange, snapshot->n_rejects, UINT32_MAX);
    snapshot->n_special = pass_small(exchange, snapshot->n_special, UINT32_MAX);
    pass_number(exchange, &snapshot->n_special_bytes);
    snapshot->n_sample = pass_small(exchange, snapshot->n_sample, PD_SAMPLE_BYTES);
    snapshot->sample_complete = pass_small(exchange, snapshot->sample_complete, 1) == 1;
    snapshot->rows_ascend = pass_small(exchange, snapshot->rows_ascend, 1) == 1;
    snapshot->first_row = (uint32_t)pass_small(exchange, snapshot->first_row, UINT32_MAX);
    uint32_t *const sections[] = { &snapshot->sample, &snapshot->rows, &snapshot->rejects, &snapshot->special_rows,
                                   &snapshot->special_bytes };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        *sections[i] = (uint32_t)pass_small(exchange, *sections[i], UINT32_MAX);
}

static enum padan_status pass_snapshot(struct exchange *exchange, struct pd_snapshot *snapshot)
{
    PD_TRY(pass_text(exchange, &snapshot->name));
    pass_file(exchange, snapshot);
    pass_findings(exchange, snapshot);
    snapshot->n_columns = (size_t)pass_small(exchange, snapshot->n_columns, PD_COLUMNS_MAX);
    if (exchange->out == NULL)
        PD_TRY(pd_arena_allocate(exchange->arena, &snapshot->columns,
                                 (snapshot->n_columns + 1) * sizeof *snapshot->columns, exchange->error));
    for (size_t i = 0; i < snapshot->n_columns; i++) PD_TRY(pass_column(exchange, &snapshot->columns[i]));
    return PADAN_OK;
}

/* ---- Writing ---- */

struct writing {
    struct pd_sealed_writer file;
    struct pd_snapshot snapshot;
    struct pd_buffer contents;
};

static enum padan_status write_column(struct writing *writing, const struct pd_table *table, size_t field,
                                      const struct pd_file_column *facts, struct padan_error *error)
{
    static const uint64_t no_begins[1] = { 0 };
    const struct pd_column *column = &table->columns[field];
    const struct pd_dictionary *texts = column->dictionary;
    struct pd_snapshot_column *out = &writing->snapshot.columns[field];
    *out = (struct pd_snapshot_column){ .header = facts->header,
                                        .encoding = column->encoding,
                                        .saw_cp1252 = facts->saw_cp1252,
                                        .n_filled = facts->n_filled,
                                        .n_texts = texts->n_entries,
                                        .n_text_bytes = texts->n_bytes };
    PD_TRY(pd_sealed_add(&writing->file, column->words, table->n_records * pd_encoding_width(column->encoding),
                         &out->words, error));
    PD_TRY(pd_sealed_add(&writing->file, texts->begins == NULL ? no_begins : texts->begins,
                         ((size_t)texts->n_entries + 1) * sizeof *texts->begins, &out->begins, error));
    return pd_sealed_add(&writing->file, texts->bytes, texts->n_bytes, &out->bytes, error);
}

static enum padan_status write_rows(struct writing *writing, const struct pd_table *table, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    size_t n = table->n_records;
    snapshot->rows_ascend = true;
    snapshot->first_row = n > 0 ? table->row_of[0] : 0;
    for (size_t i = 0; i < n && snapshot->rows_ascend; i++)
        snapshot->rows_ascend = table->row_of[i] == snapshot->first_row + i;
    if (snapshot->rows_ascend) n = 0;
    return pd_sealed_add(&writing->file, table->row_of, n * sizeof *table->row_of, &snapshot->rows, error);
}

static enum padan_status write_rejects(struct writing *writing, const struct pd_ingest_result *loaded,
                                       struct padan_error *error)
{
    struct stored_reject *stored = NULL;
    PD_TRY(pd_allocate(&stored, loaded->n_rejects, sizeof *stored, error));
    for (size_t i = 0; i < loaded->n_rejects; i++) {
        const struct pd_reject *reject = &loaded->rejects[i];
        stored[i] = (struct stored_reject){ reject->offset, reject->row, reject->column, reject->n_fields,
                                            (uint32_t)reject->code };
    }
    const enum padan_status status =
        pd_sealed_add(&writing->file, stored, loaded->n_rejects * sizeof *stored, &writing->snapshot.rejects, error);
    pd_free(stored);
    return status;
}

static enum padan_status write_raw(struct writing *writing, const struct pd_raw_facts *raw, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    PD_TRY(pd_sealed_add(&writing->file, raw->sample.data, raw->sample.length, &snapshot->sample, error));
    PD_TRY(pd_sealed_add(&writing->file, raw->special_rows, raw->n_special * sizeof *raw->special_rows,
                         &snapshot->special_rows, error));
    return pd_sealed_add(&writing->file, raw->special.data, raw->special.length, &snapshot->special_bytes, error);
}

static enum padan_status write_all(struct writing *writing, const struct pd_table *table,
                                   const struct pd_ingest_result *loaded, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    const struct pd_file_result *file = &loaded->files[0];
    PD_TRY(pd_arena_allocate(&snapshot->arena, &snapshot->columns, (file->n_columns + 1) * sizeof *snapshot->columns,
                             error));
    for (size_t i = 0; i < file->n_columns; i++) PD_TRY(write_column(writing, table, i, &file->columns[i], error));
    PD_TRY(write_rows(writing, table, error));
    PD_TRY(write_rejects(writing, loaded, error));
    PD_TRY(write_raw(writing, &loaded->raw, error));
    struct exchange exchange = { .out = &writing->contents, .error = error };
    PD_TRY(pass_snapshot(&exchange, snapshot));
    PD_TRY(pd_buffer_status(&writing->contents, error));
    return pd_sealed_finish(&writing->file, (struct pd_text){ writing->contents.data, writing->contents.length },
                            error);
}

enum padan_status pd_snapshot_write(const struct pd_table *table, const struct pd_ingest_result *loaded,
                                    const char *path, struct padan_error *error)
{
    const struct pd_file_result *file = &loaded->files[0];
    struct writing writing = { .snapshot = { .name = pd_path_base(file->name),
                                             .n_bytes = file->bytes,
                                             .compressed = file->compressed,
                                             .delimiter = file->delimiter,
                                             .charset = loaded->raw.charset,
                                             .header_row = file->header_row,
                                             .n_records = table->n_records,
                                             .n_blank = file->rows_blank,
                                             .n_rejects = loaded->n_rejects,
                                             .n_special = loaded->raw.n_special,
                                             .n_special_bytes = loaded->raw.special.length,
                                             .n_sample = loaded->raw.sample.length,
                                             .sample_complete = loaded->raw.sample_complete,
                                             .n_columns = file->n_columns } };
    memcpy(writing.snapshot.sha256, file->sha256, sizeof file->sha256);
    enum padan_status status = pd_sealed_create(&writing.file, &kind, path, error);
    if (status == PADAN_OK) status = write_all(&writing, table, loaded, error);
    pd_sealed_abandon(&writing.file);
    pd_buffer_reset(&writing.contents);
    pd_arena_reset(&writing.snapshot.arena);
    return status;
}

enum padan_status pd_snapshot_make(const struct pd_input_file *file, int threads, const char *path,
                                   struct pd_ingest_result *facts, struct padan_error *error)
{
    static const struct pd_input_source source = { { "", 0 }, NULL, 0 };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = file, .n_files = 1, .raw = true, .threads = threads
    };
    struct pd_table table;
    enum padan_status status = pd_ingest(&options, &table, facts, error);
    if (status == PADAN_OK) status = pd_snapshot_write(&table, facts, path, error);
    pd_table_reset(&table);
    return status;
}

/* ---- Opening ---- */

const struct pd_sealed_kind *pd_snapshot_kind(void)
{
    return &kind;
}

bool pd_snapshot_is(const char *path)
{
    return pd_sealed_is(&kind, path);
}

static bool has_length(const struct pd_snapshot *snapshot, uint32_t section, uint64_t n, size_t width)
{
    return section < snapshot->sealed.n_sections && n <= SIZE_MAX / width &&
           snapshot->sealed.sections[section].length == n * width;
}

/* Every section is as long as its elements. */
static bool lengths_fit(const struct pd_snapshot *snapshot)
{
    bool fit =
        has_length(snapshot, snapshot->sample, snapshot->n_sample, 1) &&
        has_length(snapshot, snapshot->rows, snapshot->rows_ascend ? 0 : snapshot->n_records, sizeof(uint32_t)) &&
        has_length(snapshot, snapshot->rejects, snapshot->n_rejects, sizeof(struct stored_reject)) &&
        has_length(snapshot, snapshot->special_rows, snapshot->n_special, sizeof(struct pd_special_row)) &&
        has_length(snapshot, snapshot->special_bytes, snapshot->n_special_bytes, 1) &&
        snapshot->n_records + snapshot->first_row <= UINT32_MAX;
    for (size_t i = 0; i < snapshot->n_columns && fit; i++) {
        const struct pd_snapshot_column *column = &snapshot->columns[i];
        fit = has_length(snapshot, column->words, snapshot->n_records, pd_encoding_width(column->encoding)) &&
              has_length(snapshot, column->begins, (uint64_t)column->n_texts + 1, sizeof(uint64_t)) &&
              has_length(snapshot, column->bytes, column->n_text_bytes, 1) && column->n_filled <= snapshot->n_records;
    }
    return fit;
}

enum padan_status pd_snapshot_open(struct pd_snapshot *snapshot, const char *path, struct padan_error *error)
{
    *snapshot = (struct pd_snapshot){ .n_columns = 0 };
    PD_TRY(pd_sealed_open(&snapshot->sealed, &kind, path, error));
    struct exchange exchange = { .in = snapshot->sealed.contents, .arena = &snapshot->arena, .error = error };
    enum padan_status status = pass_snapshot(&exchange, snapshot);
    if (status == PADAN_OK && (exchange.failed || exchange.in.length > 0 || !lengths_fit(snapshot)))
        status = pd_snapshot_contradicts(snapshot, error);
    if (status != PADAN_OK) pd_snapshot_close(snapshot);
    return status;
}

void pd_snapshot_close(struct pd_snapshot *snapshot)
{
    pd_sealed_close(&snapshot->sealed);
    pd_arena_reset(&snapshot->arena);
    *snapshot = (struct pd_snapshot){ .sealed = { .descriptor = -1 } };
}

/* ---- Settings and name ---- */

static enum padan_status other_setting(const struct pd_snapshot *snapshot, const char *what, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "%s: the index was made with another %s than is asked for here; leave that setting out, or make the index "
            "again with it",
            snapshot->sealed.path, what);
}

enum padan_status pd_snapshot_settle(const struct pd_snapshot *snapshot, struct pd_input_file *input,
                                     struct padan_error *error)
{
    if (input->delimiter != 0 && input->delimiter != snapshot->delimiter)
        return other_setting(snapshot, "delimiter", error);
    if (input->header_row != 0 && input->header_row != snapshot->header_row)
        return other_setting(snapshot, "header row", error);
    /* To ask for UTF-8 is what is done anyway. */
    const bool asks_cp1252 = input->charset == PD_CHARSET_CP1252;
    if (input->charset != PD_CHARSET_DETECT && asks_cp1252 != (snapshot->charset == PD_CHARSET_CP1252))
        return other_setting(snapshot, "encoding", error);
    input->delimiter = snapshot->delimiter;
    input->header_row = snapshot->header_row;
    input->charset = snapshot->charset;
    return PADAN_OK;
}

enum padan_status pd_snapshot_name(const struct pd_snapshot *snapshot, struct pd_file_result *result,
                                   struct pd_arena *arena, struct padan_error *error)
{
    struct pd_buffer name = { 0 };
    const struct pd_text base = pd_path_base(result->name);
    pd_append_text(&name, pd_text_slice(result->name, 0, result->name.length - base.length));
    pd_append_text(&name, snapshot->name);
    enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(arena, (struct pd_text){ name.data, name.length }, &result->name, error);
    pd_buffer_reset(&name);
    return status;
}

/* ---- Reading ---- */

enum padan_status pd_snapshot_place_texts(const struct pd_snapshot_column *column, struct pd_dictionary *texts,
                                          struct pd_sealed_read *reads, size_t *n_reads, struct padan_error *error)
{
    const size_t n_begins = (size_t)column->n_texts + 1;
    PD_TRY(pd_allocate_array(&texts->begins, n_begins, sizeof *texts->begins, error));
    texts->begins_capacity = n_begins;
    PD_TRY(pd_allocate_array(&texts->bytes, (size_t)column->n_text_bytes + 1, 1, error));
    texts->bytes_capacity = (size_t)column->n_text_bytes + 1;
    texts->n_entries = column->n_texts;
    texts->n_bytes = (size_t)column->n_text_bytes;
    reads[(*n_reads)++] = (struct pd_sealed_read){ column->begins, texts->begins };
    reads[(*n_reads)++] = (struct pd_sealed_read){ column->bytes, texts->bytes };
    return PADAN_OK;
}

enum padan_status pd_snapshot_check_texts(const struct pd_snapshot *snapshot, const struct pd_dictionary *texts,
                                          struct padan_error *error)
{
    bool fit = texts->begins[0] == 0 && texts->begins[texts->n_entries] == texts->n_bytes;
    for (size_t i = 0; i < texts->n_entries; i++) {
        /* As ingest makes them: no text is empty, and none is longer than a field may be. */
        fit = fit && texts->begins[i] < texts->begins[i + 1] && texts->begins[i + 1] - texts->begins[i] <= UINT32_MAX;
    }
    return fit ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

bool pd_snapshot_codes_fit(const uint32_t *codes, size_t n, uint32_t n_texts)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < n; i++) highest = codes[i] > highest ? codes[i] : highest;
    return highest <= n_texts;
}

bool pd_snapshot_digits_fit(const uint64_t *words, size_t n, uint32_t n_texts)
{
    static const uint64_t powers[DIGITS_LONGEST + 1] = { 1, /* NULL is the word 0 */
                                                         10,
                                                         100,
                                                         1000,
                                                         10000,
                                                         100000,
                                                         1000000,
                                                         10000000,
                                                         100000000,
                                                         1000000000,
                                                         10000000000,
                                                         100000000000,
                                                         1000000000000,
                                                         10000000000000,
                                                         100000000000000,
                                                         1000000000000000,
                                                         10000000000000000,
                                                         100000000000000000 };
    for (size_t i = 0; i < n; i++) {
        const uint64_t length = words[i] >> PD_DIGITS_SHIFT;
        const uint64_t number = words[i] & PD_DIGITS_MASK;
        const bool fits = length <= DIGITS_LONGEST ? number < powers[length]
                                                   : length == PD_DIGITS_ESCAPE && number > 0 && number <= n_texts;
        if (!fits) return false;
    }
    return true;
}

/* Rejects stand in order of their rows and name columns that there are. */
static bool reject_fits(const struct pd_snapshot *snapshot, const struct stored_reject *reject, uint64_t row_before)
{
    return reject->row > row_before && reject->code <= PD_REJECT_LONG_ROW &&
           (reject->column < snapshot->n_columns || reject->column == UINT32_MAX);
}

enum padan_status pd_snapshot_read_rejects(const struct pd_snapshot *snapshot, struct pd_reject **rejects,
                                           struct padan_error *error)
{
    const size_t n = (size_t)snapshot->n_rejects;
    struct stored_reject *stored = NULL;
    PD_TRY(pd_allocate(rejects, n, sizeof **rejects, error));
    enum padan_status status = pd_allocate(&stored, n, sizeof *stored, error);
    const struct pd_sealed_read read = { snapshot->rejects, stored };
    if (status == PADAN_OK) status = pd_sealed_read(&snapshot->sealed, &read, 1, 1, error);
    for (size_t i = 0; i < n && status == PADAN_OK; i++) {
        const struct stored_reject *reject = &stored[i];
        if (!reject_fits(snapshot, reject, i > 0 ? stored[i - 1].row : 0))
            status = pd_snapshot_contradicts(snapshot, error);
        (*rejects)[i] = (struct pd_reject){ .offset = reject->offset,
                                            .row = reject->row,
                                            .column = reject->column,
                                            .n_fields = reject->n_fields,
                                            .code = (enum pd_reject_code)reject->code };
    }
    pd_free(stored);
    return status;
}

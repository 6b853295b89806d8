/* SPDX-License-Identifier: MIT */
#include "ingest/snapshot.h"

#include "base/memory.h"
#include "ingest/revision.h"
#include "ingest/snapshot_contents.h"

static const struct pd_sealed_kind kind = { { '\x89', 'P', 'A', 'D', 'A', 'N', '\r', '\n' }, 2 };

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
    struct pd_exchange exchange = { .out = &writing->contents, .error = error };
    PD_TRY(pd_exchange_snapshot(&exchange, snapshot));
    PD_TRY(pd_buffer_status(&writing->contents, error));
    return pd_sealed_finish(&writing->file, (struct pd_text){ writing->contents.data, writing->contents.length },
                            error);
}

static struct pd_snapshot describe(const struct pd_table *table, const struct pd_ingest_result *loaded)
{
    const struct pd_file_result *file = &loaded->files[0];
    struct pd_snapshot snapshot = { .name = pd_path_base(file->name),
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
                                    .n_columns = file->n_columns };
    memcpy(snapshot.sha256, file->digest, sizeof snapshot.sha256);
    return snapshot;
}

/* The name is taken before the file is read: who comes second, or may not write there, is told at once. */
enum padan_status pd_snapshot_make(const struct pd_input_file *file, int threads, const char *path,
                                   struct pd_ingest_result *facts, struct padan_error *error)
{
    static const struct pd_input_source source = { { "", 0 }, NULL, 0 };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = file, .n_files = 1, .raw = true, .threads = threads
    };
    struct writing writing = { .contents = { 0 } };
    struct pd_table table = { 0 };
    *facts = (struct pd_ingest_result){ .files = NULL };
    enum padan_status status = pd_sealed_create(&writing.file, &kind, path, error);
    if (status == PADAN_OK) status = pd_ingest(&options, &table, facts, error);
    if (status == PADAN_OK) {
        writing.snapshot = describe(&table, facts);
        status = write_all(&writing, &table, facts, error);
    }
    pd_sealed_abandon(&writing.file);
    pd_buffer_reset(&writing.contents);
    pd_arena_reset(&writing.snapshot.arena);
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
    return pd_sealed_is(&kind, path) || pd_revision_is(path);
}

bool pd_snapshot_has(const struct pd_snapshot *snapshot, uint32_t section, uint64_t n, size_t width)
{
    return section < snapshot->sealed.n_sections && n <= SIZE_MAX / width &&
           snapshot->sealed.sections[section].length == n * width;
}

bool pd_snapshot_rows_fit(const struct pd_snapshot *snapshot)
{
    return pd_snapshot_has(snapshot, snapshot->sample, snapshot->n_sample, 1) &&
           pd_snapshot_has(snapshot, snapshot->rows, snapshot->rows_ascend ? 0 : snapshot->n_records,
                           sizeof(uint32_t)) &&
           pd_snapshot_has(snapshot, snapshot->rejects, snapshot->n_rejects, sizeof(struct stored_reject)) &&
           pd_snapshot_has(snapshot, snapshot->special_rows, snapshot->n_special, sizeof(struct pd_special_row)) &&
           pd_snapshot_has(snapshot, snapshot->special_bytes, snapshot->n_special_bytes, 1) &&
           snapshot->n_records + snapshot->first_row <= UINT32_MAX;
}

/* Every section is as long as its elements. */
static bool lengths_fit(const struct pd_snapshot *snapshot)
{
    bool fit = pd_snapshot_rows_fit(snapshot);
    for (size_t i = 0; i < snapshot->n_columns && fit; i++) {
        const struct pd_snapshot_column *column = &snapshot->columns[i];
        fit = pd_snapshot_has(snapshot, column->words, snapshot->n_records, pd_encoding_width(column->encoding)) &&
              pd_snapshot_has(snapshot, column->begins, (uint64_t)column->n_texts + 1, sizeof(uint64_t)) &&
              pd_snapshot_has(snapshot, column->bytes, column->n_text_bytes, 1) &&
              column->n_filled <= snapshot->n_records;
    }
    return fit;
}

static enum padan_status open_plain(struct pd_snapshot *snapshot, const char *path, struct padan_error *error)
{
    PD_TRY(pd_sealed_open(&snapshot->sealed, &kind, path, error));
    struct pd_exchange exchange = { .in = snapshot->sealed.contents, .arena = &snapshot->arena, .error = error };
    PD_TRY(pd_exchange_snapshot(&exchange, snapshot));
    const bool fits = !exchange.failed && exchange.in.length == 0 && lengths_fit(snapshot);
    return fits ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

enum padan_status pd_snapshot_open(struct pd_snapshot *snapshot, const char *path, struct padan_error *error)
{
    *snapshot = (struct pd_snapshot){ .sealed = { .descriptor = -1 } };
    const enum padan_status status =
        pd_revision_is(path) ? pd_revision_open(snapshot, path, error) : open_plain(snapshot, path, error);
    if (status != PADAN_OK) pd_snapshot_close(snapshot);
    return status;
}

void pd_snapshot_close(struct pd_snapshot *snapshot)
{
    pd_revision_close(snapshot->revision);
    pd_sealed_close(&snapshot->sealed);
    pd_arena_reset(&snapshot->arena);
    *snapshot = (struct pd_snapshot){ .sealed = { .descriptor = -1 } };
}

void pd_snapshot_rest(struct pd_snapshot *snapshot)
{
    if (snapshot->revision != NULL) pd_sealed_rest(&snapshot->revision->base.sealed);
    pd_sealed_rest(&snapshot->sealed);
}

enum padan_status pd_snapshot_verify(const struct pd_snapshot *snapshot, int threads, struct padan_error *error)
{
    if (snapshot->revision != NULL) PD_TRY(pd_sealed_verify(&snapshot->revision->base.sealed, threads, error));
    return pd_sealed_verify(&snapshot->sealed, threads, error);
}

enum padan_status pd_snapshot_read(const struct pd_snapshot *snapshot, const struct pd_sealed_read *reads,
                                   size_t n_reads, int threads, struct padan_error *error)
{
    return snapshot->revision == NULL ? pd_sealed_read(&snapshot->sealed, reads, n_reads, threads, error)
                                      : pd_revision_read(snapshot, reads, n_reads, threads, error);
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
    reads[(*n_reads)++] = (struct pd_sealed_read){ column->begins, texts->begins, false };
    reads[(*n_reads)++] = (struct pd_sealed_read){ column->bytes, texts->bytes, false };
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
    return reject->row > row_before && reject->code < PD_REJECT_CODES &&
           (reject->column < snapshot->n_columns || reject->column == UINT32_MAX);
}

enum padan_status pd_snapshot_read_rejects(const struct pd_snapshot *snapshot, struct pd_reject **rejects,
                                           struct padan_error *error)
{
    const size_t n = (size_t)snapshot->n_rejects;
    struct stored_reject *stored = NULL;
    PD_TRY(pd_allocate(rejects, n, sizeof **rejects, error));
    enum padan_status status = pd_allocate(&stored, n, sizeof *stored, error);
    const struct pd_sealed_read read = { snapshot->rejects, stored, false };
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

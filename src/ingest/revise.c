/* SPDX-License-Identifier: MIT
 * What becomes of the rows of an index by a file of changes: its rows are taken one after another, each finding its
 * like by the key. */
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "ingest/revising.h"

#include <stdio.h>

enum { HEADER_ROW = 1 };

enum operation { PUT, REMOVE, UNKNOWN };

struct pd_text pd_revising_text(const struct pd_revising *revising, struct pd_revising_row row, size_t column,
                                char scratch[24])
{
    if (row.row == PD_REVISING_KEPT) return pd_column_text(&revising->fields[column], row.record, scratch);
    return pd_column_text(&revising->changes.columns[revising->field_of[column]], row.row, scratch);
}

/* ---- Reading both ---- */

static enum padan_status read_field(const struct pd_snapshot *snapshot, size_t index, struct pd_column *column,
                                    struct pd_sealed_read *reads, size_t *n_reads, struct padan_error *error)
{
    const struct pd_snapshot_column *stored = &snapshot->columns[index];
    *column = (struct pd_column){ .type = PD_TYPE_TEXT, .encoding = stored->encoding, .owns_dictionary = true };
    PD_TRY(pd_allocate(&column->dictionary, 1, sizeof *column->dictionary, error));
    PD_TRY(pd_snapshot_place_texts(stored, column->dictionary, reads, n_reads, error));
    PD_TRY(
        pd_allocate_array(&column->words, (size_t)snapshot->n_records + 1, pd_encoding_width(stored->encoding), error));
    reads[(*n_reads)++] = (struct pd_sealed_read){ stored->words, column->words, false };
    return PADAN_OK;
}

static enum padan_status check_field(const struct pd_snapshot *snapshot, const struct pd_column *column,
                                     struct padan_error *error)
{
    const size_t n = (size_t)snapshot->n_records;
    const uint32_t n_texts = column->dictionary->n_entries;
    PD_TRY(pd_snapshot_check_texts(snapshot, column->dictionary, error));
    const bool fit = column->encoding == PD_ENCODING_CODE ? pd_snapshot_codes_fit(column->words, n, n_texts)
                                                          : pd_snapshot_digits_fit(column->words, n, n_texts);
    return fit ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

static enum padan_status read_before(struct pd_revising *revising, struct padan_error *error)
{
    const struct pd_snapshot *before = &revising->before;
    const size_t n = before->n_columns;
    struct pd_sealed_read *reads = NULL;
    size_t n_reads = 0;
    PD_TRY(pd_allocate(&revising->fields, n + 1, sizeof *revising->fields, error));
    PD_TRY(pd_allocate(&reads, n * 3 + 1, sizeof *reads, error));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < n && status == PADAN_OK; i++)
        status = read_field(before, i, &revising->fields[i], reads, &n_reads, error);
    if (status == PADAN_OK) status = pd_snapshot_read(before, reads, n_reads, revising->options->threads, error);
    pd_free(reads);
    for (size_t i = 0; i < n && status == PADAN_OK; i++) status = check_field(before, &revising->fields[i], error);
    return status;
}

static enum padan_status read_changes(struct pd_revising *revising, struct padan_error *error)
{
    static const struct pd_input_source source = { { "", 0 }, NULL, 0 };
    const struct pd_input_file *file = revising->options->changes;
    const struct pd_ingest_options options = { .sources = &source,
                                               .n_sources = 1,
                                               .files = file,
                                               .n_files = 1,
                                               .raw = true,
                                               .threads = revising->options->threads };
    PD_TRY(pd_ingest(&options, &revising->changes, &revising->loaded, error));
    const struct pd_file_result *found = &revising->loaded.files[0];
    if (found->rows_rejected == 0) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT,
            "%s: row %u is broken (%llu such rows): a change that is left out would be missed by every later run; "
            "repair the file",
            file->path, revising->loaded.rejects[0].row, (unsigned long long)found->rows_rejected);
}

/* ---- Columns ---- */

static int find_header(const struct pd_file_result *file, struct pd_text header)
{
    for (size_t i = 0; i < file->n_columns; i++)
        if (pd_text_same_name(file->columns[i].header, header)) return (int)i;
    return -1;
}

static enum padan_status match_columns(struct pd_revising *revising, struct padan_error *error)
{
    const struct pd_file_result *file = &revising->loaded.files[0];
    const struct pd_snapshot *before = &revising->before;
    PD_TRY(pd_allocate(&revising->field_of, before->n_columns + 1, sizeof *revising->field_of, error));
    for (size_t i = 0; i < before->n_columns; i++) {
        revising->field_of[i] = find_header(file, before->columns[i].header);
        if (revising->field_of[i] < 0)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: has no column \"%.*s\", which the index has", file->name.data,
                    PD_TEXT_ARGS(before->columns[i].header));
        if (revising->field_of[i] == revising->operation)
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "column \"%.*s\" is one of the index and cannot say what is done (--operation)",
                    PD_TEXT_ARGS(before->columns[i].header));
    }
    if (file->n_columns == before->n_columns + (revising->operation >= 0)) return PADAN_OK;
    for (size_t i = 0; i < file->n_columns; i++) {
        bool known = (int)i == revising->operation;
        for (size_t j = 0; j < before->n_columns; j++) known = known || revising->field_of[j] == (int)i;
        if (!known)
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "%s: the index has no column \"%.*s\"; leave it out, or say --operation when it says what is done",
                    file->name.data, PD_TEXT_ARGS(file->columns[i].header));
    }
    return PADAN_OK;
}

static enum padan_status find_columns(struct pd_revising *revising, struct padan_error *error)
{
    const struct pd_revise_options *options = revising->options;
    const char *key = options->key != NULL ? options->key : "unique_id";
    revising->operation = -1;
    if (options->operation != NULL) {
        revising->operation = find_header(&revising->loaded.files[0], pd_text_of(options->operation));
        if (revising->operation < 0)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: has no column \"%s\" (--operation)", options->changes->path,
                    options->operation);
    }
    PD_TRY(match_columns(revising, error));
    revising->key = -1;
    for (size_t i = 0; i < revising->before.n_columns && revising->key < 0; i++)
        if (pd_text_same_name(revising->before.columns[i].header, pd_text_of(key))) revising->key = (int)i;
    if (revising->key < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: has no column \"%s\": say with --key which one names a row",
                options->before, key);
    revising->key_of_changes = revising->field_of[revising->key];
    return PADAN_OK;
}

/* ---- What becomes of rows ---- */

/* Per key of the changes. */
struct keys {
    struct pd_dictionary texts;
    uint32_t *codes;   /* [rows of the changes] */
    uint32_t *records; /* [n + 1] row of before, NO_RECORD: none */
    uint32_t *added;   /* [n + 1] place in the list of added rows, NO_RECORD: none */
};

static void reset_keys(struct keys *keys)
{
    pd_dictionary_reset(&keys->texts);
    pd_free(keys->codes);
    pd_free(keys->records);
    pd_free(keys->added);
}

static enum padan_status list_keys(const struct pd_revising *revising, struct keys *keys, struct padan_error *error)
{
    const struct pd_table *changes = &revising->changes;
    const struct pd_column *column = &changes->columns[revising->key_of_changes];
    PD_TRY(pd_allocate_array(&keys->codes, changes->n_records + 1, sizeof *keys->codes, error));
    for (size_t i = 0; i < changes->n_records; i++) {
        char scratch[24];
        const struct pd_text text = pd_column_text(column, i, scratch);
        if (text.length == 0)
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: row %u has no value in the key column",
                    revising->options->changes->path, changes->row_of[i]);
        PD_TRY(pd_dictionary_insert(&keys->texts, text, pd_hash_text(text), &keys->codes[i], error));
    }
    const size_t n = (size_t)keys->texts.n_entries + 1;
    PD_TRY(pd_allocate_array(&keys->records, n, sizeof *keys->records, error));
    PD_TRY(pd_allocate_array(&keys->added, n, sizeof *keys->added, error));
    for (size_t i = 0; i < n; i++) keys->records[i] = keys->added[i] = PD_REVISING_NO_RECORD;
    return PADAN_OK;
}

/* Finds the row of each key; no key may have two. */
static enum padan_status find_keys(const struct pd_revising *revising, struct keys *keys, struct padan_error *error)
{
    const struct pd_column *column = &revising->fields[revising->key];
    for (size_t i = 0; i < revising->before.n_records && keys->texts.n_entries > 0; i++) {
        char scratch[24];
        const struct pd_text text = pd_column_text(column, i, scratch);
        if (text.length == 0) continue;
        const uint32_t code = pd_dictionary_find(&keys->texts, text, pd_hash_text(text));
        if (code == 0) continue;
        if (keys->records[code] != PD_REVISING_NO_RECORD)
            PD_FAIL(error, PADAN_BAD_INPUT,
                    "%s: rows number %u and %zu have one key, and the changes name it: choose another --key",
                    revising->options->before, keys->records[code] + 1, i + 1);
        keys->records[code] = (uint32_t)i;
    }
    return PADAN_OK;
}

static enum operation read_operation(struct pd_text text)
{
    static const char *const puts[] = { "", "put", "insert", "update", "upsert", "i", "u", "tambah", "ubah" };
    static const char *const removes[] = { "delete", "remove", "d", "hapus" };
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++)
        if (pd_text_same_name(text, pd_text_of(puts[i]))) return PUT;
    for (size_t i = 0; i < sizeof removes / sizeof *removes; i++)
        if (pd_text_same_name(text, pd_text_of(removes[i]))) return REMOVE;
    return UNKNOWN;
}

static void remove_row(struct pd_revising *revising, struct keys *keys, uint32_t code)
{
    const uint32_t record = keys->records[code], added = keys->added[code];
    if (added != PD_REVISING_NO_RECORD) {
        revising->added[added] = PD_REVISING_KEPT;
        keys->added[code] = PD_REVISING_NO_RECORD;
    } else if (record != PD_REVISING_NO_RECORD && revising->fate[record] != PD_REVISING_REMOVED) {
        revising->fate[record] = PD_REVISING_REMOVED;
    } else {
        revising->facts->n_unknown++;
    }
}

/* In the place of its like, or behind all others. */
static enum padan_status put_row(struct pd_revising *revising, struct keys *keys, uint32_t code, uint32_t row,
                                 struct padan_error *error)
{
    const uint32_t record = keys->records[code], added = keys->added[code];
    if (added != PD_REVISING_NO_RECORD) {
        revising->added[added] = row;
    } else if (record != PD_REVISING_NO_RECORD && revising->fate[record] != PD_REVISING_REMOVED) {
        revising->fate[record] = row;
    } else {
        PD_TRY(pd_grow(&revising->added, &revising->added_capacity, revising->n_added + 1, sizeof *revising->added,
                       error));
        keys->added[code] = (uint32_t)revising->n_added;
        revising->added[revising->n_added++] = row;
    }
    return PADAN_OK;
}

static enum padan_status apply_row(struct pd_revising *revising, struct keys *keys, size_t row,
                                   struct padan_error *error)
{
    const struct pd_table *changes = &revising->changes;
    enum operation operation = PUT;
    char scratch[24];
    if (revising->operation >= 0)
        operation = read_operation(pd_column_text(&changes->columns[revising->operation], row, scratch));
    switch (operation) {
    case PUT: return put_row(revising, keys, keys->codes[row], (uint32_t)row, error);
    case REMOVE: remove_row(revising, keys, keys->codes[row]); return PADAN_OK;
    case UNKNOWN: break;
    }
    PD_FAIL(error, PADAN_BAD_INPUT,
            "%s: row %u has an operation that is none: insert, update or nothing puts a row, delete removes it",
            revising->options->changes->path, changes->row_of[row]);
}

static enum padan_status apply(struct pd_revising *revising, struct padan_error *error)
{
    struct keys keys = { .codes = NULL };
    const size_t n = (size_t)revising->before.n_records;
    PD_TRY(pd_allocate_array(&revising->fate, n + 1, sizeof *revising->fate, error));
    for (size_t i = 0; i < n; i++) revising->fate[i] = PD_REVISING_KEPT;
    enum padan_status status = list_keys(revising, &keys, error);
    if (status == PADAN_OK) status = find_keys(revising, &keys, error);
    for (size_t i = 0; i < revising->changes.n_records && status == PADAN_OK; i++)
        status = apply_row(revising, &keys, i, error);
    reset_keys(&keys);
    return status;
}

static void count_fates(const struct pd_revising *revising)
{
    struct pd_revise_facts *facts = revising->facts;
    for (size_t i = 0; i < revising->before.n_records; i++) {
        facts->n_removed += revising->fate[i] == PD_REVISING_REMOVED;
        facts->n_changed += revising->fate[i] < PD_REVISING_REMOVED;
    }
    for (size_t i = 0; i < revising->n_added; i++) facts->n_added += revising->added[i] != PD_REVISING_KEPT;
    facts->n_records = revising->before.n_records - facts->n_removed + facts->n_added;
}

/* ---- All of it ---- */

/* A revision names its base by its place beside it, and never replaces it. */
static enum padan_status check_place(const struct pd_revising *revising, struct padan_error *error)
{
    const struct pd_revision *revision = revising->before.revision;
    const char *base = revision != NULL ? revision->base_path : revising->options->before;
    const char *out = revising->options->out;
    bool same = false;
    PD_TRY(pd_path_same_folder(base, out, &same, error));
    if (!same) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: a revision stands in the folder of its base, %s", out, base);
    if (pd_text_equal(pd_path_base(pd_text_of(base)), pd_path_base(pd_text_of(out))))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: is the base, which is never changed; name another --out", out);
    return PADAN_OK;
}

static enum padan_status revise(struct pd_revising *revising, struct padan_error *error)
{
    PD_TRY(check_place(revising, error));
    PD_TRY(pd_sealed_create(&revising->file, pd_revision_kind(), revising->options->out, error));
    PD_TRY(read_changes(revising, error));
    PD_TRY(find_columns(revising, error));
    PD_TRY(read_before(revising, error));
    PD_TRY(apply(revising, error));
    count_fates(revising);
    if (revising->facts->n_records + HEADER_ROW + 1 > UINT32_MAX)
        PD_FAIL(error, PADAN_LIMIT, "%s: more than 2^32 rows", revising->options->out);
    return pd_revising_write(revising, error);
}

static void reset(struct pd_revising *revising)
{
    for (size_t i = 0; revising->fields != NULL && i < revising->before.n_columns; i++) {
        pd_free(revising->fields[i].words);
        if (revising->fields[i].dictionary != NULL) pd_dictionary_reset(revising->fields[i].dictionary);
        pd_free(revising->fields[i].dictionary);
    }
    pd_free(revising->fields);
    pd_free(revising->field_of);
    pd_free(revising->fate);
    pd_free(revising->added);
    pd_table_reset(&revising->changes);
    pd_ingest_result_reset(&revising->loaded);
    pd_snapshot_close(&revising->before);
    pd_sealed_abandon(&revising->file);
}

enum padan_status pd_revision_make(const struct pd_revise_options *options, struct pd_revise_facts *facts,
                                   struct padan_error *error)
{
    struct pd_revising revising = { .options = options, .facts = facts };
    *facts = (struct pd_revise_facts){ .number = 1 };
    if (!pd_snapshot_is(options->before))
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is no index; make one with padan index first", options->before);
    PD_TRY(pd_snapshot_open(&revising.before, options->before, error));
    if (revising.before.revision != NULL) facts->number = revising.before.revision->number + 1;
    facts->n_left_behind = revising.before.n_rejects;
    const enum padan_status status = revise(&revising, error);
    reset(&revising);
    return status;
}

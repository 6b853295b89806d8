/* SPDX-License-Identifier: MIT
 * One index into the table: rows and rejects first, then the records by the way that its columns allow. */
#include "ingest/taking.h"

#include "base/memory.h"

/* The index was at rest since its sample was looked at. */
static enum padan_status wake(struct pd_snapshot *snapshot, struct padan_error *error)
{
    struct pd_snapshot awake;
    PD_TRY(pd_snapshot_open(&awake, snapshot->sealed.path, error));
    const bool same = awake.sealed.checksum == snapshot->sealed.checksum;
    pd_snapshot_close(snapshot);
    *snapshot = awake;
    if (same) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: was replaced while it was read; start again", snapshot->sealed.path);
}

static enum padan_status grow_words(const struct pd_loader *loader, struct pd_words *words, size_t width, size_t n,
                                    struct padan_error *error)
{
    return pd_loader_grow(loader, words, loader->n_records, loader->n_records + n, width, error);
}

static enum padan_status make_room(struct pd_loader *loader, size_t n, struct padan_error *error)
{
    if (n > UINT32_MAX - 1 - loader->n_records) return pd_loader_too_many(error);
    for (size_t i = 0; i < loader->table->n_columns; i++) {
        const size_t width = pd_encoding_width(loader->table->columns[i].encoding);
        PD_TRY(grow_words(loader, &loader->words[i], width, n, error));
    }
    PD_TRY(grow_words(loader, &loader->source_of, sizeof(uint16_t), n, error));
    PD_TRY(grow_words(loader, &loader->file_of, sizeof(uint32_t), n, error));
    return grow_words(loader, &loader->row_of, sizeof(uint32_t), n, error);
}

/* Row numbers, which ascend, where the table has them. */
static enum padan_status read_rows(const struct pd_index_taking *taking, uint32_t *rows, struct padan_error *error)
{
    const struct pd_snapshot *snapshot = taking->snapshot;
    const size_t n = (size_t)snapshot->n_records;
    const struct pd_sealed_read read = { snapshot->rows, rows, false };
    for (size_t i = 0; i < n && snapshot->rows_ascend; i++) rows[i] = snapshot->first_row + (uint32_t)i;
    if (snapshot->rows_ascend) return PADAN_OK;
    PD_TRY(pd_sealed_read(&snapshot->sealed, &read, 1, taking->loader->threads, error));
    for (size_t i = 1; i < n; i++)
        if (rows[i] <= rows[i - 1]) return pd_snapshot_contradicts(snapshot, error);
    return PADAN_OK;
}

/* Whether whole columns can be taken (taking_columns.c). */
static bool columns_fit(const struct pd_index_taking *taking)
{
    const struct pd_loader *loader = taking->loader;
    const struct pd_layout *layout = &loader->files[taking->file].layout;
    for (size_t i = 0; i < layout->n_loads; i++) {
        if (layout->loads[i].field == PD_NO_FIELD) return false;
    }
    return taking->n_left_out == 0;
}

static enum padan_status take_records(struct pd_index_taking *taking, struct padan_error *error)
{
    const size_t n = (size_t)taking->snapshot->n_records;
    uint32_t *rows = NULL; /* the table's are written anew, closer together */
    PD_TRY(pd_allocate_array(&rows, n, sizeof *rows, error));
    memcpy(rows, taking->rows, n * sizeof *rows);
    taking->rows = rows;
    const enum padan_status status = pd_index_take_records(taking, error);
    pd_free(rows);
    return status;
}

static bool saw_cp1252(const struct pd_index_taking *taking)
{
    const struct pd_layout *layout = &taking->loader->files[taking->file].layout;
    bool saw = false;
    for (size_t i = 0; i < layout->n_loads; i++)
        if (layout->loads[i].field != PD_NO_FIELD)
            saw = saw || taking->snapshot->columns[layout->loads[i].field].saw_cp1252;
    for (size_t i = 0; i < layout->n_id_fields; i++)
        saw = saw || taking->snapshot->columns[layout->id_fields[i]].saw_cp1252;
    return saw;
}

static enum padan_status account(const struct pd_index_taking *taking, size_t begin, struct padan_error *error)
{
    struct pd_ingest_result *result = taking->loader->result;
    struct pd_file_result *out = &result->files[taking->file];
    const struct pd_snapshot *snapshot = taking->snapshot;
    out->begin = begin;
    out->end = taking->loader->n_records;
    out->rows_accepted = out->end - out->begin;
    out->rows_rejected = taking->n_rejects;
    out->rows_read = out->rows_accepted + out->rows_rejected;
    out->rows_blank = snapshot->n_blank;
    out->bytes = snapshot->n_bytes;
    out->index_checksum = snapshot->sealed.checksum;
    out->digest_kind = PD_DIGEST_SHA256;
    memcpy(out->digest, snapshot->sha256, sizeof out->digest);
    if (saw_cp1252(taking)) out->charset = PD_CHARSET_CP1252;
    PD_TRY(pd_grow(&result->rejects, &result->rejects_capacity, result->n_rejects + taking->n_rejects,
                   sizeof *result->rejects, error));
    for (size_t i = 0; i < taking->n_rejects; i++) {
        taking->rejects[i].file = (uint32_t)taking->file;
        result->rejects[result->n_rejects++] = taking->rejects[i];
    }
    return PADAN_OK;
}

static enum padan_status take(struct pd_index_taking *taking, struct padan_error *error)
{
    struct pd_loader *loader = taking->loader;
    const size_t begin = loader->n_records;
    PD_TRY(make_room(loader, (size_t)taking->snapshot->n_records, error));
    uint32_t *rows = (uint32_t *)loader->row_of.data + begin;
    PD_TRY(read_rows(taking, rows, error));
    taking->rows = rows;
    PD_TRY(pd_snapshot_read_rejects(taking->snapshot, &taking->rejects, error));
    taking->n_rejects = (size_t)taking->snapshot->n_rejects;
    PD_TRY(pd_index_judge(taking, error));
    PD_TRY(columns_fit(taking) ? pd_index_take_columns(taking, error) : take_records(taking, error));
    return account(taking, begin, error);
}

enum padan_status pd_loader_take_index(struct pd_loader *loader, size_t file, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &loader->files[file].snapshot;
    PD_TRY(wake(snapshot, error));
    struct pd_index_taking taking = { .loader = loader, .file = file, .snapshot = snapshot };
    const enum padan_status status = take(&taking, error);
    pd_free(taking.left_out);
    pd_free(taking.rejects);
    pd_snapshot_close(snapshot);
    return status;
}

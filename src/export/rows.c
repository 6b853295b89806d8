/* SPDX-License-Identifier: MIT */
#include "export/rows.h"

#include "base/memory.h"

enum { DIGITS_MOST = 15 };

/* Columns whose digits are names of something. */
static bool is_text_column(struct pd_text name)
{
    static const char *const beginnings[] = { "nik",   "no_kk",    "kk_",      "kode_", "unique_id", "id_",
                                              "tgl_",  "nama",     "nilai",    "saran", "wilayah",   "berkas",
                                              "versi", "periode",  "sha",      "dari",  "ke",        "perbaikan_",
                                              "batas", "kriteria", "match_key" };
    static const char *const exceptions[] = { "nik_ke", "kk_ke" };
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (pd_text_equal(name, pd_text_of(exceptions[i]))) return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (pd_text_starts(name, pd_text_of(beginnings[i]))) return true;
    return memmem(name.data, name.length, "cluster_id", strlen("cluster_id")) != NULL;
}

static int find_region(const struct pd_row_file *file)
{
    static const char *const names[] = { "kode_wilayah", "kode_desa", NULL };
    return pd_row_file_find_any(file, names);
}

static enum padan_status read_columns(struct pd_export_rows *rows, struct padan_error *error)
{
    struct pd_row_file *file = &rows->file;
    int *columns = NULL;
    PD_TRY(pd_allocate(&columns, file->n_header + 1, sizeof *columns, error));
    for (size_t i = 0; i < file->n_header; i++) columns[i] = (int)i;
    enum padan_status status = pd_row_file_select(file, columns, file->n_header, error);
    pd_free(columns);
    if (status == PADAN_OK)
        status = pd_arena_allocate(&file->arena, &rows->is_text, file->n_header * sizeof *rows->is_text, error);
    for (size_t i = 0; status == PADAN_OK && i < file->n_header; i++)
        rows->is_text[i] = is_text_column(file->header[i]);
    rows->region_column = find_region(file);
    return status;
}

enum padan_status pd_export_rows_open(struct pd_export_rows *rows, const struct pd_listed_table *table,
                                      const char *region, struct padan_error *error)
{
    *rows = (struct pd_export_rows){ .region = pd_text_of(region) };
    PD_TRY(pd_row_file_open(&rows->file, table->path.data, error));
    const enum padan_status status = read_columns(rows, error);
    if (status != PADAN_OK) pd_export_rows_close(rows);
    return status;
}

void pd_export_rows_close(struct pd_export_rows *rows)
{
    pd_row_file_reset(&rows->file);
}

/* 32.04 is in 32 and in 32.04, and not in 32.0. */
static bool is_within(struct pd_text code, struct pd_text region)
{
    return pd_text_starts(code, region) && (code.length == region.length || code.data[region.length] == '.');
}

enum padan_status pd_export_rows_next(struct pd_export_rows *rows, const struct pd_text **fields,
                                      struct padan_error *error)
{
    struct pd_row_file *file = &rows->file;
    for (;;) {
        if (rows->row == rows->n_batch) {
            rows->row = 0;
            PD_TRY(pd_row_file_next(file, &rows->n_batch, error));
        }
        *fields = NULL;
        if (rows->n_batch == 0) return PADAN_OK;
        const struct pd_text *row = &file->fields[rows->row++ * file->n_slots];
        if (rows->region.length > 0 && rows->region_column >= 0 && !is_within(row[rows->region_column], rows->region))
            continue;
        *fields = row;
        return PADAN_OK;
    }
}

bool pd_export_number(const struct pd_export_rows *rows, size_t column, struct pd_text field, double *number)
{
    size_t n_digits = 0, n_points = 0;
    const size_t sign = field.length > 0 && field.data[0] == '-';
    if (rows->is_text[column] || field.length == sign) return false;
    for (size_t i = sign; i < field.length; i++) {
        n_points += field.data[i] == '.';
        n_digits += field.data[i] >= '0' && field.data[i] <= '9';
    }
    if (n_digits == 0 || n_digits > DIGITS_MOST || n_points > 1 || n_digits + n_points + sign != field.length)
        return false;
    if (field.data[sign] == '0' && field.length > sign + 1 && field.data[sign + 1] != '.') return false;
    return pd_text_to_double(field, number);
}

/* SPDX-License-Identifier: MIT
 * Words about a load: why a row was rejected. */
#include "ingest/ingest.h"

const char *pd_reject_code_name(enum pd_reject_code code)
{
    switch (code) {
    case PD_REJECT_COLUMNS: return "JUMLAH_KOLOM";
    case PD_REJECT_QUOTE: return "KUTIP_TIDAK_DITUTUP";
    case PD_REJECT_LONG_FIELD: return "KOLOM_TERLALU_PANJANG";
    case PD_REJECT_LONG_ROW: break;
    }
    return "BARIS_TERLALU_PANJANG";
}

struct pd_text pd_reject_column(const struct pd_ingest_result *result, const struct pd_reject *reject)
{
    const struct pd_file_result *file = &result->files[reject->file];
    if (reject->column >= file->n_columns) return (struct pd_text){ NULL, 0 };
    return file->columns[reject->column].header;
}

void pd_reject_reason(const struct pd_ingest_result *result, const struct pd_reject *reject, struct pd_buffer *out)
{
    const size_t n_columns = result->files[reject->file].n_columns;
    switch (reject->code) {
    case PD_REJECT_COLUMNS:
        pd_append_format(out, "baris berisi %u kolom, kepala tabel %zu kolom", reject->n_fields, n_columns);
        return;
    case PD_REJECT_QUOTE: pd_append_string(out, "tanda kutip tidak ditutup; baris berikutnya tetap dibaca"); return;
    case PD_REJECT_LONG_FIELD: pd_append_string(out, "isi satu kolom melebihi batas panjang"); return;
    case PD_REJECT_LONG_ROW: break;
    }
    pd_append_string(out, "akhir baris tidak ditemukan dalam batas panjang baris");
}

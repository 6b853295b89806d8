/* SPDX-License-Identifier: MIT
 * Words about a load: why a row was rejected. */
#include "ingest/ingest.h"

const char *pd_reject_code_name(enum pd_reject_code code)
{
    static const char *const names[PD_REJECT_CODES] = { [PD_REJECT_COLUMNS] = "JUMLAH_KOLOM",
                                                        [PD_REJECT_QUOTE] = "KUTIP_TIDAK_DITUTUP",
                                                        [PD_REJECT_LONG_FIELD] = "KOLOM_TERLALU_PANJANG",
                                                        [PD_REJECT_LONG_ROW] = "BARIS_TERLALU_PANJANG",
                                                        [PD_REJECT_HEADER] = "KEPALA_BERULANG",
                                                        [PD_REJECT_ZERO_BYTE] = "BYTE_NOL" };
    return names[code];
}

struct pd_text pd_reject_column(const struct pd_ingest_result *result, const struct pd_reject *reject)
{
    const struct pd_file_result *file = &result->files[reject->file];
    if (reject->column >= file->n_columns) return (struct pd_text){ NULL, 0 };
    return file->columns[reject->column].header;
}

void pd_reject_reason(const struct pd_ingest_result *result, const struct pd_reject *reject, struct pd_buffer *out)
{
    static const char *const reasons[PD_REJECT_CODES] = {
        [PD_REJECT_QUOTE] = "tanda kutip tidak ditutup; baris berikutnya tetap dibaca",
        [PD_REJECT_LONG_FIELD] = "isi satu kolom melebihi batas panjang",
        [PD_REJECT_LONG_ROW] = "akhir baris tidak ditemukan dalam batas panjang baris",
        [PD_REJECT_HEADER] = "baris mengulang kepala tabel",
        [PD_REJECT_ZERO_BYTE] = "baris berisi byte nol, yang bukan teks; ambil ulang berkasnya",
    };
    if (reject->code == PD_REJECT_COLUMNS)
        pd_append_format(out, "baris berisi %u kolom, kepala tabel %zu kolom", reject->n_fields,
                         result->files[reject->file].n_columns);
    else
        pd_append_string(out, reasons[reject->code]);
}

/* SPDX-License-Identifier: MIT
 * Words about a load: why a row was rejected, and the grade of a file. */
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

/* Filled share of a canonical column, 0 when it is absent; *present tells whether it is there. */
static double filled(const struct pd_file_result *file, const char *name, bool *present)
{
    for (size_t i = 0; i < file->n_columns; i++) {
        if (!pd_text_equal(file->columns[i].name, pd_text_of(name))) continue;
        *present = true;
        return file->rows_accepted == 0 ? 0 : (double)file->columns[i].n_filled / (double)file->rows_accepted;
    }
    *present = false;
    return 0;
}

char pd_file_grade(const struct pd_file_result *file)
{
    /* The first four decide a match, so they weigh most; a file without mother's names can still be an A. */
    static const struct {
        const char *name;
        double with_nik, without_nik;
    } elements[] = {
        { "nik", 0.35, 0.00 },          { "nama", 0.25, 0.35 },          { "tgl_lahir", 0.15, 0.25 },
        { "tempat_lahir", 0.10, 0.15 }, { "jenis_kelamin", 0.05, 0.10 }, { "nama_ibu", 0.10, 0.15 },
    };
    static const struct {
        double least;
        char grade;
    } grades[] = { { 0.90, 'A' }, { 0.80, 'B' }, { 0.65, 'C' }, { 0.50, 'D' }, { 0.35, 'E' } };
    bool has_nik = false;
    bool present = false;
    (void)filled(file, "nik", &has_nik);
    const double both = filled(file, "ttl", &present);
    double score = 0;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        double share = filled(file, elements[i].name, &present);
        const bool is_birth = elements[i].name[0] == 't';
        if (is_birth && share < both) share = both;
        score += share * (has_nik ? elements[i].with_nik : elements[i].without_nik);
    }
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) {
        if (score >= grades[i].least - 1e-9) return grades[i].grade;
    }
    return 'F';
}

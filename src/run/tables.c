/* SPDX-License-Identifier: MIT */
#include "run/tables.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "checking/file_grade.h"

static enum padan_status publish(struct pd_run_state *run, const char *name, struct pd_buffer *out,
                                 struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(&run->folder, name, (struct pd_text){ out->data, out->length }, error);
    pd_buffer_reset(out);
    return status;
}

static void append_count(struct pd_buffer *out, uint64_t value)
{
    pd_append_byte(out, ',');
    pd_append_u64(out, value);
}

static void append_field(struct pd_buffer *out, struct pd_text text)
{
    pd_append_byte(out, ',');
    pd_append_csv(out, text);
}

/* --- ringkasan_pemuatan.csv --- */

static void append_mapping(const struct pd_file_result *file, bool mapped, struct pd_buffer *out)
{
    struct pd_buffer list = { 0 };
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_file_column *column = &file->columns[i];
        if ((column->name.length > 0) != mapped) continue;
        if (list.length > 0) pd_append_byte(&list, '|');
        pd_append_text(&list, column->header);
        if (mapped) pd_append_byte(&list, '=');
        if (mapped) pd_append_text(&list, column->name);
    }
    append_field(out, (struct pd_text){ list.data, list.length });
    pd_buffer_reset(&list);
}

static const char *coding_name(enum pd_region_coding coding)
{
    return coding == PD_CODING_DAGRI ? "dagri" : coding == PD_CODING_BPS ? "bps" : "";
}

struct load_summary {
    const struct pd_run_state *run;
    struct pd_buffer *lines; /* [n_files] */
};

static void append_money(const struct pd_run_state *run, const struct pd_file_result *file, struct pd_buffer *out)
{
    const int column = run->linkage.columns.nominal;
    const struct pd_column *amounts = column < 0 ? NULL : &run->table.columns[column];
    int64_t sum = 0;
    uint64_t n_none = 0;
    for (size_t i = file->begin; i < file->end; i++) {
        const int64_t amount = amounts == NULL ? PD_NULL_INT : pd_column_integer(amounts, i);
        n_none += amount == PD_NULL_INT;
        sum += amount == PD_NULL_INT ? 0 : amount;
    }
    pd_append_byte(out, ',');
    pd_append_i64(out, sum);
    /* Rejected rows have no readable columns, so no amount of theirs is known. */
    pd_append_string(out, ",");
    append_count(out, n_none);
}

/* Of a file that was left out nothing is known. */
static void append_dialect(const struct pd_file_result *file, struct pd_buffer *out)
{
    const bool is_known = file->status == PADAN_OK;
    append_field(out, pd_text_of(is_known ? pd_charset_name(file->charset) : ""));
    append_field(out, !is_known                 ? PD_TEXT("")
                      : file->delimiter == '\t' ? PD_TEXT("tab")
                                                : (struct pd_text){ &file->delimiter, 1 });
}

static void append_file(const struct pd_run_state *run, size_t index, struct pd_buffer *out)
{
    static const char *const totals[] = { "", "ya", "tidak", "tidak_dapat_diperiksa" };
    const struct pd_file_result *file = &run->ingested.files[index];
    const struct pd_normalise_file_facts *facts =
        index < run->normalised.n_files ? &run->normalised.files[index] : NULL;
    const struct pd_file_grade grade = pd_file_grade(&run->table, file);
    pd_append_csv(out, file->name);
    append_field(out, pd_text_of(file->digest));
    append_count(out, file->rows_read);
    append_count(out, file->rows_accepted);
    append_count(out, file->rows_rejected);
    append_mapping(file, true, out);
    append_mapping(file, false, out);
    append_field(out, (struct pd_text){ &grade.letter, 1 });
    append_field(out, pd_text_of(facts == NULL ? "" : coding_name(facts->coding)));
    append_dialect(file, out);
    append_field(out, pd_text_of(facts == NULL ? "" : pd_date_evidence_format(&facts->dates)));
    append_money(run, file, out);
    append_field(out, pd_text_of(totals[file->totals]));
    append_count(out, file->rows_blank);
    append_count(out, file->rows_totals);
    append_count(out, file->rows_skipped);
    pd_append_byte(out, '\n');
}

/* A file is looked at whole. */
static enum padan_status look_at_file(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct load_summary *summary = context;
    (void)worker;
    append_file(summary->run, index, &summary->lines[index]);
    return pd_buffer_status(&summary->lines[index], error);
}

enum padan_status pd_write_load_summary(struct pd_run_state *run, struct padan_error *error)
{
    struct load_summary summary = { .run = run };
    const size_t n = run->ingested.n_files;
    PD_TRY(pd_allocate(&summary.lines, n + 1, sizeof *summary.lines, error));
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "berkas,sha256,baris_dibaca,diterima,ditolak,kolom_terpetakan,kolom_lain,grade_berkas,"
                           "kode_wilayah,penyandian,pemisah,format_tanggal,nominal_diterima,nominal_ditolak,"
                           "n_tanpa_nominal,baris_total_cocok,baris_kosong,baris_total,baris_program_lain\n");
    const enum padan_status status = pd_parallel_for(n, run->threads, look_at_file, &summary, error);
    for (size_t i = 0; i < n; i++) {
        const struct pd_buffer *line = &summary.lines[i];
        pd_append_bytes(&out, line->data, line->length);
        pd_buffer_reset(&summary.lines[i]);
    }
    pd_free(summary.lines);
    if (status == PADAN_OK) return publish(run, "ringkasan_pemuatan.csv", &out, error);
    pd_buffer_reset(&out);
    return status;
}

/* --- ditolak.csv --- */

enum padan_status pd_write_rejects(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "berkas,baris,posisi_byte,kolom,kode,alasan\n");
    for (size_t i = 0; i < run->ingested.n_rejects; i++) {
        const struct pd_reject *reject = &run->ingested.rejects[i];
        struct pd_buffer reason = { 0 };
        pd_append_csv(&out, run->ingested.files[reject->file].name);
        append_count(&out, reject->row);
        append_count(&out, reject->offset);
        append_field(&out, pd_reject_column(&run->ingested, reject));
        append_field(&out, pd_text_of(pd_reject_code_name(reject->code)));
        pd_reject_reason(&run->ingested, reject, &reason);
        append_field(&out, (struct pd_text){ reason.data, reason.length });
        pd_append_byte(&out, '\n');
        pd_buffer_reset(&reason);
    }
    return publish(run, "ditolak.csv", &out, error);
}

/* --- pemblokan.csv --- */

enum padan_status pd_write_blocking(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "aturan,n_pasangan,n_baru,blok_terbesar,n_blok_dipotong,pasangan_tak_dibandingkan\n");
    for (size_t i = 0; i < run->linker.passes.n_passes; i++) {
        const struct pd_block_statistics *statistics = &run->linker.statistics[i];
        pd_append_csv(&out, run->linker.passes.passes[i].sql);
        append_count(&out, statistics->n_pairs);
        append_count(&out, statistics->n_new);
        append_count(&out, statistics->largest[0]);
        append_count(&out, statistics->n_blocks_cut);
        append_count(&out, statistics->n_not_compared);
        pd_append_byte(&out, '\n');
    }
    return publish(run, "pemblokan.csv", &out, error);
}

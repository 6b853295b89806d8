/* SPDX-License-Identifier: MIT */
#include "report/nik_profile.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "indonesia/nik.h"
#include "report/region_totals.h"

enum { CHUNK_ROWS = 1 << 16, METRIC_N = 0 };

/* What is counted of the flags of a row: it has one of these and none of those. */
static const struct {
    const char *name;
    uint32_t with, without;
} metrics[] = {
    { "n", 0, 0 },
    { "kosong", PD_NIK_EMPTY, 0 },
    { "format_salah", PD_NIK_LEN, PD_NIK_SCI },
    { "dummy", PD_NIK_DUMMY, 0 },
    { "ilmiah", PD_NIK_SCI, 0 },
    { "bulat", PD_NIK_ROUND15, 0 },
    { "prov_tak_dikenal", PD_NIK_PROV, 0 },
    { "kode_lama", PD_NIK_OLD_CODE, 0 },
    { "beda_jk", PD_NIK_SEX, 0 },
    { "beda_tgl", PD_NIK_DATE, 0 },
    { "ganda", PD_NIK_DUPFILE, 0 },
    { "sama_dengan_kk", PD_NIK_ISKK, 0 },
    { "layak", 0, PD_NIK_UNUSABLE },
};

enum { METRIC_COUNT = sizeof metrics / sizeof *metrics, METRIC_USABLE = METRIC_COUNT - 1 };

struct profile {
    const struct pd_report *report;
    const struct pd_profiled_file *files;
    size_t file;                 /* that is being counted */
    struct pd_region_sums *sums; /* [threads], by file */
};

static void count_flags(uint32_t flags, int64_t *counts)
{
    for (size_t i = 0; i < METRIC_COUNT; i++)
        counts[i] += (metrics[i].with == 0 || (flags & metrics[i].with) != 0) && (flags & metrics[i].without) == 0;
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct profile *profile = context;
    const struct pd_report *report = profile->report;
    const struct pd_profiled_file *file = &profile->files[profile->file];
    const size_t begin = file->begin + chunk * CHUNK_ROWS;
    const size_t end = file->end - begin < CHUNK_ROWS ? file->end : begin + CHUNK_ROWS;
    for (size_t row = begin; row < end; row++) {
        const int64_t flags = pd_report_integer(report, report->linkage->columns.bendera_nik, (uint32_t)row);
        int64_t *counts = NULL;
        PD_TRY(pd_region_sums_at(&profile->sums[worker], (uint32_t)profile->file,
                                 pd_report_region(report, (uint32_t)row), &counts, error));
        count_flags(flags == PD_NULL_INT ? PD_NIK_EMPTY : (uint32_t)flags, counts);
    }
    return PADAN_OK;
}

static void append_line(const struct profile *profile, const struct pd_region_total *total, struct pd_buffer *out)
{
    const struct pd_profiled_file *file = &profile->files[total->group];
    pd_append_csv(out, file->name);
    pd_append_byte(out, ',');
    pd_append_csv(out, file->source);
    pd_append_byte(out, ',');
    pd_append_wil(out, total, profile->report->regions, profile->report->job);
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        pd_append_byte(out, ',');
        pd_append_i64(out, total->metrics[i]);
    }
    pd_append_byte(out, ',');
    if (total->metrics[METRIC_N] > 0)
        pd_append_double(out, 100.0 * (double)total->metrics[METRIC_USABLE] / (double)total->metrics[METRIC_N], 2);
    pd_append_byte(out, '\n');
}

static void append_lines(const struct profile *profile, size_t n_files, const struct pd_region_totals *totals,
                         struct pd_buffer *out)
{
    static const int64_t none[METRIC_COUNT] = { 0 };
    size_t line = 0;
    pd_append_string(out, "berkas,source_dataset,tingkat,kode_wilayah,nama_wilayah");
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        pd_append_byte(out, ',');
        pd_append_string(out, metrics[i].name);
    }
    pd_append_string(out, ",persen_layak\n");
    for (size_t file = 0; file < n_files; file++) {
        const struct pd_region_total empty = { .group = (uint32_t)file, .level = PD_TOTAL_NATION, .metrics = none };
        if (line == totals->n_lines || totals->lines[line].group != file) append_line(profile, &empty, out);
        while (line < totals->n_lines && totals->lines[line].group == file)
            append_line(profile, &totals->lines[line++], out);
    }
}

static enum padan_status count_files(struct profile *profile, size_t n_files, struct padan_error *error)
{
    const int threads = profile->report->threads;
    for (int i = 0; i < threads; i++) PD_TRY(pd_region_sums_init(&profile->sums[i], METRIC_COUNT, error));
    for (profile->file = 0; profile->file < n_files; profile->file++) {
        const size_t n = profile->files[profile->file].end - profile->files[profile->file].begin;
        PD_TRY(pd_parallel_for((n + CHUNK_ROWS - 1) / CHUNK_ROWS, threads, count_chunk, profile, error));
    }
    for (int i = 1; i < threads; i++) PD_TRY(pd_region_sums_merge(&profile->sums[0], &profile->sums[i], error));
    return PADAN_OK;
}

enum padan_status pd_write_nik_profile(const struct pd_report *report, const struct pd_profiled_file *files,
                                       size_t n_files, struct pd_run_folder *folder, struct padan_error *error)
{
    struct profile profile = { .report = report, .files = files };
    struct pd_region_totals totals = { 0 };
    struct pd_buffer out = { 0 };
    PD_TRY(pd_allocate(&profile.sums, (size_t)report->threads, sizeof *profile.sums, error));
    enum padan_status status = count_files(&profile, n_files, error);
    if (status == PADAN_OK) status = pd_region_totals_make(&profile.sums[0], report->job, &totals, error);
    if (status == PADAN_OK) append_lines(&profile, n_files, &totals, &out);
    if (status == PADAN_OK) status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "profil_nik.csv", (struct pd_text){ out.data, out.length }, error);
    pd_region_totals_reset(&totals);
    for (int i = 0; i < report->threads; i++) pd_region_sums_reset(&profile.sums[i]);
    pd_free(profile.sums);
    pd_buffer_reset(&out);
    return status;
}

/* SPDX-License-Identifier: MIT
 * The run folder: tables, copies of what was used, trail, manifest; published as a whole. */
#include "run/headline.h"
#include "run/openings.h"
#include "run/tables.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "compare/name_similarity.h"
#include "linking/frequencies.h"
#include "linking/level_fields.h"
#include "report/duplicate_tables.h"
#include "report/finding_table.h"
#include "report/match_tables.h"
#include "report/nik_profile.h"
#include "report/overlap_tables.h"
#include "report/page.h"
#include "report/repair_tables.h"
#include "report/version_changes.h"

#include <stdio.h>
#include <time.h>

enum { WEIGHT_DECIMALS = 4 };

/* pasangan.csv */
struct pair_levels {
    const struct pd_edges *edges;
    struct pd_level_fields fields;
};

static struct pd_pen write_levels(struct pd_pen pen, const void *context, size_t edge)
{
    const struct pair_levels *levels = context;
    return pd_pen_levels(pen, &levels->fields, levels->edges, edge);
}

static void prefetch_levels(const void *context, size_t edge)
{
    const struct pair_levels *levels = context;
    pd_prefetch_levels(&levels->fields, levels->edges, edge);
}

/* What has a line per pair, in one pass over the pairs. */
static enum padan_status write_pair_tables(struct pd_run_state *run, const struct pd_row_hasher *hasher,
                                           struct padan_error *error)
{
    struct pair_levels levels = { .edges = &run->edges };
    struct pd_table_plan plans[2] = { 0 };
    struct pd_buffer names = { 0 };
    pd_append_level_names(&names, &run->model);
    enum padan_status status = pd_buffer_status(&names, error);
    if (status == PADAN_OK) status = pd_level_fields_make(&levels.fields, &run->linker.plan, WEIGHT_DECIMALS, error);
    const struct pd_level_columns columns = { { names.data, names.length }, write_levels, prefetch_levels, &levels };
    if (status == PADAN_OK) status = pd_plan_pairs(hasher->report, &columns, &plans[0], error);
    pd_plan_pair_states(hasher, &plans[1]);
    if (status == PADAN_OK) status = pd_run_folder_tables(&run->folder, plans, 2, error);
    pd_table_plan_reset(&plans[0]);
    pd_level_fields_reset(&levels.fields);
    pd_buffer_reset(&names);
    return status;
}

/* What has a line per row, in one pass over the rows: most of what the reports read is read here. */
static enum padan_status write_row_tables(struct pd_run_state *run, const struct pd_row_hasher *hasher,
                                          struct padan_error *error)
{
    enum { CLUSTERS, MATCHES, REPAIRS, STATES, IDS, N_TABLES };
    const struct pd_report *report = hasher->report;
    const struct pd_report matches = pd_run_report_for(report, "hasil_padan.csv");
    const struct pd_report repairs = pd_run_report_for(report, "perbaikan_data.csv");
    struct pd_table_plan plans[N_TABLES] = { 0 };
    enum padan_status status = pd_plan_clusters(report, &plans[CLUSTERS], error);
    if (status == PADAN_OK) status = pd_plan_matches(&matches, &plans[MATCHES], error);
    if (status == PADAN_OK) status = pd_plan_repairs(&repairs, &run->findings, &plans[REPAIRS], error);
    pd_plan_row_states(hasher, &plans[STATES]);
    pd_plan_ids(hasher, &plans[IDS]);
    if (status == PADAN_OK) status = pd_run_folder_tables(&run->folder, plans, N_TABLES, error);
    for (size_t i = 0; i < N_TABLES; i++) pd_table_plan_reset(&plans[i]);
    return status;
}

static unsigned name_score(struct pd_text a, struct pd_text b)
{
    uint64_t profiles[2][PD_PROFILE_BYTES_MAX / 8];
    struct pd_name_profile *left = (struct pd_name_profile *)(void *)profiles[0];
    struct pd_name_profile *right = (struct pd_name_profile *)(void *)profiles[1];
    (void)pd_name_profile_build(a, NULL, left);
    (void)pd_name_profile_build(b, NULL, right);
    return (unsigned)pd_name_similarity(left, right);
}

/* A text as the field of a CSV file. */
static enum padan_status make_field(struct pd_run_state *run, struct pd_text text, struct pd_text *field,
                                    struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_csv(&out, text);
    return pd_arena_keep(&run->arena, &out, field, error);
}

static enum padan_status name_files(struct pd_run_state *run, struct pd_report *report, struct padan_error *error)
{
    const size_t n = run->ingested.n_files;
    struct pd_text *names = NULL;
    struct pd_text *fields = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &names, (n + 1) * sizeof *names, error));
    PD_TRY(pd_arena_allocate(&run->arena, &fields, (n + 1) * sizeof *fields, error));
    for (size_t i = 0; i < n; i++) {
        names[i] = run->ingested.files[i].name;
        PD_TRY(make_field(run, names[i], &fields[i], error));
    }
    report->file_names = names;
    report->file_fields = fields;
    return PADAN_OK;
}

static enum padan_status make_fields(struct pd_run_state *run, struct pd_report *report, struct padan_error *error)
{
    const size_t n_sources = run->job.n_sources;
    const size_t n_decisions = run->model.n_decisions;
    struct pd_text *fields = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &fields, (n_sources + n_decisions + 1) * sizeof *fields, error));
    report->version_fields = fields;
    report->decision_fields = fields + n_sources;
    for (size_t i = 0; i < n_sources; i++) PD_TRY(make_field(run, run->job.sources[i].version, &fields[i], error));
    for (size_t i = 0; i < n_decisions; i++)
        PD_TRY(make_field(run, run->model.decisions[i].id, &fields[n_sources + i], error));
    return PADAN_OK;
}

static enum padan_status make_report(struct pd_run_state *run, struct pd_report *report, struct padan_error *error)
{
    *report = (struct pd_report){ .linkage = &run->linkage,
                                  .job = &run->job,
                                  .regions = &run->indonesia.regions,
                                  .paid = run->paid,
                                  .programs = run->programs,
                                  .name_score = name_score,
                                  .masking = run->masking,
                                  .threads = run->threads };
    pd_record_names_make(&report->names, &run->table, run->linkage.columns.unique_id);
    PD_TRY(pd_period_fields_make(&report->periods, &run->table, run->linkage.columns.mulai,
                                 run->linkage.columns.selesai, &run->arena, error));
    PD_TRY(name_files(run, report, error));
    return make_fields(run, report, error);
}

/* konfigurasi/: what the run was made with, as text. */
static enum padan_status write_configuration(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_run_folder *folder = &run->folder;
    const struct pd_text model = { run->model_text.data, run->model_text.length };
    PD_TRY(pd_run_folder_bytes(folder, "konfigurasi/job.yaml", run->job.content, error));
    PD_TRY(pd_run_folder_bytes(folder, "konfigurasi/model.json", model, error));
    PD_TRY(pd_model_frequencies_write(folder, "konfigurasi/", &run->model, error));
    const struct pd_text labels = { run->trained_on.content.data, run->trained_on.content.length };
    if (labels.length > 0) PD_TRY(pd_run_folder_bytes(folder, "konfigurasi/model.labels.json", labels, error));
    PD_TRY(pd_run_folder_bytes(folder, "konfigurasi/aturan_tumpang_tindih.csv", run->job.rules.content, error));
    PD_TRY(pd_run_folder_bytes(folder, "konfigurasi/program.csv", run->job.programs.content, error));
    /* The region list is megabytes of public data: its edition is told by its hash. */
    char edition[256];
    (void)snprintf(edition, sizeof edition, "berkas,edisi,xxh3\ndatasets/wilayah.csv,Kemendagri 2025,%016llx\n",
                   (unsigned long long)pd_hash_text(pd_embedded("datasets/wilayah.csv")));
    return pd_run_folder_bytes(folder, "konfigurasi/wilayah.csv", pd_text_of(edition), error);
}

static enum padan_status write_findings(struct pd_run_state *run, const struct pd_report *report,
                                        struct padan_error *error)
{
    const struct pd_report duplicates = pd_run_report_for(report, "ganda_dalam_program.csv");
    const struct pd_report forbidden = pd_run_report_for(report, "tumpang_tindih_larangan.csv");
    PD_TRY(pd_write_match_summary(report, &run->folder, error));
    PD_TRY(pd_write_duplicates(&duplicates, &run->duplicates, &run->folder, error));
    PD_TRY(pd_write_duplicate_summary(report, &run->duplicates, &run->folder, error));
    PD_TRY(pd_write_overlap_matrix(report, &run->overlaps, &run->folder, error));
    PD_TRY(pd_write_combinations(report, &run->overlaps, &run->folder, error));
    PD_TRY(pd_write_forbidden(&forbidden, &run->overlaps, &run->findings, &run->folder, error));
    PD_TRY(pd_run_write_eligibility(run, report, error));
    PD_TRY(pd_write_version_changes(report, &run->folder, error));
    return pd_write_findings(report, &run->findings, &run->folder, error);
}

static enum padan_status write_nik_profile(struct pd_run_state *run, const struct pd_report *report,
                                           struct padan_error *error)
{
    const size_t n = run->normalised.n_files;
    struct pd_profiled_file *files = NULL;
    PD_TRY(pd_allocate(&files, n + 1, sizeof *files, error));
    for (size_t i = 0; i < n; i++)
        files[i] =
            (struct pd_profiled_file){ run->ingested.files[i].name, run->job.sources[run->inputs.files[i].source].name,
                                       run->ingested.files[i].begin, run->ingested.files[i].end };
    const enum padan_status status = pd_write_nik_profile(report, files, n, &run->folder, error);
    pd_free(files);
    return status;
}

static enum padan_status write_tables(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_report report;
    struct pd_row_hasher hasher;
    PD_TRY(make_report(run, &report, error));
    PD_TRY(pd_write_load_summary(run, error));
    PD_TRY(pd_write_rejects(run, error));
    PD_TRY(write_nik_profile(run, &report, error));
    PD_TRY(pd_write_blocking(run, error));
    PD_TRY(pd_row_hasher_make(&hasher, &report, error));
    enum padan_status status = write_row_tables(run, &hasher, error);
    if (status == PADAN_OK) status = write_pair_tables(run, &hasher, error);
    if (status == PADAN_OK) status = write_findings(run, &report, error);
    if (status == PADAN_OK) status = pd_run_write_changes(run, &hasher, error);
    pd_row_hasher_reset(&hasher);
    return status;
}

struct class_counts {
    uint64_t rows[3];
    uint64_t rows_of_programs;
    uint64_t clusters;
};

static struct class_counts count_classes(const struct pd_run_state *run)
{
    struct class_counts counts = { .rows_of_programs = 0 };
    for (size_t i = 0; i < run->table.n_records; i++) {
        counts.clusters += run->clusters.cluster[i] == i;
        if (run->job.sources[run->table.source_of[i]].role != PD_ROLE_PROGRAM) continue;
        counts.rows[pd_link_of(&run->linkage, i)->class]++;
        counts.rows_of_programs++;
    }
    return counts;
}

static enum padan_status check_limits(struct pd_run_state *run, const struct class_counts *counts,
                                      struct padan_error *error)
{
    const double limit = run->job.limits.unlinked_percent;
    PD_TRY(pd_run_check_findings(run, error));
    if (counts->rows_of_programs == 0) return PADAN_OK;
    const double share = 100.0 * (double)counts->rows[PD_CLASS_NONE] / (double)counts->rows_of_programs;
    if (share > limit)
        return pd_run_alarm(run, error, "%.2f %% of the program rows found no person in the register (limit %.2f %%)",
                            share, limit);
    return PADAN_OK;
}

/* Last: it tells of all reports and alarms. */
static enum padan_status write_page(struct pd_run_state *run, const struct class_counts *counts,
                                    struct padan_error *error)
{
    struct pd_report report;
    PD_TRY(make_report(run, &report, error));
    const struct pd_page page = { .report = &report,
                                  .findings = &run->findings,
                                  .programs = &run->programs,
                                  .changes = run->has_changes ? &run->changes : NULL,
                                  .alarms = run->alarms,
                                  .n_alarms = run->n_alarms,
                                  .n_clusters = counts->clusters,
                                  .n_automatic = counts->rows[PD_CLASS_AUTOMATIC],
                                  .n_program_rows = counts->rows_of_programs,
                                  .template = pd_embedded("datasets/laporan.html") };
    return pd_write_page(&page, &run->folder, error);
}

static void write_headline(const struct pd_run_state *run, const struct class_counts *counts,
                           struct pd_run_summary *summary)
{
    (void)snprintf(summary->headline, sizeof summary->headline,
                   "rows read          %12zu\n"
                   "pairs kept         %12zu\n"
                   "persons (clusters) %12llu\n"
                   "program rows       %12llu: otomatis %llu, tinjau %llu, tidak_padan %llu",
                   run->table.n_records, run->edges.n_edges, (unsigned long long)counts->clusters,
                   (unsigned long long)counts->rows_of_programs, (unsigned long long)counts->rows[PD_CLASS_AUTOMATIC],
                   (unsigned long long)counts->rows[PD_CLASS_REVIEW], (unsigned long long)counts->rows[PD_CLASS_NONE]);
}

static enum padan_status describe_inputs(struct pd_run_state *run, struct pd_manifest_input **inputs,
                                         struct padan_error *error)
{
    PD_TRY(pd_arena_allocate(&run->arena, inputs, (run->ingested.n_files + 1) * sizeof **inputs, error));
    for (size_t i = 0; i < run->ingested.n_files; i++) {
        const struct pd_file_result *file = &run->ingested.files[i];
        (*inputs)[i] = (struct pd_manifest_input){ .kind = "source",
                                                   .source = run->job.sources[run->inputs.files[i].source].name,
                                                   .name = file->name,
                                                   .path = pd_text_of(run->inputs.files[i].path),
                                                   .bytes = file->bytes,
                                                   .n_rows = file->rows_accepted,
                                                   .digest_kind = file->digest_kind,
                                                   .digest = pd_text_of(file->digest),
                                                   .index_checksum = file->index_checksum };
    }
    return PADAN_OK;
}

static enum padan_status finish(struct pd_run_state *run, const struct class_counts *counts, struct padan_error *error)
{
    struct pd_manifest_input *inputs = NULL;
    const char *reasons = NULL;
    PD_TRY(describe_inputs(run, &inputs, error));
    PD_TRY(pd_run_opening_reasons(run, &reasons, error));
    const struct pd_manifest_count totals[] = {
        { "rows", run->table.n_records },
        { "rows_rejected", run->ingested.n_rejects },
        { "pairs_kept", run->edges.n_edges },
        { "clusters", counts->clusters },
        { "rows_otomatis", counts->rows[PD_CLASS_AUTOMATIC] },
        { "rows_tinjau", counts->rows[PD_CLASS_REVIEW] },
        { "rows_tidak_padan", counts->rows[PD_CLASS_NONE] },
        { "pairs_with_household_evidence", run->n_household_evidence },
    };
    const struct pd_manifest manifest = { .command = "run",
                                          .argc = run->options->argc,
                                          .argv = run->options->argv,
                                          .started = run->started,
                                          .finished = (int64_t)time(NULL),
                                          .threads = run->threads,
                                          .kernels = pd_ingest_kernel(),
                                          .open_nik_reason = reasons,
                                          .key = &run->key,
                                          .exit_code = run->exit_code,
                                          .inputs = inputs,
                                          .n_inputs = run->ingested.n_files,
                                          .counts = totals,
                                          .n_counts = sizeof totals / sizeof *totals,
                                          .stages = run->stages,
                                          .n_stages = run->n_stages,
                                          .alarms = run->alarms,
                                          .n_alarms = run->n_alarms };
    PD_TRY(pd_run_folder_hold(&run->folder, error));
    PD_TRY(pd_trail_write(&run->folder, &manifest, error));
    PD_TRY(pd_manifest_write(&run->folder, &manifest, error));
    PD_TRY(pd_run_folder_publish(&run->folder, error));
    return pd_trail_append(&run->folder, error);
}

enum padan_status pd_run_output(struct pd_run_state *run, struct pd_run_summary *summary, struct padan_error *error)
{
    const struct class_counts counts = count_classes(run);
    PD_TRY(write_configuration(run, error));
    PD_TRY(write_tables(run, error));
    PD_TRY(check_limits(run, &counts, error));
    PD_TRY(write_page(run, &counts, error));
    write_headline(run, &counts, summary);
    pd_run_append_findings(run, summary);
    summary->exit_code = run->exit_code;
    summary->n_rows = run->table.n_records;
    summary->n_rejected = run->ingested.n_rejects;
    summary->n_edges = run->edges.n_edges;
    summary->n_clusters = counts.clusters;
    (void)snprintf(summary->path, sizeof summary->path, "%.*s", PD_TEXT_ARGS(run->folder.final));
    return finish(run, &counts, error);
}

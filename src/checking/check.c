/* SPDX-License-Identifier: MIT */
#include "checking/check.h"

#include "base/date.h"
#include "base/keyed_hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "checking/report.h"
#include "checking/same_files.h"
#include "indonesia/indonesia.h"
#include "linking/linker.h"
#include "reconcile/category.h"
#include "run/inputs.h"
#include "run/job_model.h"

#include <math.h>
#include <string.h>

/* Where neither a job nor --reference-date says it; fixed, so that a report does not depend on the day it is made. */
enum { DEFAULT_YEAR = 2026, DEFAULT_MONTH = 1, DEFAULT_DAY = 1 };
static const double DEFAULT_REJECTED_PERCENT = 1.0;

struct check {
    const struct pd_check_options *options;
    struct pd_check_summary *summary;
    struct pd_buffer *out;
    struct pd_job job; /* empty without one */
    struct pd_arena arena;
    struct pd_inputs inputs;
    struct pd_seen_files seen;
    struct pd_indonesia indonesia;
    struct pd_table columns; /* of all sources read so far, without rows: what conditions of the job may name */
    int threads;
    int32_t reference_date;
    double rejected_percent;
};

/* One source, loaded. */
struct loaded_source {
    struct pd_ingest_result ingested;
    struct pd_table table;
    struct pd_normalise_result normalised;
    struct pd_profiles profiles; /* of a file that is no roster */
};

/* ---- What is to be read ---- */

/* Files without a job: each is a source of its own, everything is found out. */
static enum padan_status inputs_of_files(struct check *check, struct padan_error *error)
{
    const size_t n = check->options->n_files;
    struct pd_inputs *inputs = &check->inputs;
    *inputs = (struct pd_inputs){ .n_sources = n, .n_files = n };
    PD_TRY(pd_arena_allocate(&check->arena, &inputs->sources, (n + 1) * sizeof *inputs->sources, error));
    PD_TRY(pd_arena_allocate(&check->arena, &inputs->periods, (n + 1) * sizeof *inputs->periods, error));
    PD_TRY(pd_arena_allocate(&check->arena, &inputs->files, (n + 1) * sizeof *inputs->files, error));
    PD_TRY(pd_arena_allocate(&check->arena, &inputs->file_options, (n + 1) * sizeof *inputs->file_options, error));
    for (size_t i = 0; i < n; i++) {
        const char *path = check->options->files[i];
        inputs->sources[i].name = pd_text_of(path);
        inputs->periods[i] = (struct pd_normalise_source){ PD_DATE_NONE, PD_DATE_NONE };
        inputs->files[i] = (struct pd_input_file){ .path = path, .name = pd_text_of(path), .source = i };
    }
    return PADAN_OK;
}

/* What else a run of the job would refuse before it reads a file: its model, its key, its conditions. */
static enum padan_status check_settings(const struct pd_job *job, struct padan_error *error)
{
    struct pd_model model = { 0 };
    struct pd_buffer text = { 0 };
    struct pd_hash_key key = { 0 };
    enum padan_status status = pd_job_model_read(job, NULL, &model, &text, error);
    if (status == PADAN_OK && job->key_file.length > 0) status = pd_hash_key_read(job->key_file.data, &key, error);
    if (status == PADAN_OK) status = pd_categories_parse(job, pd_linker_functions(), error);
    pd_hash_key_forget(&key);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
    return status;
}

static enum padan_status inputs_of_job(struct check *check, struct padan_error *error)
{
    const struct pd_run_progress *progress = &check->options->progress;
    PD_TRY(pd_job_read(&check->job, check->options->job_path, error));
    PD_TRY(check_settings(&check->job, error));
    for (size_t i = 0; i < check->job.n_notes && progress->message != NULL; i++)
        progress->message(progress->context, check->job.notes[i].data);
    check->reference_date = check->job.reference_date;
    if (!isnan(check->job.limits.rejected_percent)) check->rejected_percent = check->job.limits.rejected_percent;
    return pd_inputs_of_job(&check->job, &check->arena, &check->inputs, error);
}

/* ---- One source ---- */

static enum padan_status normalise(const struct check *check, size_t source, size_t first, size_t n_files,
                                   struct loaded_source *loaded, struct padan_error *error)
{
    const struct pd_normalise_options options = { .indonesia = &check->indonesia,
                                                  .reference_date = check->reference_date,
                                                  .threads = check->threads,
                                                  .sources = &check->inputs.periods[source],
                                                  .files = &check->inputs.file_options[first],
                                                  .n_files = n_files };
    return pd_normalise_indonesia(&loaded->table, &options, &loaded->normalised, error);
}

static bool is_as_written(const struct loaded_source *loaded)
{
    return loaded->ingested.n_files == 1 && loaded->ingested.files[0].as_written;
}

/* Unusable files are a finding here, whatever the job says about them. */
static enum padan_status load_source(struct check *check, size_t source, size_t first, size_t n_files,
                                     struct loaded_source *loaded, struct padan_error *error)
{
    struct pd_input_file *files = NULL;
    PD_TRY(pd_allocate(&files, n_files, sizeof *files, error));
    for (size_t i = 0; i < n_files; i++) {
        files[i] = check->inputs.files[first + i];
        files[i].source = 0;
        files[i].may_skip = true;
    }
    const struct pd_ingest_options options = { .sources = &check->inputs.sources[source],
                                               .n_sources = 1,
                                               .files = files,
                                               .n_files = n_files,
                                               .canonical = true,
                                               .or_as_written = check->options->job_path == NULL,
                                               .threads = check->threads };
    enum padan_status status = pd_ingest(&options, &loaded->table, &loaded->ingested, error);
    pd_free(files);
    if (status == PADAN_OK && is_as_written(loaded))
        return pd_profile_table(&loaded->table, &check->arena, &loaded->profiles, error);
    if (status == PADAN_OK) return normalise(check, source, first, n_files, loaded, error);
    size_t n_unusable = 0;
    for (size_t i = 0; i < loaded->ingested.n_files; i++) n_unusable += loaded->ingested.files[i].status != PADAN_OK;
    return n_unusable == n_files ? PADAN_OK : status;
}

/* Remembers what columns a source has. */
static enum padan_status note_columns(struct check *check, const struct pd_table *table, struct padan_error *error)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct pd_column *column = &table->columns[i];
        struct pd_column *noted = NULL;
        if (pd_table_find(&check->columns, column->name) >= 0) continue;
        PD_TRY(pd_table_add(&check->columns, column->name, column->type, column->encoding, &noted, error));
    }
    return PADAN_OK;
}

/* Conditions that read a column no file has. Of files that cannot be used nobody knows which they have. */
static enum padan_status check_conditions(struct check *check, struct padan_error *error)
{
    struct pd_categories categories;
    if (check->summary->n_unusable > 0) return PADAN_OK;
    PD_TRY(pd_categories_make(&categories, &check->job, &check->columns, pd_linker_functions(), error));
    pd_categories_reset(&categories);
    return PADAN_OK;
}

/* ---- One file ---- */

static const struct pd_column *column_of(const struct pd_table *table, const char *name)
{
    const int index = pd_table_find(table, pd_text_of(name));
    return index < 0 ? NULL : &table->columns[index];
}

static void count_rows(const struct pd_table *table, struct pd_checked_file *checked)
{
    const struct pd_column *flags = column_of(table, "bendera_nik");
    const struct pd_column *heap = column_of(table, "tgl_tumpuk");
    for (size_t i = checked->file->begin; flags != NULL && i < checked->file->end; i++)
        for (uint64_t bits = pd_column_word(flags, i); bits != 0; bits &= bits - 1)
            checked->nik_flags[__builtin_ctzll(bits)]++;
    for (size_t i = checked->file->begin; heap != NULL && i < checked->file->end; i++)
        checked->n_default_days += pd_column_word(heap, i) == 2;
}

const struct pd_profile *pd_checked_profile(const struct pd_checked_file *checked, size_t column)
{
    const struct pd_text name = checked->file->columns[column].name;
    for (size_t i = 0; i < checked->profiles->n_columns; i++)
        if (pd_text_equal(checked->profiles->columns[i].name, name)) return &checked->profiles->columns[i];
    return NULL;
}

static void settle_exit_code(struct check *check, const struct pd_checked_file *checked, bool may_skip)
{
    struct pd_check_summary *summary = check->summary;
    int code = 0;
    for (size_t i = 0; i < checked->alarms.n; i++) summary->n_alarms += checked->alarms.items[i].rings;
    summary->n_files++;
    summary->n_unusable += checked->file->status != PADAN_OK;
    if (summary->n_alarms > 0) code = 1;
    if (checked->file->status != PADAN_OK) code = may_skip ? 1 : padan_exit_code(checked->file->status);
    if (summary->exit_code < 2 && code > summary->exit_code) summary->exit_code = code;
}

static enum padan_status check_file(struct check *check, size_t source, size_t first,
                                    const struct loaded_source *loaded, size_t index, struct padan_error *error)
{
    const bool has_job = check->options->job_path != NULL;
    struct pd_checked_file checked = { .loaded = &loaded->ingested,
                                       .index = index,
                                       .file = &loaded->ingested.files[index] };
    if (has_job) checked.source = check->job.sources[source].name;
    if (has_job) checked.role = pd_role_name(check->job.sources[source].role);
    if (checked.file->status == PADAN_OK && is_as_written(loaded)) {
        checked.profiles = &loaded->profiles;
    } else if (checked.file->status == PADAN_OK) {
        checked.facts = &loaded->normalised.files[index];
        count_rows(&loaded->table, &checked);
    } else if (check->options->progress.message != NULL) {
        check->options->progress.message(check->options->progress.context, checked.file->message.data);
    }
    if (checked.profiles == NULL) checked.grade = pd_file_grade(&loaded->table, checked.file);
    pd_file_alarms_find(checked.file, checked.facts, check->rejected_percent, &checked.alarms);
    PD_TRY(pd_seen_files_look(&check->seen, checked.file, check->inputs.files[first + index].path,
                              has_job ? pd_seen_program(&check->job.sources[source]) : PD_NO_PROGRAM, &checked.alarms,
                              error));
    settle_exit_code(check, &checked, check->inputs.files[first + index].may_skip);
    if (!check->options->json) {
        pd_checked_text(&checked, check->out);
        return PADAN_OK;
    }
    pd_append_string(check->out, check->summary->n_files > 1 ? ",\n" : "\n");
    pd_checked_json(&checked, check->out);
    return PADAN_OK;
}

static enum padan_status check_source(struct check *check, size_t source, size_t first, size_t n_files,
                                      struct padan_error *error)
{
    struct loaded_source loaded = { .table = { .n_records = 0 } };
    const struct pd_run_progress *progress = &check->options->progress;
    if (progress->stage != NULL)
        progress->stage(progress->context, check->inputs.sources[source].name.data, source, check->inputs.n_sources);
    enum padan_status status = load_source(check, source, first, n_files, &loaded, error);
    if (status == PADAN_OK) status = note_columns(check, &loaded.table, error);
    for (size_t i = 0; status == PADAN_OK && i < n_files; i++)
        status = check_file(check, source, first, &loaded, i, error);
    pd_normalise_result_reset(&loaded.normalised);
    pd_ingest_result_reset(&loaded.ingested);
    pd_table_reset(&loaded.table);
    return status;
}

static enum padan_status check_all(struct check *check, struct padan_error *error)
{
    const struct pd_check_options *options = check->options;
    PD_TRY(options->job_path != NULL ? inputs_of_job(check, error) : inputs_of_files(check, error));
    check->threads = pd_thread_count(options->threads > 0 ? options->threads : check->job.threads);
    PD_TRY(pd_indonesia_load(&check->indonesia, error));
    if (options->json) pd_append_string(check->out, "{\"files\":[");
    const struct pd_inputs *inputs = &check->inputs;
    for (size_t first = 0; first < inputs->n_files;) {
        const size_t source = inputs->files[first].source;
        size_t end = first + 1;
        while (end < inputs->n_files && inputs->files[end].source == source) end++;
        PD_TRY(check_source(check, source, first, end - first, error));
        first = end;
    }
    const enum padan_status status = check_conditions(check, error);
    if (status != PADAN_OK) check->summary->exit_code = padan_exit_code(status);
    if (options->json)
        pd_append_format(check->out, "\n],\"unusable\":%zu,\"alarms\":%zu,\"exit_code\":%d}\n",
                         check->summary->n_unusable, check->summary->n_alarms, check->summary->exit_code);
    PD_TRY(pd_buffer_status(check->out, error));
    check->summary->is_whole = true;
    return status;
}

enum padan_status pd_check(const struct pd_check_options *options, struct pd_buffer *out,
                           struct pd_check_summary *summary, struct padan_error *error)
{
    struct check check = { .options = options,
                           .summary = summary,
                           .out = out,
                           .reference_date = options->reference_date,
                           .rejected_percent = DEFAULT_REJECTED_PERCENT };
    *summary = (struct pd_check_summary){ .exit_code = 0 };
    if (check.reference_date == PD_DATE_NONE)
        check.reference_date = pd_date_from_civil(DEFAULT_YEAR, DEFAULT_MONTH, DEFAULT_DAY);
    const enum padan_status status = check_all(&check, error);
    pd_seen_files_reset(&check.seen);
    pd_indonesia_reset(&check.indonesia);
    pd_table_reset(&check.columns);
    pd_job_reset(&check.job);
    pd_arena_reset(&check.arena);
    return status;
}

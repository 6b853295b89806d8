/* SPDX-License-Identifier: MIT
 * From the job file to a normalised table. */
#include "run_state.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <stdio.h>

enum { MODEL_BYTES_MAX = 64 << 20 };

static enum padan_status read_model(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    if (job->model_is_path) {
        PD_TRY(pd_file_read(job->model.data, MODEL_BYTES_MAX, &run->model_text, error));
    } else {
        char path[256];
        (void)snprintf(path, sizeof path, "models/%s.json", job->model.data);
        const struct pd_text content = pd_embedded(path);
        if (content.data == NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: there is no preset model \"%s\"; name a preset or a model file",
                    job->path.data, job->model.data);
        pd_append_text(&run->model_text, content);
    }
    PD_TRY(pd_buffer_status(&run->model_text, error));
    return pd_model_read(&run->model, (struct pd_text){ run->model_text.data, run->model_text.length }, job->model.data,
                         pd_linker_functions(), error);
}

static enum padan_status program_names(struct pd_run_state *run, const struct pd_job_source *source,
                                       struct pd_input_source *out, struct padan_error *error)
{
    out->name = source->name;
    if (source->role != PD_ROLE_PROGRAM || source->program < 0) return PADAN_OK;
    const struct pd_program *program = &run->job.programs.items[source->program];
    struct pd_text *names = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &names, (program->n_aliases + 1) * sizeof *names, error));
    names[0] = program->code;
    for (size_t i = 0; i < program->n_aliases; i++) names[i + 1] = program->aliases[i];
    out->program_names = names;
    out->n_program_names = program->n_aliases + 1;
    return PADAN_OK;
}

static enum padan_status describe_file(struct pd_run_state *run, size_t source_index, const struct pd_job_path *path,
                                       struct pd_input_file *file, struct padan_error *error)
{
    const struct pd_job_source *source = &run->job.sources[source_index];
    struct pd_column_choice *choices = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &choices, (source->n_columns + 1) * sizeof *choices, error));
    for (size_t i = 0; i < source->n_columns; i++)
        choices[i] = (struct pd_column_choice){ source->columns[i].canonical, source->columns[i].column };
    *file = (struct pd_input_file){ .path = path->path.data,
                                    .name = path->name,
                                    .source = source_index,
                                    .may_skip = source->skip_bad_file,
                                    .delimiter = source->delimiter,
                                    .header_row = source->header_row,
                                    .choices = choices,
                                    .n_choices = source->n_columns,
                                    .unique_id = source->unique_id,
                                    .n_unique_id = source->n_unique_id };
    if (pd_text_equal(source->encoding, PD_TEXT("utf-8"))) file->charset = PD_CHARSET_UTF8;
    if (pd_text_equal(source->encoding, PD_TEXT("cp1252"))) file->charset = PD_CHARSET_CP1252;
    return PADAN_OK;
}

static enum padan_status read_files(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    struct pd_input_source *sources = NULL;
    size_t n_files = 0;
    for (size_t i = 0; i < job->n_sources; i++) n_files += job->sources[i].n_paths;
    PD_TRY(pd_arena_allocate(&run->arena, &sources, (job->n_sources + 1) * sizeof *sources, error));
    PD_TRY(pd_arena_allocate(&run->arena, &run->files, (n_files + 1) * sizeof *run->files, error));
    for (size_t i = 0; i < job->n_sources; i++) {
        PD_TRY(program_names(run, &job->sources[i], &sources[i], error));
        for (size_t j = 0; j < job->sources[i].n_paths; j++)
            PD_TRY(describe_file(run, i, &job->sources[i].paths[j], &run->files[run->n_files++], error));
    }
    const struct pd_ingest_options options = { .sources = sources,
                                               .n_sources = job->n_sources,
                                               .files = run->files,
                                               .n_files = run->n_files,
                                               .canonical = true,
                                               .threads = run->threads };
    return pd_ingest(&options, &run->table, &run->ingested, error);
}

/* What the job expects of a source's rows, and what went wrong in its files. */
static enum padan_status check_source(struct pd_run_state *run, size_t index, struct padan_error *error)
{
    const struct pd_job_source *source = &run->job.sources[index];
    uint64_t n_read = 0;
    uint64_t n_rejected = 0;
    uint64_t n_repeated = 0;
    for (size_t i = 0; i < run->ingested.n_files; i++) {
        const struct pd_file_result *file = &run->ingested.files[i];
        if (run->files[i].source != index) continue;
        if (file->status != PADAN_OK)
            PD_TRY(pd_run_alarm(run, error, "file %.*s was left out: %.*s", PD_TEXT_ARGS(file->name),
                                PD_TEXT_ARGS(file->message)));
        n_read += file->rows_read;
        n_rejected += file->rows_rejected;
        n_repeated += file->n_repeated_ids;
    }
    const uint64_t n_accepted = n_read - n_rejected;
    if (n_accepted < source->rows_min || n_accepted > source->rows_max)
        PD_TRY(pd_run_alarm(run, error, "source %.*s has %llu rows, the job expects %llu to %llu",
                            PD_TEXT_ARGS(source->name), (unsigned long long)n_accepted,
                            (unsigned long long)source->rows_min, (unsigned long long)source->rows_max));
    const double limit = run->job.limits.rejected_percent;
    if (n_read > 0 && 100.0 * (double)n_rejected / (double)n_read > limit)
        PD_TRY(pd_run_alarm(run, error, "source %.*s: %llu of %llu rows were rejected (limit %.2f %%), see ditolak.csv",
                            PD_TEXT_ARGS(source->name), (unsigned long long)n_rejected, (unsigned long long)n_read,
                            limit));
    if (n_repeated > 0 && run->options->progress.message != NULL) {
        char sentence[256];
        (void)snprintf(sentence, sizeof sentence, "source %.*s repeats %llu ids; the later rows are called id#2, id#3",
                       PD_TEXT_ARGS(source->name), (unsigned long long)n_repeated);
        run->options->progress.message(run->options->progress.context, sentence);
    }
    return PADAN_OK;
}

enum padan_status pd_run_load(struct pd_run_state *run, struct padan_error *error)
{
    PD_TRY(read_model(run, error));
    PD_TRY(read_files(run, error));
    for (size_t i = 0; i < run->job.n_sources; i++) PD_TRY(check_source(run, i, error));
    return PADAN_OK;
}

/* --- normalise --- */

static struct pd_normalise_file file_facts(const struct pd_job_source *source)
{
    static const enum pd_date_order orders[] = { [PD_DATES_AUTO] = PD_DATE_ORDER_UNKNOWN,
                                                 [PD_DATES_DMY] = PD_DATE_ORDER_DAY_MONTH,
                                                 [PD_DATES_MDY] = PD_DATE_ORDER_MONTH_DAY,
                                                 [PD_DATES_YMD] = PD_DATE_ORDER_DAY_MONTH };
    static const enum pd_region_coding codings[] = {
        [PD_CODES_AUTO] = PD_CODING_UNKNOWN, [PD_CODES_DAGRI] = PD_CODING_DAGRI, [PD_CODES_BPS] = PD_CODING_BPS
    };
    return (struct pd_normalise_file){ orders[source->date_order], codings[source->code_system] };
}

/* Amount of rows that say none but the job does; amounts per month are multiplied by the months of the period. */
static void complete_amounts(struct pd_run_state *run, const struct pd_person_columns *columns)
{
    if (columns->nominal < 0) return;
    int64_t *amounts = run->table.columns[columns->nominal].words;
    const int64_t *begins = columns->mulai < 0 ? NULL : run->table.columns[columns->mulai].words;
    const int64_t *ends = columns->selesai < 0 ? NULL : run->table.columns[columns->selesai].words;
    for (size_t i = 0; i < run->table.n_records; i++) {
        const struct pd_job_source *source = &run->job.sources[run->table.source_of[i]];
        if (amounts[i] == PD_NULL_INT && source->amount >= 0) amounts[i] = source->amount;
        if (amounts[i] == PD_NULL_INT || !source->amount_per_month || begins == NULL || ends == NULL) continue;
        if (begins[i] == PD_NULL_INT || ends[i] == PD_NULL_INT) continue;
        const struct pd_date from = pd_date_to_civil((int32_t)begins[i]);
        const struct pd_date to = pd_date_to_civil((int32_t)ends[i]);
        amounts[i] *= (to.year - from.year) * 12 + to.month - from.month + 1;
    }
}

/* Statuses that mean money arrived, where the job does not list its own. Statuses of SIKS-NG that mean it did not:
 * GAGAL ..., EXCLUDE ... [s:siks-status][s:siks-excl]; everything else, and no status at all, counts as paid. */
static bool means_paid(const struct pd_job_source *source, struct pd_text status)
{
    static const char *const unpaid[] = {
        "GAGAL", "EXCLUDE", "TIDAK", "BELUM", "BATAL", "DITOLAK", "RETUR", "PENDING"
    };
    if (status.length == 0) return true;
    for (size_t i = 0; i < source->n_paid_status; i++)
        if (pd_text_same_name(source->paid_status[i], status)) return true;
    if (source->n_paid_status > 0) return false;
    for (size_t i = 0; i < sizeof unpaid / sizeof *unpaid; i++)
        if (pd_text_starts(status, pd_text_of(unpaid[i]))) return false;
    return true;
}

static void mark_paid(struct pd_run_state *run, const struct pd_person_columns *columns)
{
    for (size_t i = 0; i < run->table.n_records; i++) {
        const struct pd_job_source *source = &run->job.sources[run->table.source_of[i]];
        struct pd_text status = { NULL, 0 };
        char scratch[24];
        if (columns->status_salur >= 0) status = pd_column_text(&run->table.columns[columns->status_salur], i, scratch);
        run->paid[i] = source->role == PD_ROLE_PROGRAM && means_paid(source, status);
    }
}

enum padan_status pd_run_normalise(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_normalise_source *sources = NULL;
    struct pd_normalise_file *files = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &sources, (run->job.n_sources + 1) * sizeof *sources, error));
    PD_TRY(pd_arena_allocate(&run->arena, &files, (run->n_files + 1) * sizeof *files, error));
    for (size_t i = 0; i < run->job.n_sources; i++)
        sources[i] = (struct pd_normalise_source){ run->job.sources[i].period.begin, run->job.sources[i].period.end };
    for (size_t i = 0; i < run->n_files; i++) files[i] = file_facts(&run->job.sources[run->files[i].source]);
    const struct pd_normalise_options options = { .indonesia = &run->indonesia,
                                                  .reference_date = run->job.reference_date,
                                                  .threads = run->threads,
                                                  .sources = sources,
                                                  .files = files,
                                                  .n_files = run->n_files };
    PD_TRY(pd_normalise_indonesia(&run->table, &options, &run->normalised, error));
    for (size_t i = 0; i < run->normalised.n_files; i++)
        if (run->normalised.files[i].round15)
            PD_TRY(pd_run_alarm(
                run, error, "file %.*s: a spreadsheet rounded its NIKs to 15 digits; ask for the file again as text",
                PD_TEXT_ARGS(run->ingested.files[i].name)));
    PD_TRY(pd_allocate_array(&run->paid, run->table.n_records, 1, error));
    struct pd_person_columns columns;
    pd_person_columns_find(&run->table, &columns);
    complete_amounts(run, &columns);
    mark_paid(run, &columns);
    return PADAN_OK;
}

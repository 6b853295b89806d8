/* SPDX-License-Identifier: MIT */
#include "run/openings.h"
#include "run/state.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "engine/train.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

enum padan_status pd_run_alarm(struct pd_run_state *run, struct padan_error *error, const char *format, ...)
{
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    run->exit_code = 1;
    if (run->options->progress.message != NULL)
        run->options->progress.message(run->options->progress.context, sentence);
    PD_TRY(pd_grow(&run->alarms, &run->alarms_capacity, run->n_alarms + 1, sizeof *run->alarms, error));
    return pd_arena_copy(&run->arena, pd_text_of(sentence), &run->alarms[run->n_alarms++], error);
}

uint64_t pd_run_allowed_memory(const struct pd_run_state *run)
{
    return run->options->memory_bytes > 0 ? run->options->memory_bytes : run->job.memory_bytes;
}

/* The register, unless the job asks for it to be compared with itself. */
static int source_sought_in(const struct pd_job *job)
{
    for (size_t i = 0; !job->compare_auto && i < job->n_compare; i++)
        if (job->compare[i].a == job->compare[i].b && job->sources[job->compare[i].a].role == PD_ROLE_REGISTER)
            return PD_AMONG_NONE;
    for (size_t i = 0; i < job->n_sources; i++)
        if (job->sources[i].role == PD_ROLE_REGISTER) return (int)i;
    return PD_AMONG_NONE;
}

/* Tells what the run will need, and refuses it when that is more than is allowed. */
static enum padan_status plan_memory(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_memory_plan *const plan = &run->memory;
    const struct pd_job_rates rates = pd_job_rates_of_run();
    const uint64_t allowed = pd_run_allowed_memory(run);
    const struct pd_run_progress *progress = &run->options->progress;
    char sentence[256];
    PD_TRY(pd_inputs_of_job(&run->job, &run->arena, &run->inputs, error));
    const struct pd_estimate_inputs inputs = { run->inputs.files, run->inputs.n_files, source_sought_in(&run->job),
                                               run->threads, allowed };
    PD_TRY(pd_estimate_make(&inputs, &rates, &plan->estimate, error));
    pd_estimate_tell(&plan->estimate, allowed, sentence, sizeof sentence);
    if (run->options->two_rows == NULL && run->options->row_values == NULL && progress->message != NULL &&
        pd_estimate_is_worth_telling(&plan->estimate, allowed))
        progress->message(progress->context, sentence);
    return pd_memory_plan_check(plan, allowed, run->options->keeper, error);
}

/* Takes a folder for the results, and tells what killed runs had left in its place. */
static enum padan_status open_folder(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_run_progress *progress = &run->options->progress;
    char sentence[128];
    PD_TRY(pd_run_folder_open(&run->folder, run->job.out, run->job.name, error));
    if (run->folder.n_leftovers == 0 || progress->message == NULL) return PADAN_OK;
    (void)snprintf(sentence, sizeof sentence, "what killed runs had left unfinished was removed (folders: %zu)",
                   run->folder.n_leftovers);
    progress->message(progress->context, sentence);
    return PADAN_OK;
}

/* What does not fit into memory waits in the folder of the results. */
static enum padan_status keep_memory(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_run_options *options = run->options;
    struct pd_buffer folder = { 0 };
    if (run->folder.temporary.length > 0) {
        pd_append_text(&folder, run->folder.temporary);
    } else {
        pd_append_text(&folder, options->keep != NULL ? pd_path_directory(pd_text_of(options->keep)) : PD_TEXT("."));
        pd_append_string(&folder, "/."); /* messages name what it lies in */
    }
    pd_append_byte(&folder, '\0');
    enum padan_status status = pd_buffer_status(&folder, error);
    if (status == PADAN_OK)
        status = pd_memory_plan_keep(&run->memory, pd_run_allowed_memory(run), options->keeper, folder.data, error);
    pd_buffer_reset(&folder);
    return status;
}

/* What the job reads is not to be replaced by what is learned of it. */
static enum padan_status spare_inputs(const struct pd_run_state *run, const char *option, const char *out,
                                      struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    const char *said[] = { job->path.data, job->key_file.data, job->model_is_path ? job->model.data : NULL };
    const size_t n_said = sizeof said / sizeof *said, n_files = n_said + run->inputs.n_files;
    for (size_t i = 0; out != NULL && i < n_files + job->n_side_files; i++) {
        const char *path = i < n_said    ? said[i]
                           : i < n_files ? run->inputs.files[i - n_said].path
                                         : job->side_files[i - n_files].data;
        if (path != NULL && pd_path_same_file(out, path))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--%s would replace %s, which the job reads; name another file", option,
                    path);
    }
    return PADAN_OK;
}

static enum padan_status open_job(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_run_options *options = run->options;
    PD_TRY(pd_job_read(&run->job, options->job_path, error));
    run->threads = pd_thread_count(options->threads > 0 ? options->threads : run->job.threads);
    if (options->bahasa != NULL) run->job.bahasa = pd_text_of(options->bahasa);
    if (options->out != NULL) run->job.out = pd_text_of(options->out);
    for (size_t i = 0; i < run->job.n_notes && options->progress.message != NULL; i++)
        options->progress.message(options->progress.context, run->job.notes[i].data);
    if (run->job.key_file.length > 0) PD_TRY(pd_hash_key_read(run->job.key_file.data, &run->key, error));
    /* Whether there are their columns is known with the rows only. */
    PD_TRY(pd_categories_parse(&run->job, pd_linker_functions(), error));
    PD_TRY(pd_run_open_numbers(run, error));
    PD_TRY(plan_memory(run, error));
    if (options->training != NULL) {
        PD_TRY(spare_inputs(run, "out", options->training->out, error));
        PD_TRY(spare_inputs(run, "report", options->training->report, error));
    }
    /* Before hours of work: can the results be written at all? */
    if (options->blocking == NULL && options->training == NULL && options->two_rows == NULL &&
        options->row_values == NULL && options->keep == NULL)
        PD_TRY(open_folder(run, error));
    PD_TRY(keep_memory(run, error));
    PD_TRY(pd_indonesia_load(&run->indonesia, error));
    return pd_run_settle_regions(run, error);
}

static enum padan_status write_outputs(struct pd_run_state *run, struct padan_error *error);

struct step {
    const char *name;
    enum padan_status (*run)(struct pd_run_state *run, struct padan_error *error);
};

static const struct step reconciling[] = {
    { "job", open_job },          { "ingest", pd_run_load },       { "normalise", pd_run_normalise },
    { "pairs", pd_run_pairs },    { "clusters", pd_run_clusters }, { "reconcile", pd_run_reconcile },
    { "reports", write_outputs },
};
static enum padan_status train(struct pd_run_state *run, struct padan_error *error);
static enum padan_status keep(struct pd_run_state *run, struct padan_error *error);

/* `padan train JOB.yaml` */
static const struct step training[] = {
    { "job", open_job },
    { "ingest", pd_run_load },
    { "normalise", pd_run_normalise },
    { "train", train },
};
/* `padan block JOB.yaml` */
static const struct step blocking[] = {
    { "job", open_job },
    { "ingest", pd_run_load },
    { "normalise", pd_run_normalise },
    { "block", pd_run_candidates },
};
/* `padan explain` of two rows */
static const struct step judging[] = {
    { "job", open_job },
    { "ingest", pd_run_load },
    { "normalise", pd_run_normalise },
    { "judge", pd_run_judge },
};

/* `padan evaluate --by` */
static const struct step telling[] = {
    { "job", open_job },
    { "ingest", pd_run_load },
    { "normalise", pd_run_normalise },
    { "values", pd_run_row_values },
};
/* `padan index INDEX --job JOB.yaml` */
static const struct step keeping[] = {
    { "job", open_job },
    { "ingest", pd_run_load },
    { "keep", keep },
};

/* The summary is filled by the last step; it travels in the state's owner. */
struct whole_run {
    struct pd_run_state state;
    struct pd_run_summary *summary;
};

static enum padan_status write_outputs(struct pd_run_state *run, struct padan_error *error)
{
    return pd_run_output(run, ((struct whole_run *)(void *)run)->summary, error);
}

static enum padan_status train(struct pd_run_state *run, struct padan_error *error)
{
    return pd_run_train(run, ((struct whole_run *)(void *)run)->summary, error);
}

static enum padan_status keep(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_run_summary *summary = ((struct whole_run *)(void *)run)->summary;
    PD_TRY(pd_run_keep(run, error));
    summary->n_rows = run->ingested.files[0].end;
    summary->exit_code = run->exit_code;
    return PADAN_OK;
}

/* Of the steps of a reconciliation the first is none of the estimate's stages. */
static double share_behind(const struct pd_run_state *run, size_t step)
{
    return step == 0 ? 0 : run->memory.estimate.behind[step - 1];
}

static enum padan_status run_steps(struct pd_run_state *run, const struct step *steps, size_t n_steps,
                                   struct padan_error *error)
{
    for (size_t i = 0; i < n_steps; i++) {
        const double begin = pd_clock_seconds();
        if (run->options->progress.share != NULL && steps == reconciling)
            run->options->progress.share(run->options->progress.context, share_behind(run, i),
                                         i + 1 < n_steps ? share_behind(run, i + 1) : 1);
        if (run->options->progress.stage != NULL)
            run->options->progress.stage(run->options->progress.context, steps[i].name, i, n_steps);
        run->stages[i] = (struct pd_manifest_stage){ .name = steps[i].name };
        run->n_stages = i;
        PD_TRY(steps[i].run(run, error));
        if (pd_run_allowed_memory(run) > 0 || steps[i].run == pd_run_normalise) pd_memory_release();
        if (i + 1 < n_steps) PD_TRY(pd_memory_kept(&run->memory, pd_run_allowed_memory(run), steps[i].name, error));
        run->stages[i].seconds = pd_clock_seconds() - begin;
        run->stages[i].memory_bytes = pd_memory_peak();
    }
    return PADAN_OK;
}

static void reset(struct pd_run_state *run)
{
    pd_run_reconcile_reset(run);
    pd_run_link_reset(run);
    pd_free(run->paid);
    pd_free(run->alarms);
    pd_normalise_result_reset(&run->normalised);
    pd_ingest_result_reset(&run->ingested);
    pd_table_reset(&run->table);
    pd_model_reset(&run->model);
    pd_label_record_reset(&run->trained_on);
    pd_buffer_reset(&run->model_text);
    pd_run_folder_reset(&run->folder);
    pd_indonesia_reset(&run->indonesia);
    pd_job_reset(&run->job);
    pd_hash_key_forget(&run->key);
    pd_arena_reset(&run->arena);
}

struct plan {
    const struct step *steps;
    size_t n_steps;
};

/* What the options ask for. */
static struct plan plan_of(const struct pd_run_options *options)
{
    if (options->blocking != NULL) return (struct plan){ blocking, sizeof blocking / sizeof *blocking };
    if (options->training != NULL) return (struct plan){ training, sizeof training / sizeof *training };
    if (options->two_rows != NULL) return (struct plan){ judging, sizeof judging / sizeof *judging };
    if (options->row_values != NULL) return (struct plan){ telling, sizeof telling / sizeof *telling };
    if (options->keep != NULL) return (struct plan){ keeping, sizeof keeping / sizeof *keeping };
    return (struct plan){ reconciling, sizeof reconciling / sizeof *reconciling };
}

enum padan_status pd_run(const struct pd_run_options *options, struct pd_run_summary *summary,
                         struct padan_error *error)
{
    struct whole_run *whole = NULL;
    const double begin = pd_clock_seconds();
    *summary = (struct pd_run_summary){ .exit_code = 0 };
    PD_TRY(pd_allocate(&whole, 1, sizeof *whole, error));
    whole->state.options = options;
    whole->state.folder.lock = -1;
    whole->state.started = (int64_t)time(NULL);
    whole->summary = summary;
    const struct plan plan = plan_of(options);
    const enum padan_status status = run_steps(&whole->state, plan.steps, plan.n_steps, error);
    reset(&whole->state);
    pd_free(whole);
    summary->seconds = pd_clock_seconds() - begin;
    return status;
}

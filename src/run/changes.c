/* SPDX-License-Identifier: MIT */
#include "run/changes.h"

#include "base/memory.h"
#include "report/night_sources.h"
#include "run/source_columns.h"
#include "run/state.h"

#include <stdio.h>

static enum padan_status write_state(struct pd_run_state *run, const struct pd_report *report,
                                     struct padan_error *error)
{
    struct pd_text *source_columns = NULL;
    PD_TRY(pd_source_columns(&run->ingested, &run->inputs, &run->arena, &source_columns, error));
    const size_t n = run->linker.passes.n_passes;
    struct pd_text *names = NULL;
    uint64_t *pairs = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &names, (n + 1) * sizeof *names, error));
    PD_TRY(pd_arena_allocate(&run->arena, &pairs, (n + 1) * sizeof *pairs, error));
    for (size_t i = 0; i < n; i++) {
        names[i] = run->linker.passes.passes[i].sql;
        pairs[i] = run->linker.statistics[i].n_pairs;
    }
    const struct pd_state_facts facts = {
        { run->model_text.data, run->model_text.length }, names, pairs, n, source_columns
    };
    return pd_write_state(report, &run->findings, &facts, &run->folder, error);
}

static enum padan_status check_change(struct pd_run_state *run, struct padan_error *error)
{
    const double limit = run->job.limits.rows_change_percent;
    const struct pd_change_counts *counts = &run->changes;
    if (counts->worst_source.length == 0 || !(counts->worst_percent > limit)) return PADAN_OK;
    if (counts->worst_is_gone)
        return pd_run_alarm(run, error,
                            "all rows of source %.*s of the previous run are gone (limit %.2f %%): the job has no "
                            "source of that name, see perubahan.csv",
                            PD_TEXT_ARGS(counts->worst_source), limit);
    return pd_run_alarm(run, error,
                        "%.2f %% of the rows of source %.*s are not those of the previous run (limit %.2f %%), see "
                        "perubahan.csv",
                        counts->worst_percent, PD_TEXT_ARGS(counts->worst_source), limit);
}

static enum padan_status tell_lost_columns(struct pd_run_state *run, const struct pd_lost_columns *lost,
                                           struct padan_error *error)
{
    const struct pd_file_result *file = &run->ingested.files[lost->file];
    const struct pd_text names = { lost->names.data, lost->names.length };
    const struct pd_text first = pd_text_slice(names, 0, lost->first_length);
    char others[48] = "";
    if (lost->n_files == 0) return PADAN_OK;
    if (lost->n_files > 1) (void)snprintf(others, sizeof others, " (and %zu more)", lost->n_files - 1);
    return pd_run_alarm(run, error,
                        "source %.*s: file %.*s%s lacks %.*s, which the source had in the previous run; if its header "
                        "is another now, say so with columns: {%.*s: \"HEADER\"}",
                        PD_TEXT_ARGS(run->job.sources[run->inputs.files[lost->file].source].name),
                        PD_TEXT_ARGS(file->name), others, PD_TEXT_ARGS(names), PD_TEXT_ARGS(first));
}

/* Columns that a source of the previous run had and tonight's has not. */
static enum padan_status check_columns(struct pd_run_state *run, const struct pd_previous *previous,
                                       struct padan_error *error)
{
    int *now = NULL;
    PD_TRY(pd_allocate_array(&now, previous->n_sources + 1, sizeof *now, error));
    pd_match_sources(previous, &run->job, &run->eligibility.registry, now);
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < previous->n_sources && status == PADAN_OK; i++) {
        struct pd_lost_columns lost = { 0 };
        if (now[i] < 0) continue;
        status = pd_find_lost_columns(&run->ingested, &run->inputs, (size_t)now[i], previous->sources[i].columns, &lost,
                                      error);
        if (status == PADAN_OK) status = tell_lost_columns(run, &lost, error);
        pd_buffer_reset(&lost.names);
    }
    pd_free(now);
    return status;
}

static enum padan_status compare_nights(struct pd_run_state *run, const struct pd_row_hasher *hasher,
                                        struct padan_error *error)
{
    struct pd_previous previous;
    struct padan_error reason = { 0 };
    if (run->job.previous.length == 0)
        return pd_run_folder_miss(&run->folder, "perubahan.csv", "the job names no previous run", error);
    enum padan_status status = pd_previous_read(&previous, run->job.previous.data, &reason);
    if (status == PADAN_BAD_INPUT) {
        if (run->options->progress.message != NULL)
            run->options->progress.message(run->options->progress.context, reason.message);
        /* The sentence is in laporan.html, which holds no paths. */
        PD_TRY(pd_run_alarm(run, error, "nothing could be compared with the previous run: its state cannot be read"));
        return pd_run_folder_miss(&run->folder, "perubahan.csv", "the state of the previous run cannot be read", error);
    }
    if (status != PADAN_OK) PD_FAIL(error, status, "%s", reason.message);
    run->has_changes = true;
    status = pd_write_changes(hasher, &run->findings, &previous, &run->folder, &run->changes, error);
    if (status == PADAN_OK) status = check_change(run, error);
    if (status == PADAN_OK) status = check_columns(run, &previous, error);
    run->changes.worst_source = (struct pd_text){ NULL, 0 }; /* it was the previous run's */
    pd_previous_reset(&previous);
    return status;
}

enum padan_status pd_run_write_changes(struct pd_run_state *run, const struct pd_row_hasher *hasher,
                                       struct padan_error *error)
{
    PD_TRY(write_state(run, hasher->report, error));
    return compare_nights(run, hasher, error);
}

/* SPDX-License-Identifier: MIT */
#include "cli/rerun.h"

#include "base/file.h"
#include "cli/requests.h"
#include "cli/run_command.h"
#include "linking/candidates.h"
#include "linking/two_rows.h"
#include "run/known_inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is asked of the rows of a run: one of the two. */
struct question {
    const struct pd_asked_pairs *two_rows;
    const struct pd_row_values *row_values;
};

static enum padan_status ask_job(const struct pd_run_command *command, const char *model, const struct pd_rerun *rerun,
                                 const struct question *question, struct padan_error *error)
{
    struct pd_run_summary summary;
    const struct pd_known_inputs known = { command->inputs, command->n_inputs, false };
    const struct pd_run_options run = {
        .job_path = pd_request_job((int)command->n_arguments, (char **)(uintptr_t)command->arguments),
        .model = model,
        .known = &known,
        .two_rows = question->two_rows,
        .row_values = question->row_values,
        .progress = rerun->progress,
    };
    if (run.job_path == NULL) PD_FAIL(error, PADAN_BAD_INPUT, "the manifest names no job");
    return pd_run(&run, &summary, error);
}

static enum padan_status ask_files(const struct pd_run_command *command, const char *model,
                                   const struct pd_rerun *rerun, const struct question *question,
                                   struct padan_error *error)
{
    struct pd_run_summary summary;
    struct pd_engine_options engine;
    const struct pd_known_inputs known = { command->inputs, command->n_inputs, false };
    if (!pd_request_engine((int)command->n_arguments, (char **)(uintptr_t)command->arguments, &engine))
        PD_FAIL(error, PADAN_BAD_INPUT, "the command in the manifest cannot be read");
    engine.model = model;
    engine.known = &known;
    engine.two_rows = question->two_rows;
    engine.row_values = question->row_values;
    engine.progress = rerun->progress;
    return pd_engine_run(&engine, &summary, error);
}

/* Moves to the folder where a command was given. *back, an open folder, leads back. */
static enum padan_status enter(const char *directory, int *back, struct padan_error *error)
{
    *back = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*back >= 0 && chdir(directory) == 0) return PADAN_OK;
    const int why = errno;
    if (*back >= 0) (void)close(*back);
    PD_FAIL(error, PADAN_IO, "the folder where the run was started, %s, cannot be entered: %s", directory,
            strerror(why));
}

static enum padan_status leave(int back, enum padan_status status, struct padan_error *error)
{
    const bool is_back = fchdir(back) == 0;
    (void)close(back);
    if (is_back || status != PADAN_OK) return status;
    PD_FAIL(error, PADAN_IO, "the working folder cannot be entered again: %s", strerror(errno));
}

static enum padan_status whole_path(const char *path, char whole[PATH_MAX], struct padan_error *error)
{
    if (path == NULL) PD_FAIL(error, PADAN_BAD_INPUT, "the run folder holds no model.json");
    if (realpath(path, whole) == NULL) PD_FAIL(error, PADAN_IO, "%s cannot be read: %s", path, strerror(errno));
    return PADAN_OK;
}

static enum padan_status ask(const struct pd_rerun *rerun, const struct question *question, struct pd_arena *arena,
                             struct padan_error *error)
{
    struct pd_run_command command;
    char model[PATH_MAX];
    int back = -1;
    PD_TRY(pd_run_command_read(&command, arena, rerun->run, error));
    PD_TRY(whole_path(rerun->model, model, error));
    PD_TRY(enter(command.directory, &back, error));
    const enum padan_status status = (command.is_run ? ask_job : ask_files)(&command, model, rerun, question, error);
    return leave(back, status, error);
}

enum padan_status pd_rerun_two_rows(void *context, const char *const ids[2], struct pd_arena *arena,
                                    struct pd_pair_evidence *evidence, struct padan_error *error)
{
    const struct pd_asked_pairs two_rows = { .ids = { ids[0], ids[1] }, .arena = arena, .evidence = evidence };
    const struct question question = { .two_rows = &two_rows };
    return ask(context, &question, arena, error);
}

enum padan_status pd_rerun_pairs(void *context, const struct pd_named_pairs *pairs, struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    const struct pd_asked_pairs two_rows = { .pairs = pairs };
    const struct question question = { .two_rows = &two_rows };
    const enum padan_status status = ask(context, &question, &arena, error);
    pd_arena_reset(&arena);
    return status;
}

enum padan_status pd_rerun_row_values(const struct pd_rerun *rerun, const struct pd_row_values *values,
                                      struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    const struct question question = { .row_values = values };
    const enum padan_status status = ask(rerun, &question, &arena, error);
    pd_arena_reset(&arena);
    return status;
}

static enum padan_status find_thresholds(struct pd_rerun_thresholds *found, const struct pd_rerun *rerun)
{
    struct pd_run_command command;
    struct pd_engine_options engine;
    PD_TRY(pd_run_command_read(&command, &found->arena, rerun->run, NULL));
    if (command.is_run || rerun->model == NULL) return PADAN_OK;
    if (!pd_request_engine((int)command.n_arguments, (char **)(uintptr_t)command.arguments, &engine)) return PADAN_OK;
    PD_TRY(pd_file_read(rerun->model, PD_MODEL_BYTES_MAX, &found->text, NULL));
    const struct pd_text text = { found->text.data, found->text.length };
    PD_TRY(pd_model_read(&found->model, text, rerun->model, pd_linker_functions(), NULL));
    found->thresholds = pd_engine_thresholds(&found->model, &engine);
    found->known = !pd_engine_decides(&found->model, &engine);
    return PADAN_OK;
}

void pd_rerun_thresholds_find(struct pd_rerun_thresholds *found, const struct pd_rerun *rerun)
{
    *found = (struct pd_rerun_thresholds){ .known = false };
    if (find_thresholds(found, rerun) != PADAN_OK) found->known = false;
}

void pd_rerun_thresholds_reset(struct pd_rerun_thresholds *found)
{
    pd_model_reset(&found->model);
    pd_buffer_reset(&found->text);
    pd_arena_reset(&found->arena);
}

static enum padan_status block_files(const struct pd_run_command *command, const char *model,
                                     const struct pd_rerun_truth *truth, uint64_t *n_compared,
                                     struct padan_error *error)
{
    struct pd_run_summary summary;
    struct pd_engine_options engine;
    struct pd_buffer report = { 0 };
    const struct pd_known_inputs known = { command->inputs, command->n_inputs, true };
    const struct pd_candidates_options blocking = { .truth = truth->path,
                                                    .columns = truth->columns,
                                                    .n_true_compared = n_compared };
    if (!pd_request_engine((int)command->n_arguments, (char **)(uintptr_t)command->arguments, &engine))
        PD_FAIL(error, PADAN_BAD_INPUT, "the command in the manifest cannot be read");
    engine.model = model;
    engine.known = &known;
    engine.blocking = &blocking;
    engine.report = &report;
    /* That of a link stands in its model. */
    if (engine.link_type == NULL && strcmp(engine.command, "dedupe") == 0) engine.link_type = "dedupe_only";
    const enum padan_status status = pd_engine_run(&engine, &summary, error);
    pd_buffer_reset(&report);
    return status;
}

enum padan_status pd_rerun_blocking(const struct pd_rerun *rerun, const struct pd_rerun_truth *truth,
                                    uint64_t *n_compared, struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_run_command command;
    char model[PATH_MAX], whole_truth[PATH_MAX];
    int back = -1;
    enum padan_status status = pd_run_command_read(&command, &arena, rerun->run, error);
    if (status == PADAN_OK) status = whole_path(rerun->model, model, error);
    if (status == PADAN_OK) status = whole_path(truth->path, whole_truth, error);
    if (status == PADAN_OK && command.is_run)
        status = pd_fail(error, PADAN_UNSUPPORTED, "a run keeps the pairs it compared itself");
    if (status == PADAN_OK) status = enter(command.directory, &back, error);
    const struct pd_rerun_truth whole = { whole_truth, truth->columns };
    if (status == PADAN_OK) status = leave(back, block_files(&command, model, &whole, n_compared, error), error);
    pd_arena_reset(&arena);
    return status;
}

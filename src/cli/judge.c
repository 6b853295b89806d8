/* SPDX-License-Identifier: MIT */
#include "cli/judge.h"

#include "cli/requests.h"
#include "cli/run_command.h"
#include "linking/two_rows.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum padan_status judge_job(const struct pd_run_command *command, const char *model,
                                   const struct pd_judge_context *judge, const struct pd_two_rows *two_rows,
                                   struct padan_error *error)
{
    struct pd_run_summary summary;
    const struct pd_run_options run = {
        .job_path = pd_request_job((int)command->n_arguments, (char **)(uintptr_t)command->arguments),
        .model = model,
        .two_rows = two_rows,
        .progress = judge->progress,
    };
    if (run.job_path == NULL) PD_FAIL(error, PADAN_BAD_INPUT, "the manifest names no job");
    return pd_run(&run, &summary, error);
}

static enum padan_status judge_files(const struct pd_run_command *command, const char *model,
                                     const struct pd_judge_context *judge, const struct pd_two_rows *two_rows,
                                     struct padan_error *error)
{
    struct pd_run_summary summary;
    struct pd_engine_options engine;
    if (!pd_request_engine((int)command->n_arguments, (char **)(uintptr_t)command->arguments, &engine))
        PD_FAIL(error, PADAN_BAD_INPUT, "the command in the manifest cannot be read");
    engine.model = model;
    engine.two_rows = two_rows;
    engine.progress = judge->progress;
    return pd_engine_run(&engine, &summary, error);
}

enum padan_status pd_judge_in_run(void *context, const char *const ids[2], struct pd_arena *arena,
                                  struct pd_pair_evidence *evidence, struct padan_error *error)
{
    const struct pd_judge_context *judge = context;
    struct pd_run_command command;
    char model[PATH_MAX];
    PD_TRY(pd_run_command_read(&command, arena, judge->run, error));
    if (judge->model == NULL) PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no model.json", judge->run);
    if (realpath(judge->model, model) == NULL)
        PD_FAIL(error, PADAN_IO, "%s cannot be read: %s", judge->model, strerror(errno));
    if (chdir(command.directory) != 0)
        PD_FAIL(error, PADAN_IO, "the folder where the run was started, %s, cannot be entered: %s", command.directory,
                strerror(errno));
    const struct pd_two_rows two_rows = { .ids = { ids[0], ids[1] },
                                          .inputs = command.inputs,
                                          .n_inputs = command.n_inputs,
                                          .arena = arena,
                                          .evidence = evidence };
    return (command.is_run ? judge_job : judge_files)(&command, model, judge, &two_rows, error);
}

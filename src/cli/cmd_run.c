/* SPDX-License-Identifier: MIT
 * `padan run JOB.yaml`: the whole reconciliation into a new run folder, whose path is the last line on stdout. */
#include "base/memory.h"
#include "cli/commands.h"
#include "cli/keeper.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/requests.h"
#include "run/run.h"

#include <stdio.h>
#include <string.h>

struct request {
    const char *out, *model, *open_nik_reason, *bahasa;
    int threads;
    uint64_t memory_bytes;
    bool show_plan, json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "out", "DIR", "folder of the runs, instead of the job's", PD_OPTION_TEXT, FIELD(out) },
    { "model", "FILE", "a model file, instead of the job's", PD_OPTION_TEXT, FIELD(model) },
    { "threads", "N", "0: the job's, else all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "memory", "SIZE", "for example 16G; what does not fit waits on the disk", PD_OPTION_SIZE, FIELD(memory_bytes) },
    { "buka-nik", "REASON", "write NIK and KK in full; the reason goes into the trail", PD_OPTION_TEXT,
      FIELD(open_nik_reason) },
    { "bahasa", "id|en", "language of laporan.html, instead of the job's", PD_OPTION_TEXT, FIELD(bahasa) },
    { "show-plan", NULL, "tell how the model was compiled", PD_OPTION_FLAG, FIELD(show_plan) },
    { "json-log", NULL, "one JSON object per line on stderr, for a scheduler", PD_OPTION_FLAG, FIELD(json_log) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "run",
    .operands = "JOB.yaml",
    .summary = "Reconciles the files of a job and writes a new run folder; its path is the last line of the output.",
    .notes = "Exit codes: 0 done; 1 done, but a limit was passed, a file was skipped or an alarm rang; 2 the command,\n"
             "job, model or rules are wrong; 3 an input cannot be used; 4 the system (disk, memory, rights);\n"
             "5 interrupted. Whatever happens, the last good run stays as it was.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = 1,
};

static enum padan_status run_job(const struct request *request, const struct pd_run_options *fixed,
                                 struct pd_progress *progress, struct pd_run_summary *summary,
                                 struct padan_error *error)
{
    struct pd_run_options run = *fixed;
    const struct pd_memory_keeper keeper = pd_keeper();
    run.out = request->out;
    run.model = request->model;
    run.threads = request->threads;
    run.memory_bytes = request->memory_bytes;
    run.keeper = &keeper;
    run.open_nik_reason = request->open_nik_reason;
    run.bahasa = request->bahasa;
    run.show_plan = request->show_plan;
    run.progress = (struct pd_run_progress){ pd_progress_stage, pd_progress_message, progress, pd_progress_share,
                                             pd_progress_part };
    if (run.bahasa != NULL && strcmp(run.bahasa, "id") != 0 && strcmp(run.bahasa, "en") != 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--bahasa must be id or en");
    if (run.open_nik_reason != NULL && strspn(run.open_nik_reason, " \t") == strlen(run.open_nik_reason))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--buka-nik needs a reason, for example --buka-nik \"uji petik 2026\"");
    return pd_run(&run, summary, error);
}

static int run_and_tell(const struct request *request, const struct pd_run_options *fixed)
{
    struct pd_progress progress;
    pd_progress_start(&progress, line.name, request->json_log, request->quiet);
    struct pd_run_summary summary = { 0 };
    struct padan_error error = { 0 };
    error.status = run_job(request, fixed, &progress, &summary, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    if (!request->quiet && summary.headline[0] != '\0') printf("%s\n", summary.headline);
    printf("%s\n", summary.path);
    return summary.exit_code;
}

int pd_command_run(int argc, char **argv)
{
    char **given = pd_options_given(argc, argv);
    if (given == NULL) return padan_exit_code(PADAN_OUT_OF_MEMORY);
    struct request request = { 0 };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    const struct pd_run_options run = { .job_path = argv[1], .argc = argc, .argv = given };
    const int exit_code = parsed == PD_PARSED ? run_and_tell(&request, &run) : pd_parsed_exit_code(parsed);
    pd_free(given);
    return exit_code;
}

const char *pd_request_job(int argc, char **argv)
{
    struct request request = { 0 };
    size_t n_operands = 0;
    return pd_options_parse(&line, argc, argv, &request, &n_operands) == PD_PARSED ? argv[1] : NULL;
}

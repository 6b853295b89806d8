/* SPDX-License-Identifier: MIT
 * `padan check FILE...` and `padan check JOB.yaml`: what is in files before they are used. */
#include "base/date.h"
#include "checking/check.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "job/job.h"

#include <stdio.h>
#include <unistd.h>

struct request {
    const char *reference_date;
    int threads;
    bool json, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "json", NULL, "one JSON object instead of text", PD_OPTION_FLAG, FIELD(json) },
    { "reference-date", "DATE", "without a job: day like 2026-11-23 that tells the century of two-digit years",
      PD_OPTION_TEXT, FIELD(reference_date) },
    { "threads", "N", "0: the job's, else all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "quiet", NULL, "only the report, nothing on stderr but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD
enum { FILES_MAX = 4096 };

static const struct pd_command_line line = {
    .name = "check",
    .operands = "FILE... | JOB.yaml",
    .summary = "Says what is in files before they are used: dialect, columns, dates, regions, NIKs, alarms, a grade.",
    .notes =
        "Grades A to F tell how well NIK, name, birth date, birth place, sex and mother's name are filled.\n"
        "A file that is no roster is told by its own columns, as dedupe and link take it.\n"
        "Exit codes: 0 all files can be used; 1 an alarm, or a bad file that the job allows to skip; 2 the command\n"
        "or the job is wrong; 3 a file cannot be used; 4 the system (memory, rights).",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = FILES_MAX,
};

static enum padan_status make_options(const struct request *request, char **operands, size_t n_operands,
                                      struct pd_check_options *check, struct padan_error *error)
{
    *check =
        (struct pd_check_options){ .reference_date = PD_DATE_NONE, .threads = request->threads, .json = request->json };
    for (size_t i = 0; i < n_operands; i++)
        if (pd_job_is_path(pd_text_of(operands[i]))) check->job_path = operands[i];
    if (check->job_path != NULL && n_operands > 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "a job stands alone: padan check %s", check->job_path);
    if (check->job_path == NULL) {
        check->files = (const char *const *)operands;
        check->n_files = n_operands;
    }
    if (request->reference_date == NULL) return PADAN_OK;
    if (check->job_path != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--reference-date goes with files; a job has its own");
    if (!pd_iso_date_parse(pd_text_of(request->reference_date), &check->reference_date))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--reference-date must be a date like 2026-11-23");
    return PADAN_OK;
}

static int check_and_tell(const struct request *request, char **operands, size_t n_operands)
{
    struct pd_progress progress;
    struct pd_check_options check;
    struct pd_check_summary summary = { 0 };
    struct pd_buffer report = { 0 };
    struct padan_error error = { 0 };
    const bool terminal = isatty(STDERR_FILENO) == 1;
    pd_progress_start(&progress, line.name, false, request->quiet);
    error.status = make_options(request, operands, n_operands, &check, &error);
    check.progress =
        (struct pd_run_progress){ terminal ? pd_progress_stage : NULL, pd_progress_message, &progress, NULL, NULL };
    if (error.status == PADAN_OK) error.status = pd_check(&check, &report, &summary, &error);
    int exit_code = summary.exit_code;
    if (error.status == PADAN_OK) (void)pd_progress_end(&progress);
    if (summary.is_whole) (void)fwrite(report.data, 1, report.length, stdout);
    if (error.status != PADAN_OK) exit_code = pd_progress_error(&progress, &error);
    pd_buffer_reset(&report);
    return exit_code;
}

int pd_command_check(int argc, char **argv)
{
    struct request request = { .threads = 0 };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    return check_and_tell(&request, &argv[1], n_operands);
}

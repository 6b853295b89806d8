/* SPDX-License-Identifier: MIT
 * `padan block FILE...` or `padan block JOB.yaml`: what the blocking rules of a model do, before a run. */
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/requests.h"
#include "engine/engine.h"
#include "job/job.h"
#include "linking/candidates.h"

#include <math.h>
#include <stdio.h>

struct request {
    struct pd_engine_options engine;
    uint64_t max_pairs_per_block;
    const char *truth;
    bool json, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "model", "FILE", "model whose blocking rules are tried", PD_OPTION_TEXT, FIELD(engine.model) },
    { "preset", "NAME", "model that comes with padan: orang-indonesia, people", PD_OPTION_TEXT, FIELD(engine.preset) },
    { "truth", "FILE", "who is who: tells the share of true pairs that are compared", PD_OPTION_TEXT, FIELD(truth) },
    { "unique-id", "COL", "column that names a row", PD_OPTION_TEXT, FIELD(engine.unique_id) },
    { "source-column", "COL", "column that names the source of each row, for one file that holds several",
      PD_OPTION_TEXT, FIELD(engine.source_column) },
    { "link-type", "TYPE", "dedupe_only, link_only or link_and_dedupe (default: the model's)", PD_OPTION_TEXT,
      FIELD(engine.link_type) },
    { "types", "COL=TYPE,...",
      "types of columns that are no texts: INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]", PD_OPTION_TEXT,
      FIELD(engine.types) },
    { "max-pairs-per-block", "N", "what would be lost if blocks of more pairs were cut, instead of the model's limits",
      PD_OPTION_COUNT, FIELD(max_pairs_per_block) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(engine.threads) },
    { "json", NULL, "one JSON object instead of the table", PD_OPTION_FLAG, FIELD(json) },
    { "quiet", NULL, "say nothing but errors and the table", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "block",
    .operands = "FILE...|JOB.yaml",
    .summary = "Counts the pairs of a model's blocking rules, without comparing them.",
    .notes =
        "Per rule, in the model's order: pairs, pairs no earlier rule has, rows of the largest blocks, blocks cut and\n"
        "pairs that a cut leaves out; with --truth the share of true pairs found so far. Of a job: its first sweep,\n"
        "everything against the register and each program within itself.\n"
        "Exit codes: 0 done; 2 the command or the model is wrong; 3 an input cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = 4096,
};

static enum padan_status block_job(const struct request *request, const char *job, struct pd_progress *progress,
                                   struct pd_buffer *report, struct padan_error *error)
{
    const struct pd_candidates_options blocking = { .truth = request->truth,
                                                    .json = request->json,
                                                    .max_pairs_per_block = request->max_pairs_per_block };
    struct pd_run_summary summary;
    if (pd_request_names_columns(&request->engine) || request->engine.model != NULL || request->engine.preset != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "a job names its model and its columns: leave --model, --preset and the options of columns out");
    const struct pd_run_options run = {
        .job_path = job,
        .threads = request->engine.threads,
        .blocking = &blocking,
        .report = report,
        .progress = { pd_progress_stage, pd_progress_message, progress, NULL, NULL },
    };
    return pd_run(&run, &summary, error);
}

static enum padan_status block_files(const struct request *request, char **files, size_t n_files,
                                     struct pd_progress *progress, struct pd_buffer *report, struct padan_error *error)
{
    const struct pd_candidates_options blocking = { .truth = request->truth,
                                                    .json = request->json,
                                                    .max_pairs_per_block = request->max_pairs_per_block };
    struct pd_run_summary summary;
    struct pd_engine_options engine = request->engine;
    engine.command = "block";
    engine.files = (const char *const *)files;
    engine.n_files = n_files;
    engine.blocking = &blocking;
    engine.report = report;
    engine.progress = (struct pd_run_progress){ pd_progress_stage, pd_progress_message, progress, NULL, NULL };
    return pd_engine_run(&engine, &summary, error);
}

int pd_command_block(int argc, char **argv)
{
    struct request request = { .engine = { .threshold_weight = NAN, .threshold_probability = NAN } };
    struct pd_progress progress;
    struct pd_buffer report = { 0 };
    struct padan_error error = { 0 };
    size_t n_operands = 0;
    int exit_code = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    pd_progress_start(&progress, line.name, false, request.quiet);
    const bool is_job = n_operands == 1 && pd_job_is_path(pd_text_of(argv[1]));
    error.status = is_job ? block_job(&request, argv[1], &progress, &report, &error)
                          : block_files(&request, &argv[1], n_operands, &progress, &report, &error);
    if (error.status != PADAN_OK) {
        exit_code = pd_progress_error(&progress, &error);
    } else {
        (void)pd_progress_end(&progress);
        (void)fwrite(report.data, 1, report.length, stdout);
    }
    pd_buffer_reset(&report);
    return exit_code;
}

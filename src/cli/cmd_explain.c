/* SPDX-License-Identifier: MIT
 * `padan explain`: one pair as a waterfall, of a run or of files, or one cluster with its edges. */
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/requests.h"
#include "cli/rerun.h"
#include "engine/engine.h"
#include "job/job.h"
#include "linking/two_rows.h"
#include "report/manifest_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct request {
    struct pd_engine_options engine;
    bool json;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "model", "FILE", "of files: a Splink settings file or one of our own", PD_OPTION_TEXT, FIELD(engine.model) },
    { "preset", "NAME", "of files: a model that comes with padan: orang-indonesia, people", PD_OPTION_TEXT,
      FIELD(engine.preset) },
    { "unique-id", "COL", "of files: column that names a row", PD_OPTION_TEXT, FIELD(engine.unique_id) },
    { "source-column", "COL", "of one file that holds several sources: column that names them", PD_OPTION_TEXT,
      FIELD(engine.source_column) },
    { "types", "COL=TYPE,...",
      "of files: types of columns that are no texts: INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]",
      PD_OPTION_TEXT, FIELD(engine.types) },
    { "ignore", "COLS", "of files: columns to leave out, parted by commas", PD_OPTION_TEXT, FIELD(engine.ignore) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(engine.threads) },
    { "json", NULL, "JSON instead of words", PD_OPTION_FLAG, FIELD(json) },
};
#undef FIELD
enum { OPERANDS_MAX = 4096 };

static const struct pd_command_line line = {
    .name = "explain",
    .operands = "RUN ID [ID] | FILE... ID ID | JOB.yaml ID ID",
    .summary = "Tells why two rows are together or not, or what holds a cluster together.",
    .notes =
        "RUN ID ID      two rows of a folder of padan run, dedupe or link. A pair that is not in its pairs file is\n"
        "               computed anew from the files the run read, with its model\n"
        "RUN ID         the cluster of a row, its members and edges\n"
        "FILE... ID ID  two rows of files, by --model or --preset, or by a model made from the files\n"
        "JOB.yaml ID ID two rows of the files of a job\n"
        "ID is source:unique_id, or unique_id alone where only one source has it; the source of a file is its name\n"
        "without ending.\n"
        "Exit codes: 0 done; 2 the command is wrong; 3 a file cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 2,
    .operands_max = OPERANDS_MAX,
};

static void message(void *context, const char *sentence)
{
    (void)context;
    (void)fprintf(stderr, "padan explain: %s\n", sentence);
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static enum padan_status explain_run(struct request *request, char **words, size_t n_words, struct pd_buffer *out,
                                     struct padan_error *error)
{
    struct pd_run_files files = { 0 };
    if (n_words > 3) PD_FAIL(error, PADAN_BAD_ARGUMENT, "a run folder goes with one or two ids");
    if (pd_request_names_columns(&request->engine) || request->engine.model != NULL || request->engine.preset != NULL)
        PD_FAIL(
            error, PADAN_BAD_ARGUMENT,
            "a run is explained by its own model and columns: leave --model, --preset and the options of columns out");
    PD_TRY(pd_manifest_check_folder(words[0], error));
    PD_TRY(pd_run_files_find(&files, words[0], error));
    struct pd_rerun context = { words[0], files.model, { .message = message } };
    const struct pd_pair_judge judge = { pd_rerun_two_rows, &context };
    struct pd_rerun_thresholds found;
    pd_rerun_thresholds_find(&found, &context);
    const struct pd_explain_options how = { &files, &judge, found.known ? &found.thresholds : NULL, request->json };
    const enum padan_status status = n_words == 3 ? pd_explain_pair(&how, words[1], words[2], out, error)
                                                  : pd_explain_cluster(&how, words[1], out, error);
    pd_rerun_thresholds_reset(&found);
    pd_run_files_reset(&files);
    return status;
}

/* Two rows of files, or of those of a job. */
static enum padan_status judge(struct request *request, char **words, size_t n_files,
                               const struct pd_asked_pairs *two_rows, struct padan_error *error)
{
    const struct pd_run_progress progress = { .message = message };
    struct pd_run_summary summary;
    struct pd_engine_options *engine = &request->engine;
    if (n_files == 1 && pd_job_is_path(pd_text_of(words[0]))) {
        if (pd_request_names_columns(engine) || engine->preset != NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "a job names its columns: leave --preset and the options of columns out");
        const struct pd_run_options run = { .job_path = words[0],
                                            .model = engine->model,
                                            .threads = engine->threads,
                                            .two_rows = two_rows,
                                            .progress = progress };
        return pd_run(&run, &summary, error);
    }
    engine->command = n_files > 1 ? "link" : "dedupe";
    engine->files = (const char *const *)words;
    engine->n_files = n_files;
    engine->two_rows = two_rows;
    engine->progress = progress;
    return pd_engine_run(engine, &summary, error);
}

static enum padan_status explain_files(struct request *request, char **words, size_t n_words, struct pd_buffer *out,
                                       struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_buffer model = { 0 };
    struct pd_pair_evidence evidence = { .found = false };
    if (n_words < 3)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is no folder of a run; of files, give two ids behind them", words[0]);
    const struct pd_asked_pairs two_rows = {
        .ids = { words[n_words - 2], words[n_words - 1] }, .arena = &arena, .evidence = &evidence, .model = &model
    };
    enum padan_status status = judge(request, words, n_words - 2, &two_rows, error);
    const struct pd_text text = { model.data, model.length };
    if (status == PADAN_OK) status = pd_explain_evidence(&evidence, text, request->json, out, error);
    pd_buffer_reset(&model);
    pd_arena_reset(&arena);
    return status;
}

int pd_command_explain(int argc, char **argv)
{
    struct request request = { .engine = { .threshold_weight = NAN, .threshold_probability = NAN } };
    struct padan_error error = { .status = PADAN_OK };
    struct pd_buffer out = { 0 };
    size_t n_words = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_words);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    const enum padan_status status =
        (is_folder(argv[1]) ? explain_run : explain_files)(&request, &argv[1], n_words, &out, &error);
    if (status == PADAN_OK)
        (void)fwrite(out.data, 1, out.length, stdout);
    else
        fprintf(stderr, "padan explain: %s\n", error.message);
    pd_buffer_reset(&out);
    return padan_exit_code(status);
}

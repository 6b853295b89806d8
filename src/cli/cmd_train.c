/* SPDX-License-Identifier: MIT
 * `padan train FILE...`: learns the parameters of a model from data. */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/requests.h"
#include "engine/engine.h"
#include "engine/train.h"
#include "job/job.h"

#include <math.h>
#include <stdio.h>

struct request {
    struct pd_engine_options engine;
    const char *out, *report, *labels, *rules;
    double precision;
    uint64_t seed, max_pairs;
    bool frequencies, json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "model", "FILE", "model with comparisons and blocking rules; m, u and lambda may be absent", PD_OPTION_TEXT,
      FIELD(engine.model) },
    { "preset", "NAME", "model that comes with padan: orang-indonesia, people", PD_OPTION_TEXT, FIELD(engine.preset) },
    { "out", "FILE", "trained model to write (default: model.json)", PD_OPTION_TEXT, FIELD(out) },
    { "report", "FILE", "report to write (default: beside the model, ending in .training.txt)", PD_OPTION_TEXT,
      FIELD(report) },
    { "tf", NULL,
      "keep the frequencies of term-frequency columns beside the model, so that a run does not count its own rows",
      PD_OPTION_FLAG, FIELD(frequencies) },
    { "labels", "FILE", "who is who: a truth file, or labelled pairs", PD_OPTION_TEXT, FIELD(labels) },
    { "precision", "P", "with labels: set the threshold of class otomatis so that it is reached", PD_OPTION_NUMBER,
      FIELD(precision) },
    { "training-rules", "RULES",
      "train on the pairs of these conditions, parted by ';', such as 'l.dob = r.dob', instead of the model's",
      PD_OPTION_TEXT, FIELD(rules) },
    { "unique-id", "COL", "column that names a row", PD_OPTION_TEXT, FIELD(engine.unique_id) },
    { "source-column", "COL", "column that names the source of each row, for one file that holds several",
      PD_OPTION_TEXT, FIELD(engine.source_column) },
    { "link-type", "TYPE", "dedupe_only, link_only or link_and_dedupe (default: the model's)", PD_OPTION_TEXT,
      FIELD(engine.link_type) },
    { "types", "COL=TYPE,...",
      "types of columns that are no texts: INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]", PD_OPTION_TEXT,
      FIELD(engine.types) },
    { "ignore", "COLS", "columns to leave out, parted by commas", PD_OPTION_TEXT, FIELD(engine.ignore) },
    { "max-pairs", "N", "random pairs for u, and twice the pairs of a training rule (default: 1000000)",
      PD_OPTION_COUNT, FIELD(max_pairs) },
    { "seed", "N", "of samples and random starts (default: the job's, else 1)", PD_OPTION_COUNT, FIELD(seed) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(engine.threads) },
    { "json-log", NULL, "one JSON object per line on stderr", PD_OPTION_FLAG, FIELD(json_log) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "train",
    .operands = "FILE... | JOB.yaml",
    .summary = "Learns m, u, lambda and thresholds of a model from data, with or without labels.",
    .notes = "Writes a model file that dedupe, link and Splink read, and a report of how it was found.\n"
             "Exit codes: 0 done; 2 the command or the model is wrong; 3 an input cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = 4096,
};

static enum padan_status train_job(const struct request *request, const char *job,
                                   const struct pd_training_options *training, struct pd_progress *progress,
                                   struct pd_run_summary *summary, struct padan_error *error)
{
    if (pd_request_names_columns(&request->engine) || request->engine.model != NULL || request->engine.preset != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "a job names its model and its columns: leave --model, --preset and the options of columns out");
    const struct pd_run_options run = {
        .job_path = job,
        .threads = request->engine.threads,
        .training = training,
        .progress = { pd_progress_stage, pd_progress_message, progress, NULL, NULL },
    };
    return pd_run(&run, summary, error);
}

/* What is read is not to be replaced by what is learned of it. */
static enum padan_status check_spared(const struct request *request, const char *option, const char *out,
                                      const char *const *files, size_t n_files, struct padan_error *error)
{
    const char *read[] = { request->engine.model, request->labels };
    for (size_t i = 0; i < n_files + sizeof read / sizeof *read; i++) {
        const char *path = i < n_files ? files[i] : read[i - n_files];
        if (path != NULL && pd_path_same_file(out, path))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--%s would replace %s, which is read; name another file", option, path);
    }
    return PADAN_OK;
}

/* Training takes long: that its result cannot be written is told before. */
static enum padan_status check_outputs(const struct request *request, const struct pd_training_options *training,
                                       const char *const *files, size_t n_files, struct padan_error *error)
{
    struct pd_sink sink = { 0 };
    PD_TRY(check_spared(request, "out", training->out, files, n_files, error));
    if (request->report != NULL) PD_TRY(check_spared(request, "report", request->report, files, n_files, error));
    PD_TRY(pd_sink_open_temporary(&sink, training->out, error));
    pd_sink_discard(&sink);
    return PADAN_OK;
}

static int run_training(const struct request *request, int argc, char **argv, size_t n_files)
{
    struct pd_progress progress;
    pd_progress_start(&progress, "train", request->json_log, request->quiet);
    const bool is_job = n_files == 1 && pd_job_is_path(pd_text_of(argv[1]));
    const struct pd_training_options training = {
        .labels = request->labels,
        .precision = request->precision,
        .seed = request->seed,
        .max_pairs = request->max_pairs,
        .rules = request->rules,
        .frequencies = request->frequencies,
        .out = request->out == NULL ? "model.json" : request->out,
        .report = request->report,
    };
    struct pd_engine_options engine = request->engine;
    engine.command = "train";
    engine.files = (const char *const *)&argv[1];
    engine.n_files = n_files;
    engine.training = &training;
    engine.argc = argc;
    engine.argv = argv;
    engine.progress = (struct pd_run_progress){ pd_progress_stage, pd_progress_message, &progress, NULL, NULL };
    struct pd_run_summary summary = { 0 };
    struct padan_error error = { 0 };
    error.status = check_outputs(request, &training, engine.files, n_files, &error);
    if (error.status == PADAN_OK)
        error.status = is_job ? train_job(request, argv[1], &training, &progress, &summary, &error)
                              : pd_engine_run(&engine, &summary, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    if (!request->quiet) printf("%s\n", summary.headline);
    printf("%s\n", summary.path);
    return summary.exit_code;
}

int pd_command_train(int argc, char **argv)
{
    struct request request = { .engine = { .threshold_weight = NAN, .threshold_probability = NAN },
                               .seed = PD_SEED_UNSAID };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    if (request.precision != 0 && (request.labels == NULL || !(request.precision > 0 && request.precision < 1))) {
        return pd_progress_usage("train", request.json_log,
                                 "--precision is a share below 1, such as 0.999, and goes with --labels");
    }
    return run_training(&request, argc, argv, n_operands);
}

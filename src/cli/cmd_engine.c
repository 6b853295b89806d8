/* SPDX-License-Identifier: MIT
 * `padan dedupe FILE...` and `padan link FILE...`: the general engine. One set of options serves both. */
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "engine/engine.h"

#include <math.h>
#include <stdio.h>

struct request {
    const char *unique_id, *source_column, *link_type, *model, *preset, *types, *ignore, *clustering, *thresholds, *out;
    double threshold_weight, threshold_probability;
    int threads;
    uint64_t memory_bytes, seed;
    bool cluster_metrics, all_pairs, show_plan, json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "unique-id", "COL", "column that names a row", PD_OPTION_TEXT, FIELD(unique_id) },
    { "source-column", "COL", "column that names the source of each row, for one file that holds several",
      PD_OPTION_TEXT, FIELD(source_column) },
    { "link-type", "TYPE", "dedupe_only, link_only or link_and_dedupe", PD_OPTION_TEXT, FIELD(link_type) },
    { "model", "FILE", "model: a Splink settings file or one of our own", PD_OPTION_TEXT, FIELD(model) },
    { "preset", "NAME", "model that comes with padan, for example orang-indonesia", PD_OPTION_TEXT, FIELD(preset) },
    { "threshold-weight", "W", "keep and cluster pairs from this match weight on", PD_OPTION_NUMBER,
      FIELD(threshold_weight) },
    { "threshold-probability", "P", "keep and cluster pairs from this match probability on", PD_OPTION_NUMBER,
      FIELD(threshold_probability) },
    { "types", "COL=TYPE,...",
      "types of columns that are no texts: INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]", PD_OPTION_TEXT,
      FIELD(types) },
    { "ignore", "COLS", "columns to leave out, parted by commas", PD_OPTION_TEXT, FIELD(ignore) },
    { "clustering", "WAY", "components, groups, one_to_one or best_link, instead of the model's", PD_OPTION_TEXT,
      FIELD(clustering) },
    { "thresholds", "W,...", "cluster at these match weights too: columns cluster_id_W of clusters.csv", PD_OPTION_TEXT,
      FIELD(thresholds) },
    { "cluster-metrics", NULL, "write cluster_metrics.csv and cluster_edges.csv: strength, density, bridges",
      PD_OPTION_FLAG, FIELD(cluster_metrics) },
    { "all-pairs", NULL, "write every compared pair", PD_OPTION_FLAG, FIELD(all_pairs) },
    { "seed", "N", "of the pairs drawn when there is no model (0)", PD_OPTION_COUNT, FIELD(seed) },
    { "memory", "SIZE", "for example 16G; refused rather than exceeded", PD_OPTION_SIZE, FIELD(memory_bytes) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "out", "DIR", "folder to write (default: padan-out)", PD_OPTION_TEXT, FIELD(out) },
    { "show-plan", NULL, "tell how the model was compiled", PD_OPTION_FLAG, FIELD(show_plan) },
    { "json-log", NULL, "one JSON object per line on stderr", PD_OPTION_FLAG, FIELD(json_log) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD
enum { N_OPTIONS = sizeof options / sizeof *options, FILES_MAX = 4096 };

static const char notes[] =
    "Without --model or --preset a model is made from the data: docs/zero-configuration.md.\n"
    "Writes pairs.csv, clusters.csv, model.json, blocking.csv, decisions.txt and manifest.json.\n"
    "Exit codes: 0 done; 1 done, with an alarm; 2 the command or the model is wrong; 3 an input cannot be used;\n"
    "4 the system.";

static const struct pd_command_line dedupe_line = {
    .name = "dedupe",
    .operands = "FILE...",
    .summary = "Finds rows that are the same person or thing inside each file.",
    .notes = notes,
    .options = options,
    .n_options = N_OPTIONS,
    .operands_min = 1,
    .operands_max = FILES_MAX,
};

static const struct pd_command_line link_line = {
    .name = "link",
    .operands = "FILE...",
    .summary = "Finds rows of different files that are the same person or thing.",
    .notes = notes,
    .options = options,
    .n_options = N_OPTIONS,
    .operands_min = 1,
    .operands_max = FILES_MAX,
};

static int run_engine(const char *command, const struct request *request, int argc, char **argv, size_t n_files)
{
    struct pd_progress progress;
    pd_progress_start(&progress, command, request->json_log, request->quiet);
    const struct pd_engine_options engine = {
        .command = command,
        .files = (const char *const *)&argv[1],
        .n_files = n_files,
        .unique_id = request->unique_id,
        .source_column = request->source_column,
        .link_type = request->link_type,
        .model = request->model,
        .preset = request->preset,
        .types = request->types,
        .ignore = request->ignore,
        .threshold_weight = request->threshold_weight,
        .threshold_probability = request->threshold_probability,
        .clustering = request->clustering,
        .thresholds = request->thresholds,
        .cluster_metrics = request->cluster_metrics,
        .all_pairs = request->all_pairs,
        .show_plan = request->show_plan,
        .seed = request->seed,
        .memory_bytes = request->memory_bytes,
        .threads = request->threads,
        .out = request->out == NULL ? "padan-out" : request->out,
        .argc = argc,
        .argv = argv,
        .progress = { pd_progress_stage, pd_progress_message, &progress },
    };
    struct pd_run_summary summary = { 0 };
    struct padan_error error = { 0 };
    error.status = pd_engine_run(&engine, &summary, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    if (!request->quiet) printf("%s\n", summary.headline);
    printf("%s\n", summary.path);
    return summary.exit_code;
}

static int run_command(const struct pd_command_line *line, int argc, char **argv)
{
    struct request request = { .threshold_weight = NAN, .threshold_probability = NAN };
    size_t n_operands = 0;
    switch (pd_options_parse(line, argc, argv, &request, &n_operands)) {
    case PD_PARSED_HELP: return 0;
    case PD_PARSED_WRONG: return padan_exit_code(PADAN_BAD_ARGUMENT);
    case PD_PARSED: break;
    }
    return run_engine(line->name, &request, argc, argv, n_operands);
}

int pd_command_dedupe(int argc, char **argv)
{
    return run_command(&dedupe_line, argc, argv);
}

int pd_command_link(int argc, char **argv)
{
    return run_command(&link_line, argc, argv);
}

/* SPDX-License-Identifier: MIT
 * `padan dedupe FILE...` and `padan link FILE...`: the general engine. One set of options serves both. */
#include "base/memory.h"
#include "cli/commands.h"
#include "cli/keeper.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/requests.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Options are parsed straight into those of the engine. */
struct request {
    struct pd_engine_options engine;
    bool json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "unique-id", "COL", "column that names a row", PD_OPTION_TEXT, FIELD(engine.unique_id) },
    { "source-column", "COL", "column that names the source of each row, for one file that holds several",
      PD_OPTION_TEXT, FIELD(engine.source_column) },
    { "link-type", "TYPE",
      "dedupe_only (default of dedupe), link_only (of link) or link_and_dedupe (of dedupe with --source-column)",
      PD_OPTION_TEXT, FIELD(engine.link_type) },
    { "model", "FILE", "model: a Splink settings file or one of our own", PD_OPTION_TEXT, FIELD(engine.model) },
    { "preset", "NAME", "model that comes with padan: orang-indonesia, people", PD_OPTION_TEXT, FIELD(engine.preset) },
    { "threshold-weight", "W", "keep and cluster pairs from this match weight on", PD_OPTION_NUMBER,
      FIELD(engine.threshold_weight) },
    { "threshold-probability", "P", "keep and cluster pairs from this match probability on", PD_OPTION_NUMBER,
      FIELD(engine.threshold_probability) },
    { "types", "COL=TYPE,...",
      "types of columns that are no texts: INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR[], DOUBLE[]", PD_OPTION_TEXT,
      FIELD(engine.types) },
    { "ignore", "COLS", "columns to leave out, parted by commas", PD_OPTION_TEXT, FIELD(engine.ignore) },
    { "clustering", "WAY", "components, groups, one_to_one, pairs, best_link or mutual, instead of the model's",
      PD_OPTION_TEXT, FIELD(engine.clustering) },
    { "thresholds", "W,...", "cluster at these match weights too: columns cluster_id_W of clusters.csv", PD_OPTION_TEXT,
      FIELD(engine.thresholds) },
    { "cluster-metrics", NULL, "write cluster_metrics.csv and cluster_edges.csv: strength, density, bridges",
      PD_OPTION_FLAG, FIELD(engine.cluster_metrics) },
    { "all-pairs", NULL, "write every compared pair", PD_OPTION_FLAG, FIELD(engine.all_pairs) },
    { "seed", "N", "of the pairs drawn when there is no model (0)", PD_OPTION_COUNT, FIELD(engine.seed) },
    { "memory", "SIZE", "for example 16G; what does not fit waits on the disk", PD_OPTION_SIZE,
      FIELD(engine.memory_bytes) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(engine.threads) },
    { "out", "DIR", "folder to write (default: padan-out)", PD_OPTION_TEXT, FIELD(engine.out) },
    { "show-plan", NULL, "tell how the model was compiled", PD_OPTION_FLAG, FIELD(engine.show_plan) },
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

/* given: the command line as it was, for the manifest; parsing puts the operands first. */
static int run_engine(const char *command, struct request *request, int argc, char **argv, char **given, size_t n_files)
{
    struct pd_progress progress;
    struct pd_engine_options *engine = &request->engine;
    const struct pd_memory_keeper keeper = pd_keeper();
    pd_progress_start(&progress, command, request->json_log, request->quiet);
    engine->command = command;
    engine->files = (const char *const *)&argv[1];
    engine->n_files = n_files;
    engine->keeper = &keeper;
    if (engine->out == NULL) engine->out = "padan-out";
    engine->argc = argc;
    engine->argv = given;
    engine->progress = (struct pd_run_progress){ pd_progress_stage, pd_progress_message, &progress, pd_progress_share,
                                                 pd_progress_part };
    struct pd_run_summary summary = { 0 };
    struct padan_error error = { 0 };
    error.status = pd_engine_run(engine, &summary, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    if (!request->quiet) printf("%s\n", summary.headline);
    printf("%s\n", summary.path);
    return summary.exit_code;
}

static const struct request no_request = { .engine = { .threshold_weight = NAN, .threshold_probability = NAN } };

static int run_command(const struct pd_command_line *line, int argc, char **argv)
{
    struct request request = no_request;
    size_t n_operands = 0;
    char **given = pd_options_given(argc, argv);
    if (given == NULL) return padan_exit_code(PADAN_OUT_OF_MEMORY);
    const enum pd_parsed parsed = pd_options_parse(line, argc, argv, &request, &n_operands);
    const int exit_code = parsed == PD_PARSED ? run_engine(line->name, &request, argc, argv, given, n_operands)
                                              : pd_parsed_exit_code(parsed);
    pd_free(given);
    return exit_code;
}

bool pd_request_engine(int argc, char **argv, struct pd_engine_options *engine)
{
    const struct pd_command_line *line = strcmp(argv[0], "link") == 0 ? &link_line : &dedupe_line;
    struct request request = no_request;
    size_t n_operands = 0;
    if (pd_options_parse(line, argc, argv, &request, &n_operands) != PD_PARSED) return false;
    *engine = request.engine;
    engine->command = line->name;
    engine->files = (const char *const *)&argv[1];
    engine->n_files = n_operands;
    return true;
}

int pd_command_dedupe(int argc, char **argv)
{
    return run_command(&dedupe_line, argc, argv);
}

int pd_command_link(int argc, char **argv)
{
    return run_command(&link_line, argc, argv);
}

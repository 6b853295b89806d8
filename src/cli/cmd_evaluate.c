/* SPDX-License-Identifier: MIT
 * `padan evaluate`: precision, recall and what was lost where, from files. */
#include "base/memory.h"
#include "base/parallel.h"
#include "cli/ablate.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/rerun.h"
#include "evaluate/evaluate.h"
#include "evaluate/labelled_pairs.h"
#include "evaluate/outputs.h"
#include "evaluate/pair_file.h"
#include "report/manifest_read.h"

#include <math.h>
#include <stdio.h>

enum { BLOCK_ROWS_MAX = 5000000, DEFAULT_SEED = 1 };

struct request {
    const char *run, *truth, *clusters, *pairs, *distinct, *out;
    struct pd_truth_columns columns;
    bool json, link_only, ablate, quiet;
    bool labelled; /* truth is labelled pairs */
    int threads;
    uint64_t seed;
    double threshold;   /* match weight, NaN = none */
    double probability; /* the same as a probability */
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "truth", "FILE", "who is who", PD_OPTION_TEXT, FIELD(truth) },
    { "label-column", "COL", "the column of the truth (or of the clusters) that names the entity", PD_OPTION_TEXT,
      FIELD(columns.label) },
    { "clusters", "FILE", "clusters of any tool: [source_dataset,]unique_id,cluster_id", PD_OPTION_TEXT,
      FIELD(clusters) },
    { "pairs", "FILE", "pairs of any tool: [source_dataset_l,]unique_id_l,[source_dataset_r,]unique_id_r",
      PD_OPTION_TEXT, FIELD(pairs) },
    { "threshold-weight", "W", "of --pairs, join only pairs from this match weight on", PD_OPTION_NUMBER,
      FIELD(threshold) },
    { "threshold-probability", "P", "of --pairs, join only pairs from this match probability on", PD_OPTION_NUMBER,
      FIELD(probability) },
    { "unique-id", "COL", "name of the id column", PD_OPTION_TEXT, FIELD(columns.unique_id) },
    { "source-column", "COL", "name of the source column", PD_OPTION_TEXT, FIELD(columns.source) },
    { "link-only", NULL, "only pairs across sources count", PD_OPTION_FLAG, FIELD(link_only) },
    { "by", "COL", "figures by the values of a column of the truth or of the run's files, or of an expression of them",
      PD_OPTION_TEXT, FIELD(columns.group) },
    { "distinct", "FILE", "pairs known to be different, kind,entity_id_l,entity_id_r: how many were merged, by kind",
      PD_OPTION_TEXT, FIELD(distinct) },
    { "ablate", NULL, "run again without each part of the model, and judge what is left", PD_OPTION_FLAG,
      FIELD(ablate) },
    { "out", "DIR", "write threshold.csv, errors.csv, by_error_class.csv, evaluation.html", PD_OPTION_TEXT,
      FIELD(out) },
    { "json", NULL, "one JSON object instead of the table", PD_OPTION_FLAG, FIELD(json) },
    { "seed", "N", "of the bootstrap (1)", PD_OPTION_COUNT, FIELD(seed) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "quiet", NULL, "only the table, nothing on stderr but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "evaluate",
    .operands = "[RUN]",
    .summary = "Compares a run, or the clusters or pairs of any tool, with the truth.",
    .notes = "RUN is a folder of padan run, dedupe or link; without it, --clusters or --pairs. The truth of --truth:\n"
             "source_dataset,unique_id,entity_id or <id>,entity_id; or labelled pairs:\n"
             "[source_dataset_l,]unique_id_l,[source_dataset_r,]unique_id_r,is_match.\n"
             "Exit codes: 0 done; 2 the command is wrong; 3 a file cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 0,
    .operands_max = 1,
};

/* --- checks --- */

/* An ablation judges runs of its own, each by three figures. */
static enum padan_status check_ablation(const struct request *request, struct padan_error *error)
{
    const struct {
        const char *name;
        bool given;
    } of_one_result[] = { { "--clusters", request->clusters != NULL }, { "--pairs", request->pairs != NULL },
                          { "--by", request->columns.group != NULL },  { "--distinct", request->distinct != NULL },
                          { "--out", request->out != NULL },           { "--seed", request->seed != DEFAULT_SEED } };
    for (size_t i = 0; i < sizeof of_one_result / sizeof *of_one_result; i++)
        if (of_one_result[i].given)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--ablate runs the command of the folder again: %s does not go with it",
                    of_one_result[i].name);
    return PADAN_OK;
}

static enum padan_status check_request(struct request *request, struct padan_error *error)
{
    if (!isnan(request->probability) && !(request->probability > 0 && request->probability < 1))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--threshold-probability needs a number between 0 and 1");
    if (!isnan(request->probability) && !isnan(request->threshold))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--threshold-weight and --threshold-probability each name the threshold: give one of them");
    if (!isnan(request->probability)) request->threshold = log2(request->probability / (1 - request->probability));
    if (request->run == NULL && request->clusters == NULL && request->pairs == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "evaluate needs a run folder, or --clusters FILE, or --pairs FILE");
    if (!isnan(request->threshold) && (request->pairs == NULL || request->clusters != NULL))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "a threshold is that of --pairs FILE; the clusters of a run are what they are: run dedupe or link with "
                "another threshold, or see threshold.csv of --out DIR");
    if (request->ablate && (request->run == NULL || request->truth == NULL))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--ablate needs a run folder and --truth FILE");
    if (request->ablate) PD_TRY(check_ablation(request, error));
    if (request->truth == NULL && request->columns.label == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "evaluate needs --truth FILE");
    return PADAN_OK;
}

/* What the command says of the names of columns, and whether some file has them. */
struct named_columns {
    const char *option, *name;
    bool found;
};

static enum padan_status check_found(const struct named_columns *named, size_t n, struct padan_error *error)
{
    for (size_t i = 0; i < n; i++)
        if (named[i].name != NULL && !named[i].found)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s %s: neither the truth nor the clusters have such a column",
                    named[i].option, named[i].name);
    return PADAN_OK;
}

/* Rows are known by source and id when all files have both. */
static enum padan_status choose_keys(struct pd_population *population, const struct request *request,
                                     const struct pd_run_files *files, struct padan_error *error)
{
    const struct {
        const char *path;
        bool has_pairs;
    } known[] = { { request->truth, request->labelled },
                  { files->clusters, false },
                  { files->pairs, true },
                  { files->blocked, true } };
    struct named_columns named[] = { { "--unique-id", request->columns.unique_id, false },
                                     { "--source-column", request->columns.source, false },
                                     { "--label-column", request->columns.label, false } };
    const size_t n_named = sizeof named / sizeof *named;
    population->by_source = true;
    population->id_name = request->columns.unique_id;
    population->source_name = request->columns.source;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct pd_row_file file;
        if (known[i].path == NULL) continue;
        PD_TRY(pd_row_file_open(&file, known[i].path, error));
        int left = -1;
        int right = -1;
        const bool has_sources = known[i].has_pairs
                                     ? pd_pair_source_columns(&file, request->columns.source, &left, &right)
                                     : pd_source_column(&file, request->columns.source) >= 0;
        population->by_source = population->by_source && has_sources;
        for (size_t k = 0; k < n_named && !known[i].has_pairs; k++)
            named[k].found = named[k].found || (named[k].name != NULL && pd_row_file_find(&file, named[k].name) >= 0);
        pd_row_file_reset(&file);
    }
    return request->labelled ? PADAN_OK : check_found(named, n_named, error);
}

static void message(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "padan evaluate: %s\n", text);
}

/* The run's own files, read anew: what is said of them is told. */
static struct pd_rerun rerun_of(const struct request *request, const struct pd_run_files *files)
{
    return (struct pd_rerun){ request->run, files->model, { .message = request->quiet ? NULL : message } };
}

static enum padan_status put_in_group(void *context, struct pd_text source, struct pd_text unique_id,
                                      struct pd_text value, struct padan_error *error)
{
    return pd_population_put_in_group(context, source, unique_id, value, error);
}

/* What the truth does not say of its rows, the files of the run may. */
static enum padan_status find_groups(struct pd_population *population, const struct request *request,
                                     const struct pd_run_files *files, struct padan_error *error)
{
    const struct pd_rerun rerun = rerun_of(request, files);
    const struct pd_row_values values = { request->columns.group, population, put_in_group };
    if (request->columns.group == NULL || population->has_groups) return PADAN_OK;
    if (request->run == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s has no column %s, which --by names, and there is no run whose files could have it", request->truth,
                request->columns.group);
    return pd_rerun_row_values(&rerun, &values, error);
}

/* The clusters of rows that the truth knows. */
static enum padan_status load_clusters(struct pd_population *population, const struct request *request,
                                       const struct pd_run_files *files, struct padan_error *error)
{
    if (files->clusters != NULL)
        PD_TRY(pd_population_read_clusters(population, files->clusters, &request->columns, error));
    else
        PD_TRY(pd_population_clusters_from_pairs(population, files->pairs, request->threshold, error));
    pd_population_complete(population);
    return PADAN_OK;
}

static enum padan_status load(struct pd_population *population, const struct request *request,
                              const struct pd_run_files *files, struct padan_error *error)
{
    PD_TRY(choose_keys(population, request, files, error));
    PD_TRY(pd_population_read_truth(population, request->truth, &request->columns, error));
    PD_TRY(find_groups(population, request, files, error));
    return load_clusters(population, request, files, error);
}

/* Files that there is nothing for, and pairs that are not in them. */
static void tell_unwritten(const struct request *request, const struct pd_evaluation_outputs *outputs,
                           const struct pd_population *population)
{
    if (request->quiet) return;
    if (outputs->pairs == NULL)
        fprintf(stderr, "padan evaluate: threshold.csv is not written: there are no pairs with weights\n");
    if (!population->has_errors)
        fprintf(stderr, "padan evaluate: by_error_class.csv is not written: %s has no column errors\n", request->truth);
    if (outputs->unjudged.status != PADAN_OK)
        fprintf(stderr, "padan evaluate: errors.csv does not explain pairs that are not in the pairs file: %s\n",
                outputs->unjudged.message);
    if (outputs->n_unlisted > 0)
        fprintf(stderr, "padan evaluate: errors.csv is full, %llu more wrong or lost pairs are not listed in it\n",
                (unsigned long long)outputs->n_unlisted);
}

/* Whether what is judged is what the run itself wrote. */
static bool has_own_files(const struct request *request)
{
    return request->run != NULL && request->clusters == NULL && request->pairs == NULL;
}

static enum padan_status write_files(const struct request *request, const struct pd_run_files *files,
                                     const struct pd_population *population, const struct pd_evaluation *evaluation,
                                     struct padan_error *error)
{
    struct pd_rerun rerun = rerun_of(request, files);
    const struct pd_pairs_judge judge = { pd_rerun_pairs, &rerun };
    struct pd_evaluation_outputs outputs = { .folder = request->out, .pairs = files->pairs };
    if (has_own_files(request) && files->pairs != NULL && population->n_rows <= BLOCK_ROWS_MAX) outputs.judge = &judge;
    PD_TRY(pd_evaluation_write(evaluation, population, &outputs, error));
    tell_unwritten(request, &outputs, population);
    return PADAN_OK;
}

static enum padan_status show(const struct pd_buffer *text, struct padan_error *error)
{
    PD_TRY(pd_buffer_status(text, error));
    (void)fwrite(text->data, 1, text->length, stdout);
    return PADAN_OK;
}

/* Of labelled pairs nothing is known but themselves. */
static enum padan_status check_labelled(const struct request *request, struct padan_error *error)
{
    const struct {
        const char *name;
        bool given;
    } of_rows[] = { { "--label-column", request->columns.label != NULL },
                    { "--by", request->columns.group != NULL },
                    { "--distinct", request->distinct != NULL },
                    { "--out", request->out != NULL },
                    { "--link-only", request->link_only },
                    { "--ablate", request->ablate } };
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++)
        if (of_rows[i].given)
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "%s holds labelled pairs: %s needs a truth that names the entity of rows", request->truth,
                    of_rows[i].name);
    return PADAN_OK;
}

static enum padan_status evaluate_labelled(const struct request *request, const struct pd_run_files *files,
                                           struct pd_population *population, struct padan_error *error)
{
    struct pd_labelled_pairs labels = { .n_pairs = 0 };
    struct pd_evaluation known = { 0 };
    struct pd_buffer text = { 0 };
    char warning[200];
    PD_TRY(choose_keys(population, request, files, error));
    PD_TRY(pd_labelled_pairs_read(&labels, population, request->truth, error));
    enum padan_status status = load_clusters(population, request, files, error);
    if (status == PADAN_OK) status = pd_labelled_pairs_count(&labels, population, files->pairs, error);
    if (status == PADAN_OK && files->model != NULL)
        status = pd_evaluation_check_labels(&known, population, files->model, error);
    if (status == PADAN_OK) {
        const char *const said = pd_evaluation_warning(&known, warning) ? warning : NULL;
        (request->json ? pd_labelled_pairs_json : pd_labelled_pairs_print)(&labels, said, &text);
        status = show(&text, error);
    }
    pd_buffer_reset(&text);
    pd_labelled_pairs_reset(&labels);
    return status;
}

/* Folders of dedupe and link hold the pairs that were kept; those that were compared are found by blocking anew. Where
 * that is not possible, or would take long, they stay unknown. */
static void block_again(const struct request *request, const struct pd_run_files *files,
                        const struct pd_population *population, struct pd_evaluation *evaluation)
{
    const struct pd_truth_columns *columns = &request->columns;
    const struct pd_rerun run = { .run = request->run, .model = files->model };
    const struct pd_rerun_truth truth = { request->truth, *columns };
    uint64_t n_compared = 0;
    if (!has_own_files(request) || columns->label != NULL || request->link_only || population->n_rows > BLOCK_ROWS_MAX)
        return;
    if (pd_rerun_blocking(&run, &truth, &n_compared, NULL) != PADAN_OK) return;
    evaluation->has_blocked = true;
    evaluation->n_blocked = n_compared;
}

static enum padan_status evaluate(const struct request *request, const struct pd_run_files *files,
                                  struct pd_population *population, struct padan_error *error)
{
    struct pd_evaluation evaluation = { 0 };
    struct pd_distinct distinct = { 0 };
    struct pd_buffer text = { 0 };
    const int threads = pd_thread_count(request->threads);
    PD_TRY(load(population, request, files, error));
    enum padan_status status =
        pd_evaluation_count(&evaluation, population, request->link_only, threads, request->seed, error);
    if (status == PADAN_OK && files->pairs != NULL)
        status = pd_evaluation_trace(&evaluation, population, files->pairs, threads, error);
    if (status == PADAN_OK && files->blocked != NULL)
        status = pd_evaluation_trace_blocked(&evaluation, population, files->blocked, threads, error);
    if (status == PADAN_OK && files->blocked == NULL) block_again(request, files, population, &evaluation);
    if (status == PADAN_OK && files->model != NULL)
        status = pd_evaluation_check_labels(&evaluation, population, files->model, error);
    if (status == PADAN_OK && request->distinct != NULL) {
        status = pd_distinct_count(&distinct, population, request->distinct, error);
        evaluation.distinct = &distinct;
    }
    if (status == PADAN_OK) {
        if (request->json)
            pd_evaluation_json(&evaluation, population, &text);
        else
            pd_evaluation_print(&evaluation, population, &text);
        status = show(&text, error);
    }
    if (status == PADAN_OK && request->out != NULL)
        status = write_files(request, files, population, &evaluation, error);
    pd_buffer_reset(&text);
    pd_distinct_reset(&distinct);
    pd_evaluation_reset(&evaluation);
    return status;
}

/* The files named on the command line stand in for those of the folder. */
static enum padan_status replace_path(char **path, const char *given, struct padan_error *error)
{
    if (given == NULL) return PADAN_OK;
    pd_free(*path);
    *path = NULL;
    PD_TRY(pd_allocate(path, strlen(given) + 1, 1, error));
    memcpy(*path, given, strlen(given));
    return PADAN_OK;
}

static enum padan_status ablate(const struct request *request, const struct pd_run_files *files,
                                struct pd_population *population, struct padan_error *error)
{
    PD_TRY(choose_keys(population, request, files, error));
    const struct pd_ablation_options ablation = { .run = request->run,
                                                  .truth = request->truth,
                                                  .columns = request->columns,
                                                  .by_source = population->by_source,
                                                  .link_only = request->link_only,
                                                  .json = request->json,
                                                  .threads = pd_thread_count(request->threads) };
    return pd_ablate(&ablation, error);
}

static enum padan_status run(struct request *request, struct padan_error *error)
{
    if (request->truth != NULL) PD_TRY(pd_truth_is_pairs(request->truth, &request->columns, &request->labelled, error));
    if (request->labelled) PD_TRY(check_labelled(request, error));
    struct pd_run_files files = { 0 };
    struct pd_population *population = NULL;
    if (request->run != NULL) PD_TRY(pd_manifest_check_folder(request->run, error));
    if (request->run != NULL) PD_TRY(pd_run_files_find(&files, request->run, error));
    if (request->pairs != NULL && request->clusters == NULL) { /* another tool's pairs are judged by themselves */
        pd_free(files.clusters);
        files.clusters = NULL;
    }
    enum padan_status status = replace_path(&files.clusters, request->clusters, error);
    if (status == PADAN_OK) status = replace_path(&files.pairs, request->pairs, error);
    if (request->truth == NULL) request->truth = files.clusters;
    if (status == PADAN_OK && request->truth == NULL)
        status = pd_fail(error, PADAN_BAD_ARGUMENT, "evaluate needs --truth FILE");
    if (status == PADAN_OK) status = pd_allocate(&population, 1, sizeof *population, error);
    if (status == PADAN_OK)
        status = (request->ablate     ? ablate
                  : request->labelled ? evaluate_labelled
                                      : evaluate)(request, &files, population, error);
    if (population != NULL) pd_population_reset(population);
    pd_free(population);
    pd_run_files_reset(&files);
    return status;
}

int pd_command_evaluate(int argc, char **argv)
{
    struct request request = { .seed = DEFAULT_SEED, .threshold = NAN, .probability = NAN };
    struct padan_error error = { .status = PADAN_OK };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    if (n_operands == 1) request.run = argv[1];
    enum padan_status status = check_request(&request, &error);
    if (status == PADAN_OK) status = run(&request, &error);
    if (status != PADAN_OK) fprintf(stderr, "padan evaluate: %s\n", error.message);
    return padan_exit_code(status);
}

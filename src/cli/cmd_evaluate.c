/* SPDX-License-Identifier: MIT
 * `padan evaluate`: precision, recall and what was lost where, from files. */
#include "base/memory.h"
#include "base/parallel.h"
#include "cli/ablate.h"
#include "evaluate/evaluate.h"
#include "evaluate/labelled_pairs.h"
#include "evaluate/outputs.h"
#include "evaluate/pair_file.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int pd_command_evaluate(int argc, char **argv);

struct request {
    const char *run, *truth, *clusters, *pairs, *distinct, *out;
    struct pd_truth_columns columns;
    bool json, link_only, ablate;
    bool labelled; /* truth is labelled pairs */
    int threads;
    uint64_t seed;
    double threshold; /* match weight, NaN = none */
};

static const char usage[] =
    "usage: padan evaluate --truth TRUTH.csv RUN [options]\n"
    "       padan evaluate --truth TRUTH.csv --clusters FILE | --pairs FILE [options]\n"
    "\n"
    "RUN is a folder of padan run, dedupe or link. TRUTH.csv: source_dataset,unique_id,entity_id or <id>,entity_id;\n"
    "or labelled pairs: [source_dataset_l,]unique_id_l,[source_dataset_r,]unique_id_r,is_match.\n"
    "\n"
    "  --truth FILE          who is who\n"
    "  --label-column COL    the column of the truth (or of the clusters) that names the entity\n"
    "  --clusters FILE       clusters of any tool: [source_dataset,]unique_id,cluster_id\n"
    "  --pairs FILE          pairs of any tool: [source_dataset_l,]unique_id_l,[source_dataset_r,]unique_id_r\n"
    "  --threshold-weight W, --threshold-probability P   of --pairs, join only pairs at or above it\n"
    "  --unique-id COL       name of the id column\n"
    "  --source-column COL   name of the source column\n"
    "  --link-only           only pairs across sources count\n"
    "  --by COL              figures by the values of a column of the truth\n"
    "  --distinct FILE       pairs known to be different, kind,entity_id_l,entity_id_r: how many were merged, by kind\n"
    "  --ablate              run again without each part of the model, and judge what is left\n"
    "  --out DIR             write threshold.csv, errors.csv, by_error_class.csv, evaluation.html\n"
    "  --json                one JSON object instead of the table\n"
    "  --seed N              of the bootstrap (1)\n"
    "  --threads N           0: all processors (0)\n";

enum {
    OPTION_TRUTH = 256,
    OPTION_LABEL,
    OPTION_CLUSTERS,
    OPTION_PAIRS,
    OPTION_ID,
    OPTION_SOURCE,
    OPTION_LINK_ONLY,
    OPTION_BY,
    OPTION_DISTINCT,
    OPTION_OUT,
    OPTION_ABLATE,
    OPTION_JSON,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_WEIGHT,
    OPTION_PROBABILITY,
    OPTION_HELP
};

static const struct option options[] = { { "truth", required_argument, NULL, OPTION_TRUTH },
                                         { "label-column", required_argument, NULL, OPTION_LABEL },
                                         { "clusters", required_argument, NULL, OPTION_CLUSTERS },
                                         { "pairs", required_argument, NULL, OPTION_PAIRS },
                                         { "unique-id", required_argument, NULL, OPTION_ID },
                                         { "source-column", required_argument, NULL, OPTION_SOURCE },
                                         { "link-only", no_argument, NULL, OPTION_LINK_ONLY },
                                         { "by", required_argument, NULL, OPTION_BY },
                                         { "distinct", required_argument, NULL, OPTION_DISTINCT },
                                         { "ablate", no_argument, NULL, OPTION_ABLATE },
                                         { "out", required_argument, NULL, OPTION_OUT },
                                         { "json", no_argument, NULL, OPTION_JSON },
                                         { "seed", required_argument, NULL, OPTION_SEED },
                                         { "threads", required_argument, NULL, OPTION_THREADS },
                                         { "threshold-weight", required_argument, NULL, OPTION_WEIGHT },
                                         { "threshold-probability", required_argument, NULL, OPTION_PROBABILITY },
                                         { "help", no_argument, NULL, OPTION_HELP },
                                         { NULL, 0, NULL, 0 } };

static bool take_number(struct request *request, int option)
{
    uint64_t value = 0;
    if (!pd_text_to_u64(pd_text_of(optarg), &value) || (option == OPTION_THREADS && value > 4096)) {
        fprintf(stderr, "padan: %s is not a number that can be used here\n", optarg);
        return false;
    }
    if (option == OPTION_SEED)
        request->seed = value;
    else
        request->threads = (int)value;
    return true;
}

static bool take_threshold(struct request *request, int option)
{
    double value = 0;
    const bool good = pd_text_to_double(pd_text_of(optarg), &value);
    if (!good || (option == OPTION_PROBABILITY && !(value > 0 && value < 1))) {
        fprintf(stderr, "padan: %s is not a threshold that can be used here\n", optarg);
        return false;
    }
    request->threshold = option == OPTION_WEIGHT ? value : log2(value / (1 - value));
    return true;
}

/* False after a usage error, which was printed. */
static bool take_option(struct request *request, int option, char *const *argv)
{
    switch (option) {
    case OPTION_TRUTH: request->truth = optarg; return true;
    case OPTION_LABEL: request->columns.label = optarg; return true;
    case OPTION_CLUSTERS: request->clusters = optarg; return true;
    case OPTION_PAIRS: request->pairs = optarg; return true;
    case OPTION_ID: request->columns.unique_id = optarg; return true;
    case OPTION_SOURCE: request->columns.source = optarg; return true;
    case OPTION_LINK_ONLY: request->link_only = true; return true;
    case OPTION_BY: request->columns.group = optarg; return true;
    case OPTION_DISTINCT: request->distinct = optarg; return true;
    case OPTION_OUT: request->out = optarg; return true;
    case OPTION_JSON: request->json = true; return true;
    case OPTION_ABLATE: request->ablate = true; return true;
    case OPTION_WEIGHT:
    case OPTION_PROBABILITY: return take_threshold(request, option);
    case OPTION_SEED:
    case OPTION_THREADS: return take_number(request, option);
    default: break;
    }
    fprintf(stderr, "padan: evaluate does not know %s, or it needs a value; see padan evaluate --help\n",
            argv[optind - 1]);
    return false;
}

static bool check_request(struct request *request, int argc, char **argv)
{
    if (optind < argc) request->run = argv[optind++];
    if (optind < argc) {
        fprintf(stderr, "padan: evaluate takes one run folder, %s is one too many\n", argv[optind]);
        return false;
    }
    if (request->run == NULL && request->clusters == NULL && request->pairs == NULL) {
        fprintf(stderr, "padan: evaluate needs a run folder, or --clusters FILE, or --pairs FILE\n");
        return false;
    }
    if (request->ablate && (request->run == NULL || request->truth == NULL)) {
        fprintf(stderr, "padan: --ablate needs a run folder and --truth FILE\n");
        return false;
    }
    if (request->truth == NULL && request->columns.label == NULL) {
        fprintf(stderr, "padan: evaluate needs --truth FILE\n");
        return false;
    }
    return true;
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
    population->by_source = true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct pd_row_file file;
        if (known[i].path == NULL) continue;
        PD_TRY(pd_row_file_open(&file, known[i].path, error));
        const bool has_sources = known[i].has_pairs ? pd_pair_file_has_sources(&file)
                                                    : pd_source_column(&file, request->columns.source) >= 0;
        population->by_source = population->by_source && has_sources;
        pd_row_file_reset(&file);
    }
    return PADAN_OK;
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
    return load_clusters(population, request, files, error);
}

static enum padan_status write_files(const struct request *request, const struct pd_run_files *files,
                                     const struct pd_population *population, const struct pd_evaluation *evaluation,
                                     struct padan_error *error)
{
    uint64_t n_unlisted = 0;
    PD_TRY(pd_evaluation_write(evaluation, population, files->pairs, request->out, &n_unlisted, error));
    if (n_unlisted > 0)
        fprintf(stderr, "padan: errors.csv is full, %llu more wrong or lost pairs are not listed in it\n",
                (unsigned long long)n_unlisted);
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

static enum padan_status ablate(const struct request *request, struct padan_error *error)
{
    const struct pd_ablation_options ablation = { .run = request->run,
                                                  .truth = request->truth,
                                                  .columns = request->columns,
                                                  .link_only = request->link_only,
                                                  .json = request->json,
                                                  .threads = pd_thread_count(request->threads) };
    return pd_ablate(&ablation, error);
}

static enum padan_status run(struct request *request, struct padan_error *error)
{
    if (request->truth != NULL) PD_TRY(pd_truth_is_pairs(request->truth, &request->labelled, error));
    if (request->labelled) PD_TRY(check_labelled(request, error));
    if (request->ablate) return ablate(request, error);
    struct pd_run_files files = { 0 };
    struct pd_population *population = NULL;
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
        status = (request->labelled ? evaluate_labelled : evaluate)(request, &files, population, error);
    if (population != NULL) pd_population_reset(population);
    pd_free(population);
    pd_run_files_reset(&files);
    return status;
}

int pd_command_evaluate(int argc, char **argv)
{
    struct request request = { .seed = 1, .threshold = NAN };
    struct padan_error error = { .status = PADAN_OK };
    optind = 0;
    opterr = 0;
    for (int option = 0; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == OPTION_HELP) {
            fputs(usage, stdout);
            return 0;
        }
        if (!take_option(&request, option, argv)) return padan_exit_code(PADAN_BAD_ARGUMENT);
    }
    if (!check_request(&request, argc, argv)) return padan_exit_code(PADAN_BAD_ARGUMENT);
    const enum padan_status status = run(&request, &error);
    if (status != PADAN_OK) fprintf(stderr, "padan: %s\n", error.message);
    return padan_exit_code(status);
}

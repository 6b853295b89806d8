/* SPDX-License-Identifier: MIT */
#include "engine.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "cluster/cluster.h"
#include "engine_train.h"
#include "file_alarms.h"
#include "ingest/ingest.h"
#include "linked_clusters.h"
#include "model/column_types.h"
#include "model/columns.h"
#include "model_frequencies.h"
#include "normalise/normalise.h"
#include "report/manifest.h"
#include "report/output_folder.h"
#include "score/decide.h"
#include "zero.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { MODEL_BYTES_MAX = 64 << 20, IGNORE_MAX = 64 };

/* Pairs are written and clusters joined from this match probability on when neither flags nor model say another. */
static const double DEFAULT_PROBABILITY = 0.9;
/* More rejected rows than this ring the alarm. */
static const double REJECTED_PERCENT = 1.0;

struct engine {
    const struct pd_engine_options *options;
    int threads;
    struct pd_arena arena;
    struct pd_buffer model_text;
    struct pd_model model;
    struct pd_input_source *sources;
    struct pd_input_file *files;
    struct pd_ingest_result ingested;
    struct pd_indonesia indonesia;
    struct pd_normalise_result normalised;
    struct pd_table table;
    struct pd_linker linker;
    struct pd_edges edges;
    struct pd_clusters clusters;
    struct pd_run_folder folder;
    pd_weight pair_threshold, cluster_threshold;
    bool by_source;        /* clusters: the model's thresholds per pair of sources */
    bool decide;           /* clusters: the model's decisions, unless the command gives a threshold */
    struct pd_buffer said; /* what zero configuration decided, in words */
    int unique_id;
    int exit_code;
};

static void tell(const struct engine *engine, const char *sentence)
{
    const struct pd_run_progress *progress = &engine->options->progress;
    if (progress->message != NULL) progress->message(progress->context, sentence);
}

/* --- model --- */

static enum padan_status read_model(struct engine *engine, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    const char *name = options->model;
    if (options->model != NULL) {
        PD_TRY(pd_file_read(options->model, MODEL_BYTES_MAX, &engine->model_text, error));
    } else if (options->preset != NULL) {
        char path[256];
        (void)snprintf(path, sizeof path, "models/%s.json", options->preset);
        const struct pd_text content = pd_embedded(path);
        if (content.data == NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "there is no preset \"%s\"; see models/", options->preset);
        pd_append_text(&engine->model_text, content);
        name = options->preset;
    } else {
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "name a model: --model FILE (Splink settings or our own) or --preset NAME");
    }
    PD_TRY(pd_buffer_status(&engine->model_text, error));
    PD_TRY(pd_model_read(&engine->model, (struct pd_text){ engine->model_text.data, engine->model_text.length }, name,
                         pd_linker_functions(), error));
    PD_TRY(pd_model_load_frequencies(&engine->model, name, error));
    for (size_t i = 0; i < engine->model.n_notes; i++) tell(engine, engine->model.notes[i].data);
    return PADAN_OK;
}

/* dedupe and link without a model make their own. */
static bool is_zero(const struct engine *engine)
{
    const struct pd_engine_options *options = engine->options;
    return options->model == NULL && options->preset == NULL && options->training == NULL && options->blocking == NULL;
}

static enum padan_status read_link_type(struct engine *engine, struct padan_error *error)
{
    const char *given = engine->options->link_type;
    static const char *const names[] = { "dedupe_only", "link_only", "link_and_dedupe" };
    if (given == NULL && (engine->options->training != NULL || engine->options->blocking != NULL))
        return PADAN_OK; /* the model's */
    if (given == NULL) {
        const bool is_link = strcmp(engine->options->command, "link") == 0;
        engine->model.link_type = is_link ? PD_LINK_ONLY : PD_DEDUPE_ONLY;
        return PADAN_OK;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(given, names[i]) != 0) continue;
        engine->model.link_type = (enum pd_link_type)i;
        return PADAN_OK;
    }
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "--link-type must be dedupe_only, link_only or link_and_dedupe, not \"%s\"",
            given);
}

static void set_thresholds(struct engine *engine)
{
    const struct pd_engine_options *options = engine->options;
    const double fallback = log2(DEFAULT_PROBABILITY / (1 - DEFAULT_PROBABILITY));
    double pairs = engine->model.has_thresholds ? engine->model.review_weight : fallback;
    double clusters = engine->model.has_thresholds ? engine->model.automatic_weight : fallback;
    if (!isnan(options->threshold_probability))
        pairs = clusters = log2(options->threshold_probability / (1 - options->threshold_probability));
    if (!isnan(options->threshold_weight)) pairs = clusters = options->threshold_weight;
    const bool given = !isnan(options->threshold_weight) || !isnan(options->threshold_probability);
    engine->by_source = engine->model.has_thresholds && engine->model.n_source_pairs > 0 && !given;
    engine->decide = engine->model.n_decisions > 0 && !given;
    engine->cluster_threshold = (pd_weight)llround(clusters * (double)PD_WEIGHT_ONE);
    engine->pair_threshold = options->all_pairs ? INT64_MIN : (pd_weight)llround(pairs * (double)PD_WEIGHT_ONE);
}

/* --- data --- */

/* A source is named by its file, without folder and endings. */
static struct pd_text source_name(const char *path)
{
    struct pd_text name = pd_path_base(pd_text_of(path));
    for (size_t i = 1; i < name.length; i++)
        if (name.data[i] == '.') return pd_text_slice(name, 0, i);
    return name;
}

static size_t split_names(const char *list, struct pd_text *names, size_t capacity)
{
    struct pd_text rest = pd_text_of(list);
    size_t n = 0;
    while (rest.length > 0 && n < capacity) {
        size_t end = 0;
        while (end < rest.length && rest.data[end] != ',') end++;
        const struct pd_text name = pd_text_trim(pd_text_slice(rest, 0, end));
        if (name.length > 0) names[n++] = name;
        rest = pd_text_slice(rest, end + 1, rest.length);
    }
    return n;
}

static enum padan_status describe_files(struct engine *engine, struct pd_text *unique_id, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    const size_t n = options->n_files;
    PD_TRY(pd_arena_allocate(&engine->arena, &engine->sources, (n + 1) * sizeof *engine->sources, error));
    PD_TRY(pd_arena_allocate(&engine->arena, &engine->files, (n + 1) * sizeof *engine->files, error));
    for (size_t i = 0; i < n; i++) {
        engine->sources[i].name = source_name(options->files[i]);
        for (size_t j = 0; j < i; j++)
            if (pd_text_equal(engine->sources[j].name, engine->sources[i].name))
                engine->sources[i].name = pd_text_of(options->files[i]);
        engine->files[i] = (struct pd_input_file){ .path = options->files[i], .source = i };
        *unique_id = options->unique_id != NULL ? pd_text_of(options->unique_id) : engine->model.unique_id_column;
        /* Rows of a file without the usual column are called <file>:<row>; one that was asked for must be there. */
        if (unique_id->length > 0 && (options->unique_id != NULL || !pd_text_equal(*unique_id, PD_TEXT("unique_id")))) {
            engine->files[i].unique_id = unique_id;
            engine->files[i].n_unique_id = 1;
        }
    }
    return PADAN_OK;
}

/* What is wrong with the files as a whole, rejected rows first of all. */
static void tell_alarms(struct engine *engine)
{
    for (size_t i = 0; i < engine->ingested.n_files; i++) {
        const bool known = i < engine->normalised.n_files;
        struct pd_file_alarms alarms;
        pd_file_alarms_find(&engine->ingested.files[i], known ? &engine->normalised.files[i] : NULL, REJECTED_PERCENT,
                            &alarms);
        for (size_t j = 0; j < alarms.n; j++) {
            char sentence[512];
            (void)snprintf(sentence, sizeof sentence, "file %.*s: %s", PD_TEXT_ARGS(engine->ingested.files[i].name),
                           alarms.items[j].sentence);
            tell(engine, sentence);
            if (alarms.items[j].rings) engine->exit_code = 1;
        }
    }
}

/* A declared column that the model does not use was not loaded; one that no file has is a mistake. */
static bool has_header(const struct engine *engine, struct pd_text name)
{
    for (size_t i = 0; i < engine->ingested.n_files; i++)
        for (size_t j = 0; j < engine->ingested.files[i].n_columns; j++)
            if (pd_text_equal(engine->ingested.files[i].columns[j].header, name)) return true;
    return false;
}

static enum padan_status declare_types(struct engine *engine, struct padan_error *error)
{
    struct pd_column_types_report report;
    char sentence[256];
    if (engine->options->types == NULL) return PADAN_OK;
    PD_TRY(pd_column_types_apply(&engine->table, pd_text_of(engine->options->types), &report, error));
    for (size_t i = 0; i < report.n_absent; i++)
        if (!has_header(engine, report.absent[i]))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--types: there is no column \"%.*s\"", PD_TEXT_ARGS(report.absent[i]));
    if (report.n_unreadable == 0) return PADAN_OK;
    (void)snprintf(sentence, sizeof sentence,
                   "--types: %llu values do not fit their type and are taken as missing, first in column \"%.*s\"",
                   (unsigned long long)report.n_unreadable, (int)report.column.length, report.column.data);
    tell(engine, sentence);
    return PADAN_OK;
}

static enum padan_status read_data(struct engine *engine, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_text unique_id = { NULL, 0 };
    struct pd_text ignore[IGNORE_MAX];
    const size_t n_ignore = options->ignore == NULL ? 0 : split_names(options->ignore, ignore, IGNORE_MAX);
    if (options->source_column != NULL && options->n_files != 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--source-column goes with one file");
    PD_TRY(describe_files(engine, &unique_id, error));
    const bool canonical = pd_text_equal(engine->model.normalise, PD_TEXT("indonesia"));
    struct pd_text *wanted = NULL;
    size_t n_wanted = 0;
    if (!is_zero(engine)) PD_TRY(pd_model_columns(&engine->model, &engine->arena, &wanted, &n_wanted, error));
    const struct pd_ingest_options ingest = {
        .sources = engine->sources,
        .n_sources = options->n_files,
        .files = engine->files,
        .n_files = options->n_files,
        .canonical = canonical,
        .ignore = ignore,
        .n_ignore = n_ignore,
        .wanted = wanted,
        .n_wanted = n_wanted,
        .source_column = pd_text_of(options->source_column),
        .threads = engine->threads,
    };
    PD_TRY(pd_ingest(&ingest, &engine->table, &engine->ingested, error));
    PD_TRY(declare_types(engine, error));
    if (!canonical) return PADAN_OK;
    PD_TRY(pd_indonesia_load(&engine->indonesia, error));
    /* Without a job there is no reference date; the century of two-digit years hangs on it, so it is fixed. */
    const struct pd_normalise_options normalise = { .indonesia = &engine->indonesia,
                                                    .reference_date = pd_date_from_civil(2026, 1, 1),
                                                    .threads = engine->threads };
    return pd_normalise_indonesia(&engine->table, &normalise, &engine->normalised, error);
}

static enum padan_status make_model(struct engine *engine, struct padan_error *error)
{
    const struct pd_zero_options options = { &engine->table, engine->model.link_type, engine->options->seed,
                                             engine->threads };
    return pd_zero_model(&options, &engine->model, &engine->said, error);
}

/* --- links --- */

/* Pairs of sources that the link type compares. */
static enum padan_status make_scope(struct engine *engine, struct pd_scope *scope, struct padan_error *error)
{
    const size_t n = engine->table.n_sources;
    uint8_t *matrix = NULL;
    PD_TRY(pd_arena_allocate(&engine->arena, &matrix, n * n + 1, error));
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const bool wanted =
                a == b ? engine->model.link_type != PD_LINK_ONLY : engine->model.link_type != PD_DEDUPE_ONLY;
            matrix[a * n + b] = wanted ? PD_SCOPE_ALWAYS : PD_SCOPE_NEVER;
        }
    *scope = (struct pd_scope){ n, matrix, NULL };
    return PADAN_OK;
}

static enum padan_status link_records(struct engine *engine, struct padan_error *error)
{
    struct pd_scope scope;
    PD_TRY(make_scope(engine, &scope, error));
    PD_TRY(pd_linker_make(&engine->linker, &engine->table, &engine->model, engine->threads, error));
    if (engine->options->show_plan) {
        struct pd_buffer plan = { 0 };
        pd_plan_print(&engine->linker.plan, &plan);
        pd_append_byte(&plan, '\0');
        if (pd_buffer_status(&plan, NULL) == PADAN_OK) tell(engine, plan.data);
        pd_buffer_reset(&plan);
    }
    PD_TRY(pd_linker_run(&engine->linker, &scope, NULL, engine->pair_threshold, &engine->edges, error));
    const struct pd_source_weights *weights = &engine->linker.plan.sources;
    if (engine->decide) PD_TRY(pd_decide_alone(&engine->model, &engine->table, engine->threads, &engine->edges, error));
    for (size_t i = 0; i < engine->edges.n_edges; i++) {
        struct pd_edge *edge = &engine->edges.edges[i];
        const size_t sources = pd_source_pair_index(weights, &engine->table, edge->left, edge->right);
        const pd_weight least = engine->by_source ? weights->automatic[sources] : engine->cluster_threshold;
        if (engine->decide && !(engine->by_source && edge->weight < least)) continue;
        edge->class = edge->weight >= least ? PD_CLASS_AUTOMATIC : PD_CLASS_REVIEW;
    }
    return pd_linked_clusters(&engine->linker, engine->cluster_threshold, &engine->edges, &engine->clusters, error);
}

/* --- outputs --- */

static void append_identity(const struct engine *engine, uint32_t record, struct pd_buffer *out)
{
    char scratch[24];
    pd_append_csv(out, engine->table.sources[pd_table_source(&engine->table, record)].name);
    pd_append_byte(out, ',');
    pd_append_csv(out, pd_column_text(&engine->table.columns[engine->unique_id], record, scratch));
}

static size_t pair_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct engine *engine = context;
    const struct pd_edge *edge = &engine->edges.edges[row];
    const int8_t *gammas = engine->edges.gammas + row * engine->edges.n_comparisons;
    pd_append_double(out, pd_weight_to_double(edge->weight), 9);
    pd_append_byte(out, ',');
    pd_append_double(out, pd_probability_of_weight(edge->weight), 9);
    pd_append_byte(out, ',');
    append_identity(engine, edge->left, out);
    pd_append_byte(out, ',');
    append_identity(engine, edge->right, out);
    for (size_t i = 0; i < engine->edges.n_comparisons; i++) {
        pd_append_byte(out, ',');
        pd_append_i64(out, gammas[i]);
    }
    for (size_t i = 0; i < engine->edges.n_comparisons; i++) {
        pd_append_byte(out, ',');
        const pd_weight weight = pd_plan_level_weight(&engine->linker.plan, i, gammas[i], edge->left, edge->right);
        pd_append_double(out, pd_weight_to_double(weight), 9);
    }
    pd_append_byte(out, ',');
    pd_append_u64(out, edge->pass);
    pd_append_byte(out, '\n');
    return 1;
}

static enum padan_status write_pairs(struct engine *engine, struct padan_error *error)
{
    struct pd_buffer header = { 0 };
    pd_append_string(&header,
                     "match_weight,match_probability,source_dataset_l,unique_id_l,source_dataset_r,unique_id_r");
    static const char *const prefixes[] = { ",gamma_", ",mw_" };
    for (size_t prefix = 0; prefix < 2; prefix++)
        for (size_t i = 0; i < engine->model.n_comparisons; i++) {
            pd_append_string(&header, prefixes[prefix]);
            pd_append_text(&header, engine->model.comparisons[i].column_name);
        }
    pd_append_string(&header, ",match_key");
    enum padan_status status = pd_buffer_status(&header, error);
    const struct pd_rows rows = { .header = { header.data, header.length },
                                  .n_rows = engine->edges.n_edges,
                                  .format = pair_row,
                                  .context = engine,
                                  .n_threads = engine->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(&engine->folder, "pairs.csv", &rows, error);
    pd_buffer_reset(&header);
    return status;
}

static size_t cluster_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct engine *engine = context;
    const uint32_t cluster = engine->clusters.cluster[row];
    char scratch[24];
    append_identity(engine, (uint32_t)row, out);
    pd_append_byte(out, ',');
    pd_append_csv_joined(out, engine->table.sources[pd_table_source(&engine->table, cluster)].name, ':',
                         pd_column_text(&engine->table.columns[engine->unique_id], cluster, scratch));
    pd_append_byte(out, '\n');
    return 1;
}

static enum padan_status write_clusters(struct engine *engine, struct padan_error *error)
{
    const struct pd_rows rows = { .header = PD_TEXT("source_dataset,unique_id,cluster_id"),
                                  .n_rows = engine->table.n_records,
                                  .format = cluster_row,
                                  .context = engine,
                                  .n_threads = engine->threads };
    return pd_run_folder_rows(&engine->folder, "clusters.csv", &rows, error);
}

static enum padan_status write_text(struct engine *engine, const char *name, struct pd_buffer *out,
                                    struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(&engine->folder, name, (struct pd_text){ out->data, out->length }, error);
    pd_buffer_reset(out);
    return status;
}

static enum padan_status write_blocking(struct engine *engine, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "blocking_rule,n_pairs,n_new,largest_block,n_blocks_cut,n_pairs_not_compared\n");
    for (size_t i = 0; i < engine->linker.passes.n_passes; i++) {
        const struct pd_block_statistics *statistics = &engine->linker.statistics[i];
        const uint64_t counts[] = { statistics->n_pairs, statistics->n_new, statistics->largest_block,
                                    statistics->n_blocks_cut, statistics->n_not_compared };
        pd_append_csv(&out, engine->linker.passes.passes[i].sql);
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++) {
            pd_append_byte(&out, ',');
            pd_append_u64(&out, counts[j]);
        }
        pd_append_byte(&out, '\n');
    }
    return write_text(engine, "blocking.csv", &out, error);
}

static enum padan_status write_decisions(struct engine *engine, struct padan_error *error)
{
    static const char *const types[] = { "dedupe_only", "link_only", "link_and_dedupe" };
    struct pd_buffer out = { 0 };
    pd_append_format(&out, "link type          %s\n", types[engine->model.link_type]);
    if (engine->options->all_pairs)
        pd_append_string(&out, "pairs written      all that were compared (--all-pairs)\n");
    else
        pd_append_format(&out, "pairs written      match weight >= %.6f\n",
                         pd_weight_to_double(engine->pair_threshold));
    pd_append_format(&out, "clusters           match weight >= %.6f, %s\n",
                     pd_weight_to_double(engine->cluster_threshold), pd_clustering_words(engine->model.clustering));
    if (engine->decide)
        pd_append_format(&out,
                         "                   and the model's %zu decisions (--threshold-weight leaves them out)\n",
                         engine->model.n_decisions);
    for (size_t i = 0; engine->by_source && i < engine->model.n_source_pairs; i++) {
        const struct pd_source_pair *pair = &engine->model.source_pairs[i];
        if (pair->has_automatic)
            pd_append_format(&out, "                   %.*s and %.*s: match weight >= %.6f\n", PD_TEXT_ARGS(pair->left),
                             PD_TEXT_ARGS(pair->right), pair->automatic);
    }
    pd_append_text(&out, (struct pd_text){ engine->said.data, engine->said.length });
    for (size_t i = 0; i < engine->model.n_notes; i++)
        pd_append_format(&out, "model              %.*s\n", PD_TEXT_ARGS(engine->model.notes[i]));
    pd_append_string(&out, "\nplan\n");
    pd_plan_print(&engine->linker.plan, &out);
    return write_text(engine, "decisions.txt", &out, error);
}

static enum padan_status write_manifest(struct engine *engine, uint64_t n_clusters, struct padan_error *error)
{
    const size_t n = engine->ingested.n_files;
    struct pd_manifest_input *inputs = NULL;
    PD_TRY(pd_arena_allocate(&engine->arena, &inputs, (n + 1) * sizeof *inputs, error));
    for (size_t i = 0; i < n; i++)
        inputs[i] = (struct pd_manifest_input){ .kind = "source",
                                                .source = engine->sources[i].name,
                                                .name = engine->ingested.files[i].name,
                                                .path = pd_text_of(engine->options->files[i]),
                                                .bytes = engine->ingested.files[i].bytes,
                                                .n_rows = engine->ingested.files[i].rows_accepted,
                                                .sha256 = pd_text_of(engine->ingested.files[i].sha256) };
    const struct pd_manifest_count counts[] = { { "rows", engine->table.n_records },
                                                { "rows_rejected", engine->ingested.n_rejects },
                                                { "pairs_kept", engine->edges.n_edges },
                                                { "clusters", n_clusters } };
    const int64_t finished = (int64_t)time(NULL);
    const struct pd_manifest manifest = { .command = engine->options->command,
                                          .argc = engine->options->argc,
                                          .argv = engine->options->argv,
                                          .started = finished,
                                          .finished = finished,
                                          .threads = engine->threads,
                                          .kernels = pd_ingest_kernel(),
                                          .exit_code = engine->exit_code,
                                          .inputs = inputs,
                                          .n_inputs = n,
                                          .counts = counts,
                                          .n_counts = sizeof counts / sizeof *counts };
    return pd_manifest_write(&engine->folder, &manifest, error);
}

static enum padan_status write_outputs(struct engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    struct pd_buffer model = { 0 };
    uint64_t n_clusters = 0;
    engine->unique_id = pd_table_find(&engine->table, PD_TEXT("unique_id"));
    for (size_t i = 0; i < engine->table.n_records; i++) n_clusters += engine->clusters.cluster[i] == i;
    PD_TRY(write_pairs(engine, error));
    PD_TRY(write_clusters(engine, error));
    pd_model_write(&engine->model, &model);
    PD_TRY(write_text(engine, "model.json", &model, error));
    PD_TRY(pd_model_frequencies_write(&engine->folder, "", &engine->model, error));
    PD_TRY(write_blocking(engine, error));
    PD_TRY(write_decisions(engine, error));
    PD_TRY(write_manifest(engine, n_clusters, error));
    summary->exit_code = engine->exit_code;
    summary->n_rows = engine->table.n_records;
    summary->n_rejected = engine->ingested.n_rejects;
    summary->n_edges = engine->edges.n_edges;
    summary->n_clusters = n_clusters;
    (void)snprintf(summary->path, sizeof summary->path, "%.*s", PD_TEXT_ARGS(engine->folder.final));
    (void)snprintf(summary->headline, sizeof summary->headline, "rows %zu, pairs %zu, clusters %llu",
                   engine->table.n_records, engine->edges.n_edges, (unsigned long long)n_clusters);
    return pd_output_folder_publish(&engine->folder, error);
}

static void stage(const struct engine *engine, const char *name, size_t index)
{
    const struct pd_run_progress *progress = &engine->options->progress;
    if (progress->stage != NULL) progress->stage(progress->context, name, index, 4);
}

static enum padan_status train(struct engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_scope scope;
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    tell_alarms(engine);
    stage(engine, "train", 2);
    PD_TRY(make_scope(engine, &scope, error));
    summary->n_rows = engine->table.n_records;
    summary->n_rejected = engine->ingested.n_rejects;
    return pd_engine_train(options->training, &engine->table, &engine->model, &scope, engine->threads,
                           &options->progress, summary, error);
}

static enum padan_status count_candidates(struct engine *engine, struct padan_error *error)
{
    const struct pd_candidates_options *blocking = engine->options->blocking;
    struct pd_candidates candidates = { .n_rules = 0 };
    struct pd_scope scope;
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    tell_alarms(engine);
    stage(engine, "block", 2);
    PD_TRY(make_scope(engine, &scope, error));
    PD_TRY(pd_linker_make(&engine->linker, &engine->table, &engine->model, engine->threads, error));
    enum padan_status status = pd_candidates_count(&engine->linker, &scope, blocking->truth, &candidates, error);
    if (status == PADAN_OK) pd_candidates_print(&candidates, blocking->json, engine->options->report);
    pd_candidates_reset(&candidates);
    return status == PADAN_OK ? pd_buffer_status(engine->options->report, error) : status;
}

static enum padan_status run(struct engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    stage(engine, "model", 0);
    if (!is_zero(engine)) PD_TRY(read_model(engine, error));
    PD_TRY(read_link_type(engine, error));
    if (engine->options->training != NULL) return train(engine, summary, error);
    if (engine->options->blocking != NULL) return count_candidates(engine, error);
    PD_TRY(pd_output_folder_open(&engine->folder, engine->options->out, error));
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    tell_alarms(engine);
    if (is_zero(engine)) PD_TRY(make_model(engine, error));
    set_thresholds(engine);
    stage(engine, "pairs", 2);
    PD_TRY(link_records(engine, error));
    stage(engine, "output", 3);
    return write_outputs(engine, summary, error);
}

static void reset(struct engine *engine)
{
    pd_clusters_reset(&engine->clusters);
    pd_edges_reset(&engine->edges);
    pd_linker_reset(&engine->linker);
    pd_normalise_result_reset(&engine->normalised);
    pd_ingest_result_reset(&engine->ingested);
    pd_table_reset(&engine->table);
    pd_indonesia_reset(&engine->indonesia);
    pd_model_reset(&engine->model);
    pd_buffer_reset(&engine->model_text);
    pd_buffer_reset(&engine->said);
    pd_run_folder_reset(&engine->folder);
    pd_arena_reset(&engine->arena);
}

enum padan_status pd_engine_run(const struct pd_engine_options *options, struct pd_run_summary *summary,
                                struct padan_error *error)
{
    struct engine *engine = NULL;
    *summary = (struct pd_run_summary){ .exit_code = 0 };
    PD_TRY(pd_allocate(&engine, 1, sizeof *engine, error));
    engine->options = options;
    engine->folder.lock = -1;
    engine->threads = pd_thread_count(options->threads);
    const enum padan_status status = run(engine, summary, error);
    reset(engine);
    pd_free(engine);
    return status;
}

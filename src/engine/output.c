/* SPDX-License-Identifier: MIT
 * The folder of the engine commands (CONTRACT 7). */
#include "cluster/metrics.h"
#include "engine/state.h"
#include "linking/frequencies.h"
#include "linking/level_fields.h"
#include "linking/linked_clusters.h"
#include "report/manifest.h"
#include "report/output_folder.h"

#include <stdio.h>
#include <time.h>

static void append_identity(const struct pd_engine *engine, uint32_t record, struct pd_buffer *out)
{
    pd_append_csv_identity(out, &engine->names, record);
}

static void append_cluster(const struct pd_engine *engine, uint32_t cluster, struct pd_buffer *out)
{
    pd_append_csv_record_id(out, &engine->names, cluster);
}

struct pair_rows {
    const struct pd_engine *engine;
    struct pd_level_fields levels;
};

static size_t pair_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pair_rows *rows = context;
    const struct pd_engine *engine = rows->engine;
    const struct pd_edge *edge = &engine->edges.edges[row];
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    pd_pen_double(&pen, pd_weight_to_double(edge->weight), 9);
    pd_pen_byte(&pen, ',');
    pen.at = pd_put_probability(pen.at, edge->weight);
    pd_pen_byte(&pen, ',');
    pd_pen_identity(&pen, &engine->names, edge->left);
    pd_pen_byte(&pen, ',');
    pd_pen_identity(&pen, &engine->names, edge->right);
    pen = pd_pen_levels(pen, &rows->levels, &engine->edges, row);
    if (engine->model.members.n_columns > 0) {
        pd_pen_byte(&pen, ',');
        pd_pen_double(&pen, pd_weight_to_double(pd_beyond_levels(&engine->linker.plan, &engine->edges, row)), 9);
    }
    pd_pen_byte(&pen, ',');
    pd_pen_u64(&pen, edge->pass);
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
    return 1;
}

static void prefetch_pair_row(const void *context, size_t row)
{
    const struct pair_rows *rows = context;
    const struct pd_engine *engine = rows->engine;
    const struct pd_edge *edge = &engine->edges.edges[row];
    pd_prefetch_levels(&rows->levels, &engine->edges, row);
    pd_record_names_prefetch(&engine->names, edge->left);
    pd_record_names_prefetch(&engine->names, edge->right);
}

static enum padan_status write_pairs(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_buffer header = { 0 };
    pd_append_string(&header,
                     "match_weight,match_probability,source_dataset_l,unique_id_l,source_dataset_r,unique_id_r");
    pd_append_level_names(&header, &engine->model);
    if (engine->model.members.n_columns > 0) pd_append_string(&header, ",mw_household_members");
    pd_append_string(&header, ",match_key");
    struct pair_rows context = { .engine = engine };
    enum padan_status status = pd_buffer_status(&header, error);
    if (status == PADAN_OK) status = pd_level_fields_make(&context.levels, &engine->linker.plan, 9, error);
    const struct pd_rows rows = { .header = { header.data, header.length },
                                  .n_rows = engine->edges.n_edges,
                                  .format = pair_row,
                                  .prefetch = prefetch_pair_row,
                                  .context = &context,
                                  .n_threads = engine->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(&engine->folder, "pairs.csv", &rows, error);
    pd_level_fields_reset(&context.levels);
    pd_buffer_reset(&header);
    return status;
}

static enum padan_status write_clusters(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_buffer header = { 0 };
    pd_append_string(&header, "source_dataset,unique_id,cluster_id");
    for (size_t i = 0; i < engine->n_more; i++)
        pd_append_format(&header, ",cluster_id_%.*s", PD_TEXT_ARGS(engine->more[i].text));
    enum padan_status status = pd_buffer_status(&header, error);
    const struct pd_rows rows = { .header = { header.data, header.length },
                                  .n_rows = engine->table.n_records,
                                  .format_many = pd_engine_cluster_rows,
                                  .context = engine,
                                  .n_threads = engine->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(&engine->folder, "clusters.csv", &rows, error);
    pd_buffer_reset(&header);
    return status;
}

/* --- metrics --- */

struct metrics_context {
    const struct pd_engine *engine;
    const struct pd_cluster_metrics *metrics;
};

static size_t metrics_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct metrics_context *at = context;
    const struct pd_cluster_metric *metric = &at->metrics->items[row];
    append_cluster(at->engine, metric->cluster, out);
    pd_append_format(out, ",%u,%llu,%llu,", metric->n_rows, (unsigned long long)metric->n_edges,
                     (unsigned long long)metric->n_bridges);
    pd_append_double(out, pd_weight_to_double(metric->min_weight), 6);
    pd_append_byte(out, ',');
    pd_append_double(out, pd_weight_to_double(metric->max_weight), 6);
    pd_append_byte(out, ',');
    pd_append_double(out, pd_cluster_density(metric), 6);
    pd_append_byte(out, '\n');
    return 1;
}

static size_t edge_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct metrics_context *at = context;
    const struct pd_edge *edge = &at->engine->edges.edges[row];
    const uint32_t *cluster = at->engine->clusters.cluster;
    if (edge->class != PD_CLASS_AUTOMATIC || cluster[edge->left] != cluster[edge->right]) return 0;
    append_identity(at->engine, edge->left, out);
    pd_append_byte(out, ',');
    append_identity(at->engine, edge->right, out);
    pd_append_byte(out, ',');
    append_cluster(at->engine, cluster[edge->left], out);
    pd_append_byte(out, ',');
    pd_append_double(out, pd_weight_to_double(edge->weight), 6);
    pd_append_string(out, at->metrics->is_bridge[row] ? ",1\n" : ",0\n");
    return 1;
}

/* cluster_metrics.csv, and cluster_edges.csv with the bridges marked. */
static enum padan_status write_metrics(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_cluster_metrics metrics;
    if (!engine->options->cluster_metrics) return PADAN_OK;
    PD_TRY(pd_cluster_metrics_make(&engine->clusters, &engine->edges, &metrics, error));
    const struct metrics_context context = { engine, &metrics };
    const struct pd_rows clusters = { .header =
                                          PD_TEXT("cluster_id,n_rows,n_edges,n_bridges,min_weight,max_weight,density"),
                                      .n_rows = metrics.n_items,
                                      .format = metrics_row,
                                      .context = &context,
                                      .n_threads = engine->threads };
    const struct pd_rows edges = {
        .header =
            PD_TEXT("source_dataset_l,unique_id_l,source_dataset_r,unique_id_r,cluster_id,match_weight,is_bridge"),
        .n_rows = engine->edges.n_edges,
        .format = edge_row,
        .context = &context,
        .n_threads = engine->threads
    };
    enum padan_status status = pd_run_folder_rows(&engine->folder, "cluster_metrics.csv", &clusters, error);
    if (status == PADAN_OK) status = pd_run_folder_rows(&engine->folder, "cluster_edges.csv", &edges, error);
    pd_cluster_metrics_reset(&metrics);
    return status;
}

static enum padan_status write_text(struct pd_engine *engine, const char *name, struct pd_buffer *out,
                                    struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(&engine->folder, name, (struct pd_text){ out->data, out->length }, error);
    pd_buffer_reset(out);
    return status;
}

/* What limits of a given model lost; of a model that is made from the rows they are part of how pairs are chosen. */
static void tell_cut_blocks(const struct pd_engine *engine)
{
    uint64_t n_blocks = 0;
    uint64_t n_pairs = 0;
    char sentence[256];
    for (size_t i = 0; i < engine->linker.passes.n_common; i++) {
        n_blocks += engine->linker.statistics[i].n_blocks_cut;
        n_pairs += engine->linker.statistics[i].n_not_compared;
    }
    if (n_pairs == 0 || pd_engine_is_zero(engine)) return;
    (void)snprintf(sentence, sizeof sentence,
                   "blocks with more pairs than the model's padan_max_pairs: %llu; their rules left %llu pairs out, "
                   "which others may have found (blocking.csv)",
                   (unsigned long long)n_blocks, (unsigned long long)n_pairs);
    pd_engine_tell(engine, sentence);
}

static enum padan_status write_blocking(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "blocking_rule,n_pairs,n_new,largest_block,n_blocks_cut,n_pairs_not_compared\n");
    for (size_t i = 0; i < engine->linker.passes.n_common; i++) {
        const struct pd_block_statistics *statistics = &engine->linker.statistics[i];
        const uint64_t counts[] = { statistics->n_pairs, statistics->n_new, statistics->largest[0],
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

void pd_engine_say_decisions(const struct pd_engine *engine, struct pd_buffer *out)
{
    pd_append_format(out, "link type          %s\n", pd_link_type_name(engine->model.link_type));
    if (engine->options->all_pairs)
        pd_append_string(out, "pairs written      all that were compared (--all-pairs)\n");
    else
        pd_append_format(out, "pairs written      match weight >= %.6f\n", pd_weight_to_double(engine->pair_threshold));
    pd_append_format(out, "clusters           match weight >= %.6f, %s\n",
                     pd_weight_to_double(engine->cluster_threshold), pd_clustering_words(engine->model.clustering));
    if (engine->decide)
        pd_append_format(out, "                   and the model's %zu decisions (--threshold-weight leaves them out)\n",
                         engine->model.n_decisions);
    for (size_t i = 0; engine->by_source && i < engine->model.n_source_pairs; i++) {
        const struct pd_source_pair *pair = &engine->model.source_pairs[i];
        if (pair->has_automatic)
            pd_append_format(out, "                   %.*s and %.*s: match weight >= %.6f\n", PD_TEXT_ARGS(pair->left),
                             PD_TEXT_ARGS(pair->right), pair->automatic);
    }
    if (engine->n_unlinkable > 0)
        pd_append_format(out,
                         "unlinkable rows    %llu, which weigh less than that even with a row of the same values\n",
                         (unsigned long long)engine->n_unlinkable);
    if (engine->trained_on.content.length > 0)
        pd_append_format(out, "trained on labels  %.*s, sha256 %s\n", (int)engine->trained_on.labels.length,
                         engine->trained_on.labels.data, engine->trained_on.sha256);
    pd_append_text(out, (struct pd_text){ engine->said.data, engine->said.length });
    for (size_t i = 0; i < engine->model.n_notes; i++)
        pd_append_format(out, "model              %.*s\n", PD_TEXT_ARGS(engine->model.notes[i]));
    pd_append_string(out, "\nplan\n");
    pd_plan_print(&engine->linker.plan, out);
}

static enum padan_status write_decisions(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_engine_say_decisions(engine, &out);
    return write_text(engine, "decisions.txt", &out, error);
}

static enum padan_status write_manifest(struct pd_engine *engine, uint64_t n_clusters, struct padan_error *error)
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
                                                .digest_kind = engine->ingested.files[i].digest_kind,
                                                .digest = pd_text_of(engine->ingested.files[i].digest),
                                                .index_checksum = engine->ingested.files[i].index_checksum };
    const struct pd_manifest_count counts[] = { { "rows", engine->table.n_records },
                                                { "rows_rejected", engine->ingested.n_rejects },
                                                { "rows_unlinkable", engine->n_unlinkable },
                                                { "pairs_kept", engine->edges.n_edges },
                                                { "clusters", n_clusters } };
    const struct pd_manifest manifest = { .command = engine->options->command,
                                          .argc = engine->options->argc,
                                          .argv = engine->options->argv,
                                          .started = engine->started,
                                          .finished = (int64_t)time(NULL),
                                          .threads = engine->threads,
                                          .kernels = pd_ingest_kernel(),
                                          .exit_code = engine->exit_code,
                                          .inputs = inputs,
                                          .n_inputs = n,
                                          .counts = counts,
                                          .n_counts = sizeof counts / sizeof *counts };
    return pd_manifest_write(&engine->folder, &manifest, error);
}

enum padan_status pd_engine_output(struct pd_engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    struct pd_buffer model = { 0 };
    uint64_t n_clusters = 0;
    pd_record_names_make(&engine->names, &engine->table, pd_table_find(&engine->table, PD_TEXT("unique_id")));
    for (size_t i = 0; i < engine->table.n_records; i++) n_clusters += engine->clusters.cluster[i] == i;
    PD_TRY(write_pairs(engine, error));
    PD_TRY(write_clusters(engine, error));
    PD_TRY(write_metrics(engine, error));
    pd_model_write(&engine->model, &model);
    PD_TRY(write_text(engine, "model.json", &model, error));
    PD_TRY(pd_model_frequencies_write(&engine->folder, "", &engine->model, error));
    const struct pd_text labels = { engine->trained_on.content.data, engine->trained_on.content.length };
    if (labels.length > 0) PD_TRY(pd_run_folder_bytes(&engine->folder, "model.labels.json", labels, error));
    tell_cut_blocks(engine);
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

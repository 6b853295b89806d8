/* SPDX-License-Identifier: MIT
 * From a table to links: the model, thresholds, pairs, clusters. Where the rows came from and where the links go to is
 * not known here. */
#include "engine/state.h"
#include "linking/linked_clusters.h"
#include "linking/unlinkable.h"
#include "model/date_columns.h"
#include "score/decide.h"
#include "zero/zero.h"

#include <stdio.h>
#include <unistd.h>

/* dedupe and link without a model make their own. */
bool pd_engine_is_zero(const struct pd_engine *engine)
{
    const struct pd_engine_options *options = engine->options;
    return options->model == NULL && options->model_json == NULL && options->preset == NULL && options->ready == NULL &&
           options->training == NULL && options->blocking == NULL;
}

enum padan_status pd_engine_make_model(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_zero_options options = { &engine->table, engine->model.link_type, engine->options->seed,
                                             engine->threads };
    struct pd_names turned;
    PD_TRY(pd_engine_order_dates_alike(engine, &turned, error));
    PD_TRY(pd_zero_model(&options, &engine->model, &engine->said, error));
    for (size_t i = 0; i < turned.n_items; i++) PD_TRY(pd_model_add_date(&engine->model, turned.items[i], error));
    return PADAN_OK;
}

void pd_engine_set_thresholds(struct pd_engine *engine)
{
    const struct pd_link_thresholds thresholds = pd_engine_thresholds(&engine->model, engine->options);
    engine->by_source = thresholds.by_source != NULL;
    engine->decide = pd_engine_decides(&engine->model, engine->options);
    engine->cluster_threshold = thresholds.linked;
    engine->pair_threshold = thresholds.kept;
}

enum padan_status pd_engine_prepare(struct pd_engine *engine, struct padan_error *error)
{
    if (pd_engine_is_zero(engine)) PD_TRY(pd_engine_make_model(engine, error));
    if (engine->options->blocks == NULL) PD_TRY(pd_engine_choose_clustering(engine, error));
    pd_engine_set_thresholds(engine);
    if (engine->options->thresholds != NULL) PD_TRY(pd_engine_read_thresholds(engine, error));
    pd_table_forget_places(&engine->table);
    pd_table_trim(&engine->table);
    return PADAN_OK;
}

/* Pairs of sources that the link type compares. */
enum padan_status pd_engine_make_scope(struct pd_engine *engine, struct pd_scope *scope, struct padan_error *error)
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
    *scope = (struct pd_scope){ .n_sources = n, .matrix = matrix };
    return PADAN_OK;
}

enum padan_status pd_engine_make_linker(struct pd_engine *engine, struct padan_error *error)
{
    PD_TRY(pd_linker_make(&engine->linker, &engine->table, &engine->model, engine->threads, error));
    return pd_linker_order_pairs(&engine->linker, error);
}

/* The only column that decisions, clusters and output read, where that is so. */
static int read_after_pairs(const struct pd_engine *engine)
{
    if (engine->decide || engine->model.clustering == PD_CLUSTER_GROUPS) return -1;
    return pd_table_find(&engine->table, PD_TEXT("unique_id"));
}

/* Told and no more: a pair of theirs that is linked all the same is one that the model says to link. */
static enum padan_status count_unlinkable(struct pd_engine *engine, const struct pd_scope *scope,
                                          struct padan_error *error)
{
    const struct pd_link_thresholds thresholds = { .linked = engine->cluster_threshold,
                                                   .by_source = engine->by_source ? &engine->model : NULL };
    char sentence[160];
    if (engine->options->blocks != NULL) return PADAN_OK; /* a part of the rows, which others have too */
    PD_TRY(pd_unlinkable_rows(&engine->linker, scope, &thresholds, &engine->n_unlinkable, error));
    if (engine->n_unlinkable == 0) return PADAN_OK;
    (void)snprintf(sentence, sizeof sentence,
                   "rows that weigh less than a link even with a row of the same values: %llu",
                   (unsigned long long)engine->n_unlinkable);
    pd_engine_tell(engine, sentence);
    return PADAN_OK;
}

/* What memory holds of pairs, each of them twice while they are put in order. Under --memory they wait on the disk. */
static uint64_t most_edges(const struct pd_engine *engine)
{
    const long n_pages = sysconf(_SC_PHYS_PAGES);
    const long page_bytes = sysconf(_SC_PAGESIZE);
    const uint64_t edge_bytes = sizeof(struct pd_edge) + engine->model.n_comparisons;
    if (engine->memory.kept || n_pages <= 0 || page_bytes <= 0) return 0;
    return (uint64_t)n_pages * (uint64_t)page_bytes / (2 * edge_bytes) + 1;
}

enum padan_status pd_engine_link_records(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_scope scope;
    PD_TRY(pd_engine_make_scope(engine, &scope, error));
    PD_TRY(pd_engine_make_linker(engine, error));
    engine->linker.edges_max = most_edges(engine);
    engine->linker.slice_words = pd_memory_slice_words(&engine->memory, engine->options->memory_bytes);
    pd_memory_plan_say_narrow(&engine->memory, engine->options->memory_bytes, engine->narrow_only);
    engine->linker.narrow_only = engine->narrow_only[0] != '\0' ? engine->narrow_only : NULL;
    if (engine->options->show_plan) {
        struct pd_buffer plan = { 0 };
        pd_plan_print(&engine->linker.plan, &plan);
        pd_append_byte(&plan, '\0');
        if (pd_buffer_status(&plan, NULL) == PADAN_OK) pd_engine_tell(engine, plan.data);
        pd_buffer_reset(&plan);
    }
    PD_TRY(count_unlinkable(engine, &scope, error));
    engine->linker.cancel = engine->options->cancel;
    engine->linker.portable = engine->options->blocks;
    engine->linker.last_run = engine->linker.portable == NULL; /* keys are made of columns */
    engine->linker.read_after = read_after_pairs(engine);
    if (!pd_engine_is_zero(engine)) {
        engine->linker.part = engine->options->progress.part;
        engine->linker.part_context = engine->options->progress.context;
    }
    PD_TRY(pd_engine_find_pairs(engine, &scope, error));
    pd_linker_rest(&engine->linker);
    if (engine->options->blocks != NULL) return PADAN_OK;
    const struct pd_source_weights *weights = &engine->linker.plan.sources;
    if (engine->decide) PD_TRY(pd_decide_alone(&engine->model, &engine->table, engine->threads, &engine->edges, error));
    for (size_t i = 0; i < engine->edges.n_edges; i++) {
        struct pd_edge *edge = &engine->edges.edges[i];
        const size_t sources = pd_source_pair_index(weights, &engine->table, edge->left, edge->right);
        const pd_weight least = engine->by_source ? weights->automatic[sources] : engine->cluster_threshold;
        if (engine->decide && !(engine->by_source && edge->weight < least)) continue;
        edge->class = edge->weight >= least ? PD_CLASS_AUTOMATIC : PD_CLASS_REVIEW;
    }
    PD_TRY(pd_linked_clusters(&engine->linker, engine->cluster_threshold, &engine->edges, &engine->clusters, error));
    return pd_engine_more_clusters(engine, error);
}

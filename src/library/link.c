/* SPDX-License-Identifier: MIT
 * Linking, scoring and clustering, and what they give back. */
#include "base/memory.h"
#include "engine/at_hand.h"
#include "library/table.h"

#include <math.h>

struct padan_result {
    struct pd_links links;
    struct pd_buffer notes;
    uint32_t *left, *right;
    double *weights, *probabilities;
    uint8_t *keys;
    const char **comparisons;
};

void padan_options_init(struct padan_options *options)
{
    *options = (struct padan_options){
        .size = sizeof *options, .threshold_weight = NAN, .threshold_probability = NAN, .threads = 1
    };
}

/* --- what the engine tells --- */

struct listener {
    struct padan_progress *progress; /* or NULL */
    struct pd_buffer *notes;
};

static void on_stage(void *context, const char *stage, size_t index, size_t n_stages)
{
    const struct listener *listener = context;
    (void)stage;
    (void)n_stages;
    if (listener->progress != NULL) listener->progress->stage = (int32_t)index;
}

static void on_message(void *context, const char *sentence)
{
    const struct listener *listener = context;
    pd_append_string(listener->notes, sentence);
    pd_append_byte(listener->notes, '\n');
}

static void on_part(void *context, double part)
{
    const struct listener *listener = context;
    if (listener->progress != NULL) listener->progress->part = part;
}

static enum padan_status check_options(const struct padan_options *options, struct padan_error *error)
{
    if (options == NULL || options->size != sizeof *options)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "options are not of this version of the library: begin with padan_options_init, and build against "
                "its header");
    if (options->threads < 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "threads must be 0, for all processors, or more");
    return PADAN_OK;
}

static struct pd_engine_options engine_options(const struct padan_options *options, const struct pd_table *rows,
                                               const struct pd_buffer *types, struct listener *listener)
{
    const bool has_model = options->model != NULL || options->preset != NULL;
    return (struct pd_engine_options){
        .command = rows->n_sources > 1 ? "link" : "dedupe",
        .model_json = options->model,
        .preset = options->preset,
        .link_type = options->link_type,
        .clustering = options->clustering,
        /* Without a model, columns are recognised by their texts, as those of a file. */
        .types = has_model && types->length > 0 ? types->data : NULL,
        .types_of_table = true,
        .threshold_weight = options->threshold_weight,
        .threshold_probability = options->threshold_probability,
        .seed = options->seed,
        .threads = options->threads,
        .progress = { on_stage, on_message, listener, NULL, on_part },
        .cancel = options->progress == NULL ? NULL : &options->progress->cancel,
    };
}

/* Takes the rows, ends the types with a NUL. */
static enum padan_status take(struct padan_table *table, const struct padan_options *options, struct pd_table *rows,
                              struct pd_buffer *types, struct padan_error *error)
{
    PD_TRY(check_options(options, error));
    const enum padan_status status = pd_library_take(table, rows, types, error);
    if (types->length > 0) pd_append_byte(types, '\0');
    return status == PADAN_OK ? pd_buffer_status(types, error) : status;
}

/* --- linking --- */

static enum padan_status list_pairs(struct padan_result *result, struct padan_error *error)
{
    const struct pd_edges *edges = &result->links.edges;
    const size_t n = edges->n_edges;
    PD_TRY(pd_allocate_array(&result->left, n, sizeof *result->left, error));
    PD_TRY(pd_allocate_array(&result->right, n, sizeof *result->right, error));
    PD_TRY(pd_allocate_array(&result->weights, n, sizeof *result->weights, error));
    PD_TRY(pd_allocate_array(&result->probabilities, n, sizeof *result->probabilities, error));
    PD_TRY(pd_allocate_array(&result->keys, n, sizeof *result->keys, error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        result->left[i] = edge->left;
        result->right[i] = edge->right;
        result->weights[i] = pd_weight_to_double(edge->weight);
        result->probabilities[i] = pd_probability_of_weight(edge->weight);
        result->keys[i] = edge->pass;
    }
    return PADAN_OK;
}

static enum padan_status fill(struct padan_result *result, struct padan_error *error)
{
    struct pd_links *links = &result->links;
    const size_t n = links->edges.n_comparisons;
    PD_TRY(pd_allocate(&result->comparisons, n + 1, sizeof *result->comparisons, error));
    for (size_t i = 0; i < n; i++) result->comparisons[i] = links->comparisons[i].data;
    struct pd_buffer *const texts[] = { &links->model, &links->decisions, &result->notes };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pd_append_byte(texts[i], '\0');
        PD_TRY(pd_buffer_status(texts[i], error));
    }
    PD_TRY(list_pairs(result, error));
    pd_free(links->edges.edges);
    links->edges.edges = NULL;
    return PADAN_OK;
}

static enum padan_status link_table(struct padan_table *table, const struct padan_options *options,
                                    struct padan_result *result, struct padan_error *error)
{
    struct pd_table rows = { 0 };
    struct pd_buffer types = { 0 };
    struct listener listener = { options == NULL ? NULL : options->progress, &result->notes };
    enum padan_status status = take(table, options, &rows, &types, error);
    if (status == PADAN_OK) {
        const struct pd_engine_options engine = engine_options(options, &rows, &types, &listener);
        status = pd_engine_link_table(&engine, &rows, &result->links, error);
    }
    pd_table_reset(&rows);
    pd_buffer_reset(&types);
    return status == PADAN_OK ? fill(result, error) : status;
}

enum padan_status padan_link(struct padan_table *table, const struct padan_options *options,
                             struct padan_result **result, struct padan_error *error)
{
    struct padan_result *made = NULL;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    const enum padan_status status = link_table(table, options, made, error);
    if (status == PADAN_OK)
        *result = made;
    else
        padan_result_free(made);
    return status;
}

void padan_result_free(struct padan_result *result)
{
    if (result == NULL) return;
    pd_links_reset(&result->links);
    pd_buffer_reset(&result->notes);
    pd_free(result->left);
    pd_free(result->right);
    pd_free(result->weights);
    pd_free(result->probabilities);
    pd_free(result->keys);
    pd_free(result->comparisons);
    pd_free(result);
}

/* --- results --- */

void padan_result_pairs(const struct padan_result *result, struct padan_pairs *pairs)
{
    *pairs = (struct padan_pairs){ .n_pairs = result->links.edges.n_edges,
                                   .n_comparisons = result->links.edges.n_comparisons,
                                   .left = result->left,
                                   .right = result->right,
                                   .match_weight = result->weights,
                                   .match_probability = result->probabilities,
                                   .levels = result->links.edges.gammas,
                                   .match_key = result->keys,
                                   .comparisons = result->comparisons };
}

uint64_t padan_result_n_rows(const struct padan_result *result)
{
    return result->links.clusters.n_records;
}

const uint32_t *padan_result_clusters(const struct padan_result *result)
{
    return result->links.clusters.cluster;
}

const char *padan_result_model(const struct padan_result *result)
{
    return result->links.model.data;
}

const char *padan_result_decisions(const struct padan_result *result)
{
    return result->links.decisions.data;
}

const char *padan_result_notes(const struct padan_result *result)
{
    return result->notes.data;
}

/* --- scoring --- */

enum padan_status padan_score(struct padan_table *table, const struct padan_options *options,
                              const struct padan_candidates *candidates, struct padan_error *error)
{
    struct pd_table rows = { 0 };
    struct pd_buffer types = { 0 }, notes = { 0 };
    struct listener listener = { options == NULL ? NULL : options->progress, &notes };
    const struct pd_pairs_to_score pairs = { candidates->n_pairs, candidates->left,   candidates->right,
                                             candidates->weights, candidates->levels, candidates->n_levels };
    enum padan_status status = take(table, options, &rows, &types, error);
    if (status == PADAN_OK) {
        const struct pd_engine_options engine = engine_options(options, &rows, &types, &listener);
        status = pd_engine_score_table(&engine, &rows, &pairs, error);
    }
    pd_table_reset(&rows);
    pd_buffer_reset(&types);
    pd_buffer_reset(&notes);
    return status;
}

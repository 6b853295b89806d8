/* SPDX-License-Identifier: MIT
 * Linking, scoring and clustering, and what they give back. */
#include "base/memory.h"
#include "engine/at_hand.h"
#include "library/call.h"
#include "library/words.h"

struct padan_result {
    struct pd_links links;
    uint64_t n_rows;
    struct pd_buffer notes;
    uint32_t *left, *right;
    double *weights, *probabilities;
    uint8_t *keys;
    const char **comparisons;
};

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
    pd_library_words(result->notes.data);
    PD_TRY(list_pairs(result, error));
    pd_free(links->edges.edges);
    links->edges.edges = NULL;
    return PADAN_OK;
}

/* Links the rows of a call that began. */
static enum padan_status link_call(struct pd_library_call *call, struct padan_result *result, struct padan_error *error)
{
    result->n_rows = call->rows.n_records;
    PD_TRY(pd_engine_link_table(&call->engine, &call->rows, &result->links, error));
    result->notes = call->notes;
    call->notes = (struct pd_buffer){ 0 };
    return fill(result, error);
}

enum padan_status pd_library_link(struct padan_table *table, const struct padan_options *options,
                                  const struct pd_portable_blocks *blocks, struct padan_result **result,
                                  struct padan_error *error)
{
    struct pd_library_call call;
    struct padan_result *made = NULL;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    enum padan_status status = pd_library_call_begin(&call, table, options, error);
    call.engine.blocks = blocks;
    call.engine.part_of_rows = blocks != NULL;
    if (status == PADAN_OK) status = link_call(&call, made, error);
    pd_library_call_end(&call);
    if (status == PADAN_OK)
        *result = made;
    else
        padan_result_free(made);
    return pd_library_told(status, error);
}

enum padan_status padan_link(struct padan_table *table, const struct padan_options *options,
                             struct padan_result **result, struct padan_error *error)
{
    return pd_library_link(table, options, NULL, result, error);
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
    return result->n_rows;
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
    struct pd_library_call call;
    const struct pd_pairs_to_score pairs = { candidates->n_pairs, candidates->left,   candidates->right,
                                             candidates->weights, candidates->levels, candidates->n_levels };
    enum padan_status status = pd_library_call_begin(&call, table, options, error);
    if (status == PADAN_OK) status = pd_engine_score_table(&call.engine, &call.rows, &pairs, error);
    pd_library_call_end(&call);
    return pd_library_told(status, error);
}

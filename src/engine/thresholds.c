/* SPDX-License-Identifier: MIT
 * Several thresholds in one run: the pairs are the same, the clusters are made once per threshold. */
#include "base/memory.h"
#include "engine/state.h"
#include "linking/linked_clusters.h"

#include <math.h>

enum padan_status pd_engine_read_thresholds(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_text rest = pd_text_of(engine->options->thresholds);
    while (rest.length > 0) {
        struct pd_threshold *more = &engine->more[engine->n_more];
        double bits = 0;
        size_t end = 0;
        while (end < rest.length && rest.data[end] != ',') end++;
        more->text = pd_text_trim(pd_text_slice(rest, 0, end));
        rest = pd_text_slice(rest, end + 1, rest.length);
        if (engine->n_more == PD_MORE_THRESHOLDS_MAX || !pd_text_to_double(more->text, &bits) || !isfinite(bits))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--thresholds must be up to %d match weights in bits, such as 0,5,10",
                    PD_MORE_THRESHOLDS_MAX);
        more->weight = pd_weight_of_bits(bits);
        if (more->weight < engine->pair_threshold) engine->pair_threshold = more->weight;
        engine->n_more++;
    }
    return PADAN_OK;
}

enum padan_status pd_engine_more_clusters(struct pd_engine *engine, struct padan_error *error)
{
    uint8_t *classes = NULL;
    uint8_t *cuts = NULL;
    struct pd_edges *edges = &engine->edges;
    enum padan_status status = PADAN_OK;
    if (engine->n_more == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&classes, edges->n_edges + 1, 1, error));
    status = pd_allocate(&cuts, edges->n_edges + 1, 1, error);
    for (size_t i = 0; status == PADAN_OK && i < edges->n_edges; i++) {
        classes[i] = edges->edges[i].class;
        cuts[i] = edges->edges[i].cut;
    }
    for (size_t k = 0; status == PADAN_OK && k < engine->n_more; k++) {
        struct pd_threshold *more = &engine->more[k];
        for (size_t i = 0; i < edges->n_edges; i++)
            edges->edges[i].class = edges->edges[i].weight >= more->weight ? PD_CLASS_AUTOMATIC : PD_CLASS_REVIEW;
        status = pd_linked_clusters(&engine->linker, more->weight, edges, &more->clusters, error);
    }
    for (size_t i = 0; status == PADAN_OK && i < edges->n_edges; i++) {
        edges->edges[i].class = classes[i];
        edges->edges[i].cut = cuts[i];
    }
    pd_free(classes);
    pd_free(cuts);
    return status;
}

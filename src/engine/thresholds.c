/* SPDX-License-Identifier: MIT
 * From which weights on pairs are kept and linked. Several thresholds in one run: the pairs are the same, the clusters
 * are made once per threshold. */
#include "base/memory.h"
#include "engine/state.h"
#include "linking/linked_clusters.h"

#include <math.h>

/* Pairs are written and clusters joined from this match probability on when neither flags nor model say another. */
static const double DEFAULT_PROBABILITY = 0.9;

static bool is_given(const struct pd_engine_options *options)
{
    return !isnan(options->threshold_weight) || !isnan(options->threshold_probability);
}

static double bits_of_probability(double probability)
{
    return log2(probability / (1 - probability));
}

struct pd_link_thresholds pd_engine_thresholds(const struct pd_model *model, const struct pd_engine_options *options)
{
    double kept = model->has_thresholds ? model->review_weight : bits_of_probability(DEFAULT_PROBABILITY);
    double linked = model->has_thresholds ? model->automatic_weight : kept;
    if (!isnan(options->threshold_probability)) kept = linked = bits_of_probability(options->threshold_probability);
    if (!isnan(options->threshold_weight)) kept = linked = options->threshold_weight;
    const bool by_source = model->has_thresholds && model->n_source_pairs > 0 && !is_given(options);
    return (struct pd_link_thresholds){ .kept = options->all_pairs ? INT64_MIN : pd_weight_of_bits(kept),
                                        .linked = pd_weight_of_bits(linked),
                                        .by_source = by_source ? model : NULL };
}

bool pd_engine_decides(const struct pd_model *model, const struct pd_engine_options *options)
{
    return model->n_decisions > 0 && !is_given(options);
}

/* Clusters at one weight are the same ones: a second column of them would have the first one's name. */
static enum padan_status check_is_new(const struct pd_engine *engine, const struct pd_threshold *more,
                                      struct padan_error *error)
{
    for (const struct pd_threshold *other = engine->more; other < more; other++)
        if (other->weight == more->weight)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--thresholds names one weight twice, as %.*s and %.*s",
                    PD_TEXT_ARGS(other->text), PD_TEXT_ARGS(more->text));
    return PADAN_OK;
}

enum padan_status pd_engine_read_thresholds(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_text rest = pd_text_of(engine->options->thresholds);
    while (rest.length > 0) {
        struct pd_threshold *more = &engine->more[engine->n_more];
        double bits = 0;
        more->text = pd_text_take_item(&rest);
        if (engine->n_more == PD_MORE_THRESHOLDS_MAX || !pd_text_to_double(more->text, &bits) || !isfinite(bits))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--thresholds must be up to %d match weights in bits, such as 0,5,10",
                    PD_MORE_THRESHOLDS_MAX);
        more->weight = pd_weight_of_bits(bits);
        PD_TRY(check_is_new(engine, more, error));
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

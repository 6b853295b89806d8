/* SPDX-License-Identifier: MIT
 * Thresholds of class otomatis: the trained model scores the pairs of its blocking rules, and the labelled ones among
 * them say from which weight on the wanted precision is reached, for each pair of sources. */
#include "train/threshold.h"
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

/* Match probabilities: no threshold is lower than the first, none without proof lower than the second, and pairs below
 * the third are not looked at. */
static const double LEAST = 0.9;
static const double CAUTIOUS = 0.999;
static const double SEEN = 0.01;

static pd_weight weight_of(double probability)
{
    return pd_weight_of_ratio(probability / (1 - probability));
}

/* Labelled pairs of one group; SIZE_MAX = of all. */
static size_t take_group(const struct pd_trainer *trainer, const struct pd_edges *edges, size_t group,
                         struct pd_scored_label *labels)
{
    size_t n = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        const int8_t label = pd_trainer_label(trainer, edge->left, edge->right);
        if (label < 0 || (group != SIZE_MAX && pd_trainer_group(trainer, edge->left, edge->right) != group)) continue;
        labels[n++] = (struct pd_scored_label){ edge->weight, label == 1 };
    }
    return n;
}

static struct pd_threshold find(const struct pd_trainer *trainer, const struct pd_edges *edges, size_t group,
                                struct pd_scored_label *labels)
{
    const size_t n = take_group(trainer, edges, group, labels);
    return pd_threshold_find(labels, n, trainer->options->labels.precision, weight_of(LEAST), weight_of(CAUTIOUS));
}

static enum padan_status warn_unshown(struct pd_trainer *trainer, const struct pd_trained_group *group,
                                      struct padan_error *error)
{
    const struct pd_source *sources = trainer->table->sources;
    const struct pd_text a = group->a == SIZE_MAX ? PD_TEXT("all sources") : sources[group->a].name;
    const struct pd_text b = group->b == SIZE_MAX ? a : sources[group->b].name;
    return pd_trainer_warn(trainer, error,
                           "the labels of %.*s and %.*s do not show the wanted precision at any weight: the threshold "
                           "is above every labelled non-match",
                           PD_TEXT_ARGS(a), PD_TEXT_ARGS(b));
}

static enum padan_status calibrate(struct pd_trainer *trainer, const struct pd_edges *edges, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    struct pd_model *model = trainer->model;
    struct pd_scored_label *labels = NULL;
    enum padan_status status = pd_allocate(&labels, edges->n_edges + 1, sizeof *labels, error);
    for (size_t i = 0; status == PADAN_OK && i < result->n_groups; i++) {
        struct pd_trained_group *group = &result->groups[i];
        const struct pd_threshold threshold = find(trainer, edges, i, labels);
        group->automatic = pd_weight_to_double(threshold.weight);
        group->precision = threshold.precision;
        group->n_labelled = threshold.n_labelled;
        group->calibrated = true;
        if (!threshold.shown) status = warn_unshown(trainer, group, error);
    }
    if (status == PADAN_OK) {
        const struct pd_threshold all = find(trainer, edges, SIZE_MAX, labels);
        const double review = model->has_thresholds ? model->review_weight : 0;
        model->automatic_weight = pd_weight_to_double(all.weight);
        model->review_weight = fmin(review, model->automatic_weight);
        for (size_t i = 0; i < result->n_groups; i++)
            model->review_weight = fmin(model->review_weight, result->groups[i].automatic);
        model->has_thresholds = true;
    }
    pd_free(labels);
    return status;
}

enum padan_status pd_trainer_thresholds(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_labels *labels = &trainer->options->labels;
    struct pd_linker linker;
    struct pd_edges edges = { .n_edges = 0 };
    if (!(labels->precision > 0) || (labels->entities == NULL && labels->n_pairs == 0)) return PADAN_OK;
    PD_TRY(pd_linker_make(&linker, trainer->table, trainer->model, trainer->threads, error));
    enum padan_status status = pd_linker_run(&linker, trainer->scope, NULL, weight_of(SEEN), &edges, error);
    if (status == PADAN_OK) status = calibrate(trainer, &edges, error);
    pd_edges_reset(&edges);
    pd_linker_reset(&linker);
    return status;
}

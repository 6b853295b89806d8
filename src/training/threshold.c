/* SPDX-License-Identifier: MIT
 * Thresholds of class otomatis: the trained model scores the pairs of its blocking rules, and the labelled ones among
 * them say from which weight on the wanted precision is reached, for each pair of sources. Only pairs that two
 * independent fields speak strongly for count, since no other pair is to be automatic: the model gets a decision that
 * says so, for no number of labels shows that a single field is never mistaken. */
#include "train/threshold.h"
#include "base/memory.h"
#include "model/strong_fields.h"
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

/* What thresholds are found on. */
struct scored {
    const struct pd_trainer *trainer;
    struct pd_edges edges;
    struct pd_strong_fields strong;
};

/* Labelled pairs of one group; SIZE_MAX = of all. */
static size_t take_group(const struct scored *scored, size_t group, struct pd_scored_label *labels)
{
    const struct pd_trainer *trainer = scored->trainer;
    const struct pd_edges *edges = &scored->edges;
    size_t n = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (pd_strong_fields_count(&scored->strong, edges->gammas + i * edges->n_comparisons) < PD_STRONG_FIELDS_MIN)
            continue;
        const int8_t label = pd_trainer_label(trainer, edge->left, edge->right);
        if (label < 0 || (group != SIZE_MAX && pd_trainer_group(trainer, edge->left, edge->right) != group)) continue;
        labels[n++] = (struct pd_scored_label){ edge->weight, label == 1 };
    }
    return n;
}

static struct pd_threshold find(const struct scored *scored, size_t group, struct pd_scored_label *labels)
{
    const size_t n = take_group(scored, group, labels);
    return pd_threshold_find(labels, n, scored->trainer->options->labels.precision, weight_of(LEAST),
                             weight_of(CAUTIOUS));
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

static bool asks_for_strong_fields(const struct pd_model *model)
{
    const struct pd_text name = PD_TEXT("bidang_kuat");
    for (size_t i = 0; i < model->n_decisions; i++) {
        const struct pd_text sql = model->decisions[i].sql;
        for (size_t at = 0; at + name.length <= sql.length; at++)
            if (memcmp(sql.data + at, name.data, name.length) == 0) return true;
    }
    return false;
}

/* Adds the decision that no pair with a single strong field is automatic, unless the model has one of its own. */
static enum padan_status ask_for_strong_fields(struct pd_trainer *trainer, const struct pd_strong_fields *strong,
                                               struct padan_error *error)
{
    struct pd_model *model = trainer->model;
    struct pd_decision *decisions = NULL;
    if (pd_strong_fields_most(strong) < PD_STRONG_FIELDS_MIN)
        PD_TRY(
            pd_trainer_warn(trainer, error,
                            "fewer than two independent comparisons have a level of %.0f bits or more: no pair can be "
                            "of class otomatis",
                            PD_STRONG_BITS));
    if (asks_for_strong_fields(model)) return PADAN_OK;
    PD_TRY(pd_arena_allocate(&model->arena, &decisions, (model->n_decisions + 1) * sizeof *decisions, error));
    if (model->n_decisions > 0) memcpy(decisions, model->decisions, model->n_decisions * sizeof *decisions);
    struct pd_decision *added = &decisions[model->n_decisions];
    *added =
        (struct pd_decision){ .id = PD_TEXT("BIDANG"), .sql = PD_TEXT("bidang_kuat < 2"), .class = PD_CLASS_REVIEW };
    PD_TRY(pd_expression_parse(&model->arena, added->sql, PD_MODE_ROW, pd_linker_functions(), "decision BIDANG",
                               &added->condition, error));
    model->decisions = decisions;
    model->n_decisions++;
    return PADAN_OK;
}

static enum padan_status calibrate(struct pd_trainer *trainer, const struct scored *scored, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    struct pd_model *model = trainer->model;
    struct pd_scored_label *labels = NULL;
    enum padan_status status = pd_allocate(&labels, scored->edges.n_edges + 1, sizeof *labels, error);
    for (size_t i = 0; status == PADAN_OK && i < result->n_groups; i++) {
        struct pd_trained_group *group = &result->groups[i];
        const struct pd_threshold threshold = find(scored, i, labels);
        group->automatic = pd_weight_to_double(threshold.weight);
        group->precision = threshold.precision;
        group->n_labelled = threshold.n_labelled;
        group->calibrated = true;
        if (!threshold.shown) status = warn_unshown(trainer, group, error);
    }
    if (status == PADAN_OK) {
        const struct pd_threshold all = find(scored, SIZE_MAX, labels);
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
    struct scored scored = { .trainer = trainer };
    if (!(labels->precision > 0) || (labels->entities == NULL && labels->n_pairs == 0)) return PADAN_OK;
    PD_TRY(pd_trainer_make_linker(trainer, trainer->model, &linker, error));
    enum padan_status status = pd_linker_run(&linker, trainer->scope, weight_of(SEEN), &scored.edges, error);
    pd_strong_fields_make(&scored.strong, trainer->model);
    if (status == PADAN_OK) status = calibrate(trainer, &scored, error);
    if (status == PADAN_OK) status = ask_for_strong_fields(trainer, &scored.strong, error);
    pd_edges_reset(&scored.edges);
    pd_linker_reset(&linker);
    return status;
}

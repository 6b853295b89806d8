/* SPDX-License-Identifier: MIT
 * What labelled pairs say of a whole model, once it is trained: whether it is better than the model that came, and from
 * which weight on pairs are best linked. */
#include "base/memory.h"
#include "train/label_threshold.h"
#include "training/trainer_state.h"

#include <math.h>
#include <stdlib.h>

/* A model made of the rows without any label is kept unless the labels are so many bits likelier under the new one;
 * one label says no more than so many, for it may be wrong, so that none decides alone. */
static const double GAIN_BITS = 5, LABEL_BITS = 4;
/* The same where they let expect an F1: so much more. */
static const double GAIN_F1 = .002;
/* No match weighs less than the first, and hardly a pair that is none more than the other. */
static const double NEVER_BITS = -20, CERTAIN_BITS = 10;
/* Match probabilities: pairs below the first are never linked; the threshold of models that name none. */
static const double SEEN = .01, DEFAULT = .9;

static double bits_of(double probability)
{
    return log2(probability / (1 - probability));
}

/* Weights of the labelled pairs, in their order. */
static void weigh_labels(const struct pd_trainer *trainer, const struct pd_linker *linker,
                         struct pd_weighed_label *labels)
{
    int8_t gammas[PD_COMPARISONS_MAX];
    for (size_t i = 0; i < trainer->labels.n; i++) {
        const struct pd_key *key = &trainer->labels.keys[i];
        const struct pd_pair pair = pd_linker_pair(linker, (uint32_t)(key->hash >> 32), (uint32_t)key->hash);
        pd_weight weight = 0;
        (void)pd_plan_score(&linker->plan, linker->workers, pair.left, pair.right, INT64_MIN, gammas, &weight);
        labels[i] = (struct pd_weighed_label){ pd_weight_to_double(weight), key->record != 0 };
    }
}

/* --- pairs that may be linked --- */

static int by_pair(const void *a, const void *b)
{
    const struct pd_edge *x = a;
    const struct pd_edge *y = b;
    if (x->left != y->left) return x->left < y->left ? -1 : 1;
    return (x->right > y->right) - (x->right < y->right);
}

static int heaviest_first(const void *a, const void *b)
{
    const struct pd_edge *x = a;
    const struct pd_edge *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return by_pair(a, b);
}

/* Whether clusters of the model hold a row of each source once, so that a pair must be the best of its rows. */
static bool is_one_to_one(const struct pd_model *model)
{
    return model->clustering == PD_CLUSTER_ONE_TO_ONE || model->clustering == PD_CLUSTER_MUTUAL ||
           model->clustering == PD_CLUSTER_PAIRS;
}

/* Weights of the pairs that may be linked, heaviest first. Sorts the edges. */
static enum padan_status weigh_linked(const struct pd_trainer *trainer, struct pd_edges *edges, double *weights,
                                      size_t *n, struct padan_error *error)
{
    const struct pd_table *table = trainer->table;
    const bool once = is_one_to_one(trainer->model);
    bool *taken = NULL;
    *n = 0;
    PD_TRY(pd_allocate(&taken, table->n_records * table->n_sources + 1, sizeof *taken, error));
    qsort(edges->edges, edges->n_edges, sizeof *edges->edges, heaviest_first);
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        bool *left = &taken[edge->left * table->n_sources + pd_table_source(table, edge->right)];
        bool *right = &taken[edge->right * table->n_sources + pd_table_source(table, edge->left)];
        if (once && (*left || *right)) continue;
        *left = *right = true;
        weights[(*n)++] = pd_weight_to_double(edge->weight);
    }
    pd_free(taken);
    return PADAN_OK;
}

/* Labelled pairs that no rule brings together are not found at any weight. Returns how many matches among them. */
static size_t mark_unreached(const struct pd_trainer *trainer, const struct pd_linker *linker,
                             const struct pd_edges *edges, struct pd_weighed_label *labels)
{
    size_t n = 0;
    for (size_t i = 0; i < trainer->labels.n; i++) {
        const struct pd_key *key = &trainer->labels.keys[i];
        const struct pd_pair pair = pd_linker_pair(linker, (uint32_t)(key->hash >> 32), (uint32_t)key->hash);
        const struct pd_edge wanted = { .left = pair.left, .right = pair.right };
        if (labels[i].weight < bits_of(SEEN) ||
            bsearch(&wanted, edges->edges, edges->n_edges, sizeof wanted, by_pair) != NULL)
            continue;
        labels[i].weight = -INFINITY;
        n += labels[i].is_match;
    }
    return n;
}

static struct pd_weighed_pairs pairs_of(const struct pd_trainer *trainer, const struct pd_label_survey *survey)
{
    return (struct pd_weighed_pairs){ survey->weights, survey->n, bits_of(SEEN), survey->labels, trainer->labels.n };
}

static double threshold_of(const struct pd_model *model)
{
    return model->has_thresholds ? model->automatic_weight : bits_of(DEFAULT);
}

static enum padan_status look_at_pairs(struct pd_trainer *trainer, struct pd_linker *linker,
                                       struct pd_label_survey *survey, struct padan_error *error)
{
    struct pd_edges edges = { 0 };
    enum padan_status status = pd_linker_run(linker, trainer->scope, pd_weight_of_bits(bits_of(SEEN)), &edges, error);
    if (status == PADAN_OK)
        status =
            pd_arena_allocate(&trainer->arena, &survey->weights, (edges.n_edges + 1) * sizeof *survey->weights, error);
    if (status == PADAN_OK) {
        survey->n_unreached = mark_unreached(trainer, linker, &edges, survey->labels);
        status = weigh_linked(trainer, &edges, survey->weights, &survey->n, error);
    }
    pd_edges_reset(&edges);
    return status;
}

/* The labels under the model as it stands, and its pairs where they are few. */
static enum padan_status survey_model(struct pd_trainer *trainer, struct pd_label_survey *survey,
                                      struct padan_error *error)
{
    struct pd_linker linker;
    *survey = (struct pd_label_survey){ .has_pairs = pd_trainer_few_pairs(trainer) };
    PD_TRY(
        pd_arena_allocate(&trainer->arena, &survey->labels, (trainer->labels.n + 1) * sizeof *survey->labels, error));
    PD_TRY(pd_trainer_make_linker(trainer, trainer->model, &linker, error));
    weigh_labels(trainer, &linker, survey->labels);
    const enum padan_status status = survey->has_pairs ? look_at_pairs(trainer, &linker, survey, error) : PADAN_OK;
    pd_linker_reset(&linker);
    /* Clusters of more rows find pairs of low weight through others: the weights of matches do not tell their recall.
     */
    survey->total = (struct pd_label_total){ INFINITY, INFINITY };
    if (status != PADAN_OK || !survey->has_pairs || !is_one_to_one(trainer->model)) return status;
    const struct pd_weighed_pairs pairs = pairs_of(trainer, survey);
    survey->total = pd_label_matches(&pairs, threshold_of(trainer->model));
    return PADAN_OK;
}

/* --- the model that came --- */

/* Pairs that a labelled non-match stands for against a labelled match. Unless pairs were drawn by their weight, they
 * were drawn by what they are, and pairs that are none are many more. */
static double pairs_of_other(const struct pd_trainer *trainer, const struct pd_weighed_label *labels)
{
    const size_t n = trainer->labels.n;
    double matches = 0, pairs = 0;
    if (pd_label_draw_of(labels, n, bits_of(SEEN)) == PD_LABELS_BY_WEIGHT) return 1;
    for (size_t i = 0; i < n; i++) matches += labels[i].is_match;
    for (size_t i = 0; i < trainer->n_groups; i++) pairs += trainer->n_pairs[i];
    return matches == 0 || matches == (double)n
               ? 1
               : fmax(pairs / trainer->result->n_matches * matches / ((double)n - matches), 1);
}

/* Bits that the labels cost under a model: minus log2 of their probability. */
static double cost_of(const struct pd_weighed_label *labels, size_t n, double pairs_of_other)
{
    double bits = 0;
    for (size_t i = 0; i < n; i++) {
        const double against = labels[i].is_match ? -labels[i].weight : labels[i].weight;
        const double cost = fmin(log2(1 + exp2(fmin(against, 2 * LABEL_BITS))), LABEL_BITS);
        bits += cost * (labels[i].is_match ? 1 : pairs_of_other);
    }
    return bits;
}

enum padan_status pd_trainer_remember(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_model *model = trainer->model;
    struct pd_came *came = &trainer->came;
    size_t n = 0;
    if (trainer->labels.n == 0 || !model->made_from_rows) return PADAN_OK;
    came->model = *model;
    PD_TRY(pd_arena_allocate(&trainer->arena, &came->levels, PD_TRAIN_TABLE * sizeof *came->levels, error));
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) came->levels[n++] = model->comparisons[i].levels[j];
    came->known = true;
    return survey_model(trainer, &came->survey, error);
}

/* Lambda of a group under the model that came. */
static double lambda_of(const struct pd_trainer *trainer, const struct pd_trained_group *group)
{
    const struct pd_model *model = &trainer->came.model;
    const struct pd_source *sources = trainer->table->sources;
    for (size_t i = 0; group->a != SIZE_MAX && i < model->n_source_pairs; i++)
        if (pd_text_equal(model->source_pairs[i].left, sources[group->a].name) &&
            pd_text_equal(model->source_pairs[i].right, sources[group->b].name))
            return model->source_pairs[i].lambda;
    return model->lambda;
}

static void take_back(struct pd_trainer *trainer)
{
    const struct pd_came *came = &trainer->came;
    struct pd_model *model = trainer->model;
    struct pd_train_result *result = trainer->result;
    size_t n = 0;
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) model->comparisons[i].levels[j] = came->levels[n++];
    model->lambda = result->lambda = came->model.lambda;
    model->prior = came->model.prior;
    model->review_weight = came->model.review_weight;
    model->automatic_weight = came->model.automatic_weight;
    model->has_thresholds = came->model.has_thresholds;
    for (size_t i = 0; i < result->n_groups; i++) result->groups[i].lambda = lambda_of(trainer, &result->groups[i]);
}

/* By the F1 that matches drawn at random let expect of either model at its best threshold. */
static enum padan_status compare_f1(struct pd_trainer *trainer, double *gain, struct padan_error *error)
{
    const struct pd_label_survey *of_came = &trainer->came.survey, *of_trained = &trainer->survey;
    const struct pd_weighed_pairs came = pairs_of(trainer, of_came), trained = pairs_of(trainer, of_trained);
    const double n_matches = fmin(of_came->total.upper, of_trained->total.upper);
    struct pd_label_threshold before, now;
    PD_TRY(pd_label_threshold_find(&came, threshold_of(&trainer->came.model), n_matches, &before, error));
    PD_TRY(pd_label_threshold_find(&trained, threshold_of(trainer->model), n_matches, &now, error));
    *gain = now.f1 - before.f1;
    return PADAN_OK;
}

/* Whether the labels say that the trained weights are better than those that came. */
static enum padan_status is_better(struct pd_trainer *trainer, bool *better, struct padan_error *error)
{
    const struct pd_label_survey *came = &trainer->came.survey, *trained = &trainer->survey;
    const size_t n = trainer->labels.n;
    double gain = 0;
    if (isfinite(came->total.n) && isfinite(trained->total.n) && came->has_pairs) {
        PD_TRY(compare_f1(trainer, &gain, error));
        *better = gain >= GAIN_F1;
        return PADAN_OK;
    }
    *better = cost_of(came->labels, n, pairs_of_other(trainer, came->labels)) >=
              cost_of(trained->labels, n, pairs_of_other(trainer, trained->labels)) + GAIN_BITS;
    return PADAN_OK;
}

enum padan_status pd_trainer_prefer(struct pd_trainer *trainer, struct padan_error *error)
{
    bool better = false;
    if (trainer->labels.n == 0) return PADAN_OK;
    PD_TRY(survey_model(trainer, &trainer->survey, error));
    if (!trainer->came.known) return PADAN_OK;
    PD_TRY(is_better(trainer, &better, error));
    const double upper = fmin(trainer->survey.total.upper, trainer->came.survey.total.upper);
    if (!better) trainer->survey = trainer->came.survey;
    trainer->survey.total.n = fmin(trainer->survey.total.n, upper);
    if (better) return PADAN_OK;
    take_back(trainer);
    return pd_trainer_warn(trainer, error,
                           "the labels do not say that the trained weights are better than those that were found "
                           "without them: these stay");
}

/* --- labels that cannot be right --- */

static enum padan_status warn_of_contradictions(struct pd_trainer *trainer, struct padan_error *error)
{
    size_t n_matches = 0, n_others = 0;
    for (size_t i = 0; i < trainer->labels.n; i++) {
        const struct pd_weighed_label *label = &trainer->survey.labels[i];
        n_matches += label->is_match && label->weight < NEVER_BITS && label->weight > -INFINITY;
        n_others += !label->is_match && label->weight > CERTAIN_BITS;
    }
    if (n_matches + n_others == 0) return PADAN_OK;
    return pd_trainer_warn(trainer, error,
                           "labels against all that the rows say, to be looked at again: %zu matches of less than "
                           "%.0f bits, %zu others of more than %.0f",
                           n_matches, NEVER_BITS, n_others, CERTAIN_BITS);
}

/* --- the threshold --- */

static enum padan_status set_threshold(struct pd_trainer *trainer, double before,
                                       const struct pd_label_threshold *found, struct padan_error *error)
{
    struct pd_model *model = trainer->model;
    if (found->weight == before) return PADAN_OK;
    model->review_weight = fmin(model->has_thresholds ? model->review_weight : before, found->weight);
    model->automatic_weight = found->weight;
    model->has_thresholds = true;
    return pd_trainer_warn(trainer, error,
                           "by the labels, which %s, the threshold is %.2f bits instead of %.2f: expected F1 %.4f "
                           "instead of %.4f",
                           found->draw == PD_LABELS_BY_WEIGHT ? "are of pairs that may be linked, matches and others"
                                                              : "tell the recall but hardly name a pair that may be "
                                                                "linked and is none",
                           found->weight, before, found->f1, found->f1_before);
}

enum padan_status pd_trainer_threshold_of_labels(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_label_survey *survey = &trainer->survey;
    const struct pd_weighed_pairs pairs = pairs_of(trainer, survey);
    const double before = threshold_of(trainer->model);
    struct pd_label_threshold found;
    if (trainer->labels.n > 0) PD_TRY(warn_of_contradictions(trainer, error));
    if (!survey->has_pairs || trainer->options->labels.precision > 0) return PADAN_OK;
    if (survey->n_unreached > 0)
        PD_TRY(pd_trainer_warn(trainer, error,
                               "%zu labelled matches weigh enough but no blocking rule of the model brings them "
                               "together: they will not be found",
                               survey->n_unreached));
    PD_TRY(pd_label_threshold_find(&pairs, before, survey->total.n, &found, error));
    return set_threshold(trainer, before, &found, error);
}

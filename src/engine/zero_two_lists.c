/* SPDX-License-Identifier: MIT
 * One file that holds two lists without duplicates, and does not say which row is of which: the rosters of two offices
 * one below the other.
 *
 * Inside one file nothing keeps namesakes and families out of the matches but their number; where values are few, they
 * are many times as many. In a link of two sources competition does: a row has one match, and its candidates share what
 * probability there is. So where a file is not clear (training doubts what it found, found nothing, or many pairs could
 * be either), it is trained once more with rows that compete. That stands when it bears itself out: no doubt, hardly a
 * row with two good candidates that agree with each other, and more pairs told apart than before. Then clusters have
 * two rows at most. Where rows repeat already without competition it is not tried. */
#include "base/memory.h"
#include "engine/zero_state.h"

#include <math.h>

/* A file is clear when links as good as this are expected of it (F1). */
static const double CLEAR = .98;
/* Rows with two good candidates that agree with each other, of all that have one: beyond, entities have many rows. */
static const double REPEATED_MOSTLY = .5;
/* With competition fewer may have them: else groups of three and more would be cut. */
static const double REPEATED_HARDLY = .05;

/* What training has found, to go back to. */
struct found {
    double lambda;
    pd_weight prior;
    enum pd_clustering clustering;
    struct pd_auto_comparisons comparisons;
    struct pd_level *levels; /* of all comparisons: the figures only, the rest is the model's */
    struct pd_edges edges;
    double *extra;
    struct pd_estimate estimate;
    struct pd_estimate_start before;
    struct pd_auto_threshold threshold;
    struct pd_zero_doubt doubt;
    double expected;
};

/* F1 expected of the links. */
static double expected(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const struct pd_auto_threshold *threshold = &zero->threshold;
    if (doubt->kind != PD_DOUBT_NONE || zero->estimate.n_matches < 1 || threshold->cannot_tell) return 0;
    return 2 * threshold->precision * threshold->recall / fmax(threshold->precision + threshold->recall, 1e-9);
}

static size_t count_levels(const struct pd_model *model)
{
    size_t n = 0;
    for (size_t i = 0; i < model->n_comparisons; i++) n += model->comparisons[i].n_levels;
    return n;
}

/* Moves what was found out of zero. */
static enum padan_status put_aside(struct pd_zero *zero, const struct pd_zero_doubt *doubt, struct found *found,
                                   struct padan_error *error)
{
    const struct pd_model *model = zero->model;
    size_t n = 0;
    *found = (struct found){ .lambda = model->lambda, .prior = model->prior, .clustering = model->clustering };
    PD_TRY(pd_arena_allocate(&zero->arena, &found->levels, (count_levels(model) + 1) * sizeof *found->levels, error));
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
            found->levels[n++] = model->comparisons[i].levels[j];
    found->comparisons = zero->comparisons;
    found->edges = zero->edges;
    found->extra = zero->extra;
    found->estimate = zero->estimate;
    found->before = zero->before;
    found->threshold = zero->threshold;
    found->doubt = *doubt;
    found->expected = expected(zero, doubt);
    zero->edges = (struct pd_edges){ .n_edges = 0 };
    zero->extra = NULL;
    zero->estimate = (struct pd_estimate){ .n_matches = 0 };
    zero->before = (struct pd_estimate_start){ .lambda = 0 };
    return PADAN_OK;
}

static void forget(struct found *found)
{
    pd_edges_reset(&found->edges);
    pd_free(found->extra);
    pd_estimate_reset(&found->estimate);
}

/* Moves it back. */
static enum padan_status take_back(struct pd_zero *zero, struct found *found, struct pd_zero_doubt *doubt,
                                   struct padan_error *error)
{
    struct pd_model *model = zero->model;
    struct found later = { .edges = zero->edges, .extra = zero->extra, .estimate = zero->estimate };
    size_t n = 0;
    forget(&later);
    zero->edges = found->edges;
    zero->extra = found->extra;
    zero->estimate = found->estimate;
    zero->before = found->before;
    zero->threshold = found->threshold;
    zero->pairwise = false;
    *doubt = found->doubt;
    zero->comparisons = found->comparisons;
    PD_TRY(pd_zero_remake_model(zero, error));
    model->lambda = found->lambda;
    model->prior = found->prior;
    model->clustering = found->clustering;
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) {
            struct pd_level *level = &model->comparisons[i].levels[j];
            const struct pd_level *as_found = &found->levels[n++];
            level->m = as_found->m;
            level->u = as_found->u;
            level->has_m = as_found->has_m;
            level->has_u = as_found->has_u;
            level->weight = as_found->weight;
        }
    return pd_zero_remake_linker(zero, error);
}

static enum padan_status is_worth_it(struct pd_zero *zero, const struct pd_zero_doubt *doubt, bool *worth,
                                     struct padan_error *error)
{
    bool *best = NULL;
    *worth = zero->data.inside && zero->options->table->n_sources == 1 && expected(zero, doubt) < CLEAR;
    if (!*worth) return PADAN_OK;
    if (doubt->kind != PD_DOUBT_NONE) return PADAN_OK; /* what repeats are families then */
    PD_TRY(pd_zero_find_best(zero, &best, error));
    *worth = zero->uniqueness.n_repeated <= REPEATED_MOSTLY * zero->uniqueness.n_rows;
    return PADAN_OK;
}

static enum padan_status train_pairs(struct pd_zero *zero, struct found *found, struct pd_zero_doubt *doubt,
                                     struct padan_error *error)
{
    bool *best = NULL;
    zero->pairwise = true;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, &best, error));
    const struct pd_uniqueness *uniqueness = &zero->uniqueness;
    if (!uniqueness->several && uniqueness->n_repeated <= REPEATED_HARDLY * uniqueness->n_rows &&
        expected(zero, doubt) > found->expected) {
        forget(found);
        pd_append_string(zero->said, "two lists          rows have one match at most: their candidates compete, and "
                                     "clusters have two rows at most\n");
        return PADAN_OK;
    }
    return take_back(zero, found, doubt, error);
}

enum padan_status pd_zero_try_pairs(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct found found;
    bool worth = false;
    PD_TRY(is_worth_it(zero, doubt, &worth, error));
    if (!worth) return PADAN_OK;
    PD_TRY(put_aside(zero, doubt, &found, error));
    return train_pairs(zero, &found, doubt, error);
}

/* SPDX-License-Identifier: MIT
 * What training has found, put aside while something else is tried, and taken back where that is no better. */
#include "base/memory.h"
#include "zero/state.h"

#include <math.h>

/* Pairs are clear when links as good as this are expected of them (F1). */
static const double CLEAR = .98;
/* The place of a level behind those of missing and equal values. */
enum { BEHIND_EQUAL = 2 };

double pd_zero_expected(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const struct pd_auto_threshold *threshold = &zero->threshold;
    if (doubt->kind != PD_DOUBT_NONE || zero->estimate.n_matches < 1 || threshold->cannot_tell) return 0;
    return 2 * threshold->precision * threshold->recall / fmax(threshold->precision + threshold->recall, 1e-9);
}

bool pd_zero_is_clear(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    return pd_zero_expected(zero, doubt) >= CLEAR;
}

static size_t count_levels(const struct pd_model *model)
{
    size_t n = 0;
    for (size_t i = 0; i < model->n_comparisons; i++) n += model->comparisons[i].n_levels;
    return n;
}

/* The figures of all levels, in the arena. */
static enum padan_status keep_levels(struct pd_zero *zero, struct pd_level **levels, struct padan_error *error)
{
    const struct pd_model *model = zero->model;
    size_t n = 0;
    PD_TRY(pd_arena_allocate(&zero->arena, levels, (count_levels(model) + 1) * sizeof **levels, error));
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) (*levels)[n++] = model->comparisons[i].levels[j];
    return PADAN_OK;
}

static void put_figures(const struct pd_level *from, struct pd_level *to)
{
    to->m = from->m;
    to->u = from->u;
    to->has_m = from->has_m;
    to->has_u = from->has_u;
    to->weight = from->weight;
}

enum padan_status pd_zero_put_aside(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                    struct pd_zero_found *found, struct padan_error *error)
{
    const struct pd_model *model = zero->model;
    *found = (struct pd_zero_found){ .lambda = model->lambda, .prior = model->prior, .clustering = model->clustering };
    PD_TRY(keep_levels(zero, &found->levels, error));
    found->comparisons = zero->comparisons;
    found->edges = zero->edges;
    found->extra = zero->extra;
    found->estimate = zero->estimate;
    found->before = zero->before;
    found->threshold = zero->threshold;
    found->doubt = *doubt;
    found->expected = pd_zero_expected(zero, doubt);
    found->holding = pd_zero_find_holding(zero);
    PD_TRY(pd_zero_find_several(zero, &found->several, error));
    zero->edges = (struct pd_edges){ .n_edges = 0 };
    zero->extra = NULL;
    zero->estimate = (struct pd_estimate){ .n_matches = 0 };
    zero->before = (struct pd_estimate_start){ .lambda = 0 };
    return PADAN_OK;
}

void pd_zero_forget(struct pd_zero_found *found)
{
    pd_edges_reset(&found->edges);
    pd_free(found->extra);
    pd_estimate_reset(&found->estimate);
}

enum padan_status pd_zero_take_back(struct pd_zero *zero, struct pd_zero_found *found, struct pd_zero_doubt *doubt,
                                    struct padan_error *error)
{
    struct pd_model *model = zero->model;
    struct pd_zero_found later = { .edges = zero->edges, .extra = zero->extra, .estimate = zero->estimate };
    size_t n = 0;
    pd_zero_forget(&later);
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
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
            put_figures(&found->levels[n++], &model->comparisons[i].levels[j]);
    return pd_zero_remake_linker(zero, error);
}

/* How many pairs are at the new level by chance is not asked: one of all. */
static void put_apart(struct pd_level *level, double all_pairs, double ratio)
{
    level->u = 1 / all_pairs;
    level->m = ratio * level->u;
    level->has_m = level->has_u = level->fix_m = level->fix_u = true;
    level->weight = pd_weight_of_ratio(ratio);
}

enum padan_status pd_zero_put_level_apart(struct pd_zero *zero, double ratio, struct padan_error *error)
{
    struct pd_model *model = zero->model;
    const double lambda = model->lambda;
    const pd_weight prior = model->prior;
    const enum pd_clustering clustering = model->clustering;
    size_t n_levels[PD_COMPARISONS_MAX], n = 0;
    struct pd_level *levels = NULL;
    for (size_t i = 0; i < model->n_comparisons; i++) n_levels[i] = model->comparisons[i].n_levels;
    PD_TRY(keep_levels(zero, &levels, error));
    PD_TRY(pd_zero_remake_model(zero, error));
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) {
            struct pd_level *level = &model->comparisons[i].levels[j];
            if (j == BEHIND_EQUAL && model->comparisons[i].n_levels > n_levels[i])
                put_apart(level, zero->all_pairs, ratio);
            else
                put_figures(&levels[n++], level);
        }
    model->lambda = lambda;
    model->prior = prior;
    model->clustering = clustering;
    return pd_zero_remake_linker(zero, error);
}

/* Whether households explain what was found: a doubt, or rows of several people that were taken for one, and fewer of
 * the links are expected to be wrong. */
static enum padan_status are_explained(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                       const struct pd_zero_found *found, bool *explained, struct padan_error *error)
{
    double several = 0;
    *explained = false;
    if (!zero->households || doubt->kind != PD_DOUBT_NONE) return PADAN_OK;
    PD_TRY(pd_zero_find_several(zero, &several, error));
    /* Pairs of two people are wrong, whatever was expected of them. */
    const double right = fmin(found->threshold.precision, 1 - found->several);
    const bool were_several = found->several > PD_SEVERAL_MOST && several <= PD_SEVERAL_MOST;
    *explained = found->doubt.kind != PD_DOUBT_NONE || (were_several && zero->threshold.precision >= right);
    return PADAN_OK;
}

/* Whether one column of `before` is not in `now`. */
static bool lost_one(const struct pd_zero_holding *before, const struct pd_zero_holding *now)
{
    for (size_t i = 0; i < before->n; i++) {
        size_t j = 0;
        while (j < now->n && now->profiles[j] != before->profiles[i]) j++;
        if (j == now->n) return true;
    }
    return false;
}

/* Whether what is found now are rows that have a town in common, or a branch: they differ in most of what held those
 * together that were found before. */
static bool are_groups(const struct pd_zero *zero, const struct pd_zero_found *found)
{
    const bool had_matches = found->doubt.kind == PD_DOUBT_NONE && found->expected > 0;
    const struct pd_zero_holding now = pd_zero_find_holding(zero);
    return had_matches && lost_one(&found->holding, &now);
}

/* Whether more is expected than of what was found. Households that leave no doubt are better than families: even where
 * hardly a pair is a match besides, that was learned, and the usual weights were not. */
static enum padan_status is_better(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                   const struct pd_zero_found *found, bool *better, struct padan_error *error)
{
    *better = false;
    if (are_groups(zero, found)) return PADAN_OK;
    PD_TRY(are_explained(zero, doubt, found, better, error));
    *better = *better || pd_zero_expected(zero, doubt) > found->expected;
    return PADAN_OK;
}

enum padan_status pd_zero_train_anew(struct pd_zero *zero, struct pd_zero_found *found, struct pd_zero_doubt *doubt,
                                     const char *sentence, struct padan_error *error)
{
    bool *best = NULL, better = false;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, &best, error));
    PD_TRY(is_better(zero, doubt, found, &better, error));
    if (!better) return pd_zero_take_back(zero, found, doubt, error);
    pd_zero_forget(found);
    pd_append_string(zero->said, sentence);
    return PADAN_OK;
}

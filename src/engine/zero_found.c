/* SPDX-License-Identifier: MIT
 * What training has found, put aside while something else is tried, and taken back where that is no better. */
#include "base/memory.h"
#include "engine/zero_state.h"

#include <math.h>

/* Pairs are clear when links as good as this are expected of them (F1). */
static const double CLEAR = .98;

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

enum padan_status pd_zero_put_aside(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                    struct pd_zero_found *found, struct padan_error *error)
{
    const struct pd_model *model = zero->model;
    size_t n = 0;
    *found = (struct pd_zero_found){ .lambda = model->lambda, .prior = model->prior, .clustering = model->clustering };
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
    found->expected = pd_zero_expected(zero, doubt);
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

/* Whether more is expected than of what was found. Households that leave no doubt are better than families: even where
 * hardly a pair is a match besides, that was learned, and the usual weights were not. */
static bool is_better(const struct pd_zero *zero, const struct pd_zero_doubt *doubt, const struct pd_zero_found *found)
{
    const bool explains = zero->households && found->doubt.kind != PD_DOUBT_NONE && doubt->kind == PD_DOUBT_NONE;
    return explains || pd_zero_expected(zero, doubt) > found->expected;
}

enum padan_status pd_zero_train_anew(struct pd_zero *zero, struct pd_zero_found *found, struct pd_zero_doubt *doubt,
                                     const char *sentence, struct padan_error *error)
{
    bool *best = NULL;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, &best, error));
    if (!is_better(zero, doubt, found)) return pd_zero_take_back(zero, found, doubt, error);
    pd_zero_forget(found);
    pd_append_string(zero->said, sentence);
    return PADAN_OK;
}

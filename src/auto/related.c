/* SPDX-License-Identifier: MIT */
#include "auto/related.h"

#include <math.h>

/* Pseudo-pairs that hold the shares to a half. */
static const double PRIOR_PAIRS = 8;
/* Of the information of a pair, related pairs have no more than this in common. */
static const double MOST_IN_COMMON = .5;
/* Share of a value that related pairs do not have in common but by chance or for the reasons of a single pair. */
static const double HARDLY_SHARED = .02;

void pd_related_bits(const struct pd_related *related, const struct pd_model *model, double (*bits)[PD_GAMMAS])
{
    for (size_t c = 0; c < model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &model->comparisons[c];
        for (size_t i = 0; i < PD_GAMMAS; i++) bits[c][i] = 0;
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            const double shared = related->shared[c];
            if (level->is_null_level) continue;
            bits[c][level->gamma + 1] = log2(shared * level->m + (1 - shared) * level->u);
            if (level->tf_column.length == 0) bits[c][level->gamma + 1] -= log2(level->u);
        }
    }
}

/* Of pairs with these levels, the share that has the value in common; what it tells and how many have a value. */
static double learn_share(double shared, const struct pd_comparison *comparison, const double *counts,
                          double *information)
{
    double common = PRIOR_PAIRS / 2, all = PRIOR_PAIRS, filled = 0, bits = 0;
    for (size_t i = comparison->n_levels; i-- > 0;) {
        const struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        const double in_common = shared * level->m;
        const double by_chance = (1 - shared) * level->u;
        filled += counts[level->gamma + 1];
        common += counts[level->gamma + 1] * in_common / (in_common + by_chance);
        bits = -log2(level->u); /* of the highest level, the last one seen */
    }
    *information = bits * (filled + .01);
    return common / (all + filled);
}

static size_t most_shared(const struct pd_related *related, const bool *seen)
{
    size_t most = related->n_comparisons;
    for (size_t c = 0; c < related->n_comparisons; c++)
        if (!seen[c] && (most == related->n_comparisons || related->shared[c] > related->shared[most])) most = c;
    return most;
}

/* Values are in common in order of their shares as long as they make up half of the information. */
static void divide(struct pd_related *related, const double *information)
{
    bool seen[PD_COMPARISONS_MAX] = { false };
    double left = 0;
    for (size_t c = 0; c < related->n_comparisons; c++) left += MOST_IN_COMMON * information[c];
    for (size_t i = 0; i < related->n_comparisons; i++) {
        const size_t c = most_shared(related, seen);
        const double taken = information[c] * related->shared[c];
        seen[c] = true;
        if (taken > left)
            related->shared[c] = fmin(related->shared[c], HARDLY_SHARED);
        else
            left -= taken;
    }
}

void pd_related_learn(struct pd_related *related, const struct pd_model *model, const double (*counts)[PD_GAMMAS],
                      bool divided)
{
    double information[PD_COMPARISONS_MAX];
    related->n_comparisons = model->n_comparisons;
    for (size_t c = 0; c < model->n_comparisons; c++)
        related->shared[c] = learn_share(related->shared[c], &model->comparisons[c], counts[c], &information[c]);
    if (divided) divide(related, information);
}

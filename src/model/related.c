/* SPDX-License-Identifier: MIT */
#include "model/related.h"

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

double pd_related_share(double shared, const struct pd_related_field *field, double *information)
{
    double common = PRIOR_PAIRS / 2, filled = 0;
    for (size_t i = 0; i < field->n_levels; i++) {
        const double in_common = shared * field->m[i];
        const double by_chance = (1 - shared) * field->u[i];
        filled += field->counts[i];
        common += field->counts[i] * in_common / (in_common + by_chance);
    }
    *information = -log2(field->u[field->n_levels - 1]) * (filled + .01);
    return common / (PRIOR_PAIRS + filled);
}

static size_t most_shared(const struct pd_related *related, const bool *seen)
{
    size_t most = related->n_comparisons;
    for (size_t c = 0; c < related->n_comparisons; c++)
        if (!seen[c] && (most == related->n_comparisons || related->shared[c] > related->shared[most])) most = c;
    return most;
}

/* Values are in common in order of their shares as long as they make up half of the information. */
void pd_related_divide(struct pd_related *related, const double *information)
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
    for (size_t c = 0; c < model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &model->comparisons[c];
        double m[PD_LEVELS_MAX], u[PD_LEVELS_MAX];
        size_t n_levels = 0;
        for (size_t i = comparison->n_levels; i-- > 0;) { /* the lowest first */
            if (comparison->levels[i].is_null_level) continue;
            m[n_levels] = comparison->levels[i].m;
            u[n_levels++] = comparison->levels[i].u;
        }
        const struct pd_related_field field = { n_levels, m, u, counts[c] + 1 };
        related->shared[c] = pd_related_share(related->shared[c], &field, &information[c]);
    }
    if (divided) pd_related_divide(related, information);
}

/* SPDX-License-Identifier: MIT */
#include "model/related.h"

#include <math.h>

/* Pseudo-pairs that hold the shares to a half. */
static const double PRIOR_PAIRS = 8;
/* Of the information of a pair, related pairs have no more than this in common. */
static const double MOST_IN_COMMON = .5;
/* Share of a value that related pairs do not have in common but by chance or for the reasons of a single pair. */
static const double HARDLY_SHARED = .02;

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

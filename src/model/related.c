/* SPDX-License-Identifier: MIT */
#include "model/related.h"

#include <math.h>

/* Pseudo-pairs that hold the shares to a half. */
static const double PRIOR_PAIRS = 8;
/* Of the information of a pair, related pairs have no more than this in common. */
static const double MOST_IN_COMMON = .5;
/* Share of a value that related pairs do not have in common but by chance or for the reasons of a single pair. */
static const double HARDLY_SHARED = .02;
/* Who has a date of birth and this many names in common is one person. */
enum { TWO_NAMES = 2 };
static const double MOSTLY_SHARED = .5;

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

/* Who somebody is, of what is in common. */
struct identity {
    unsigned n_names;
    bool has_birth;
    bool counted[PD_COMPARISONS_MAX]; /* by comparison */
};

static bool any_of_column(const struct pd_related *related, const struct pd_telling *telling, const bool *flags,
                          size_t column)
{
    for (size_t i = 0; i < related->n_comparisons; i++)
        if (flags[i] && telling[i].column == column) return true;
    return false;
}

/* Whether another value in common leaves two people; when it does it is counted. */
static bool stay_two(struct identity *identity, const struct pd_related *related, const struct pd_telling *telling,
                     size_t c)
{
    const unsigned n_names = identity->n_names + telling[c].n_names;
    const bool has_birth = identity->has_birth || telling[c].is_birth;
    if (any_of_column(related, telling, identity->counted, telling[c].column)) return true;
    if (has_birth && n_names >= TWO_NAMES) return false;
    identity->n_names = n_names;
    identity->has_birth = has_birth;
    identity->counted[c] = true;
    return true;
}

/* Whether a value is never in common: those who have it in common mostly, as long as they may, are one and the same. */
static bool is_apart(struct pd_related *related, const struct pd_telling *telling, size_t c, bool two)
{
    if (telling == NULL) return false;
    related->apart[c] = any_of_column(related, telling, related->apart, telling[c].column) ||
                        (!two && related->shared[c] > MOSTLY_SHARED);
    return related->apart[c];
}

/* Values are in common in order of their shares as long as they make up half of the information, and two people. */
void pd_related_divide(struct pd_related *related, const double *information, const struct pd_telling *telling)
{
    bool seen[PD_COMPARISONS_MAX] = { false };
    struct identity identity = { 0 };
    double left = 0;
    for (size_t c = 0; c < related->n_comparisons; c++) left += MOST_IN_COMMON * information[c];
    for (size_t i = 0; i < related->n_comparisons; i++) {
        const size_t c = most_shared(related, seen);
        const double taken = information[c] * related->shared[c];
        const bool two = telling == NULL || stay_two(&identity, related, telling, c);
        seen[c] = true;
        if (is_apart(related, telling, c, two))
            related->shared[c] = 0;
        else if (taken > left || !two)
            related->shared[c] = fmin(related->shared[c], HARDLY_SHARED);
        else
            left -= taken;
    }
}

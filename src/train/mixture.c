/* SPDX-License-Identifier: MIT */
#include "train/mixture.h"

#include <math.h>

/* Beyond these a sum of odds says nothing more. */
static const double MOST_BITS = 200;
static const double HOPELESS_BITS = -40;

static double bits_of_share(double share)
{
    return share > 0 ? log2(share / (1 - share)) : -INFINITY;
}

static void fill_level(const struct pd_mixture *mixture, size_t comparison, size_t gamma, struct pd_mixture_bits *bits)
{
    const size_t level = pd_level_index(comparison, gamma);
    const bool by_frequency = mixture->by_frequency != NULL && mixture->by_frequency[level];
    const double of_chance = by_frequency ? 0 : log2(mixture->u[level]);
    const double of_related =
        pd_related_level(mixture->shared, comparison, gamma, mixture->m[level], mixture->u[level]);
    bits->match[comparison][gamma + 1] = log2(mixture->m[level]) - of_chance;
    bits->related[comparison][gamma + 1] = log2(of_related) - of_chance;
}

void pd_mixture_bits_make(const struct pd_mixture *mixture, struct pd_mixture_bits *bits)
{
    bits->n_comparisons = mixture->n_comparisons;
    for (size_t c = 0; c < mixture->n_comparisons; c++) {
        bits->match[c][0] = bits->related[c][0] = 0;
        for (size_t i = 0; i < mixture->n_levels[c]; i++) fill_level(mixture, c, i, bits);
    }
    for (size_t i = 0; i < mixture->n_groups; i++) {
        bits->lambda[i] = bits_of_share(mixture->lambda[i]);
        bits->of_related[i] = bits_of_share(mixture->related[i]);
    }
}

double pd_odds_of_bits(double bits)
{
    return exp2(fmin(bits, MOST_BITS));
}

struct pd_pair_odds pd_mixture_odds(const struct pd_mixture_bits *bits, const int8_t *gammas, size_t group,
                                    double extra)
{
    double match = extra, related = extra;
    for (size_t c = 0; c < bits->n_comparisons; c++) {
        match += bits->match[c][gammas[c] + 1];
        related += bits->related[c][gammas[c] + 1];
    }
    return (struct pd_pair_odds){ match + bits->lambda[group], pd_odds_of_bits(related + bits->of_related[group]) };
}

double pd_match_probability(struct pd_pair_odds odds)
{
    return odds.weight < HOPELESS_BITS ? 0 : 1 / (1 + (1 + odds.related) * exp2(-odds.weight));
}

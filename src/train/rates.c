/* SPDX-License-Identifier: MIT */
#include "train/rates.h"

#include <string.h>

/* Sums over pairs of weight, and of its square. */
struct sums {
    double weight[PD_TRAIN_TABLE], square[PD_TRAIN_TABLE];
    double missing[PD_COMPARISONS_MAX], all;
};

/* Probability that a pair is no match. */
static double other(const struct pd_rates *rates, const struct pd_mixture_bits *bits, const int8_t *pattern)
{
    const int8_t label = pattern[rates->n_comparisons];
    if (label >= 0) return 1 - label;
    if (bits == NULL) return 1;
    return 1 - pd_match_probability(pd_mixture_odds(bits, pattern, (size_t)pattern[rates->n_comparisons + 1], 0));
}

static void add(struct sums *sums, size_t comparison, int8_t gamma, double count, double weight)
{
    if (gamma < 0) return;
    const size_t level = pd_level_index(comparison, (size_t)gamma);
    sums->weight[level] += count * weight;
    sums->square[level] += count * weight * weight;
}

static void add_sample(const struct pd_rates *rates, const struct pd_rate_sample *sample,
                       const struct pd_mixture_bits *bits, struct sums *sums)
{
    for (size_t i = 0; i < sample->patterns->n; i++) {
        const int8_t *pattern = pd_pattern(sample->patterns, i);
        const int8_t *marks = pattern + rates->n_comparisons + 2;
        const double count = (double)sample->patterns->counts[i];
        const double weight = sample->weight * other(rates, bits, pattern);
        if (sample->comparison != SIZE_MAX) {
            add(sums, sample->comparison, pattern[sample->comparison], count, weight);
            continue;
        }
        sums->all += count;
        for (size_t j = 0; j < rates->n_comparisons; j++) {
            if (pattern[j] < 0) sums->missing[j] += count;
            if (!rates->stratified[j] || marks[j] == 0) add(sums, j, pattern[j], count, weight);
        }
    }
}

/* What half a pair of a level weighs: of the even sample, or of its stratum when it is one. */
static double unit(const struct pd_rates *rates, size_t comparison, size_t gamma)
{
    if (!rates->stratified[comparison] || rates->exact_gamma[comparison] != (int)gamma)
        return rates->samples[0].weight / 2;
    for (size_t i = 1; i < rates->n_samples; i++)
        if (rates->samples[i].comparison == comparison) return rates->samples[i].weight / 2;
    return rates->samples[0].weight / 2;
}

static void store(const struct pd_rates *rates, const struct sums *sums, struct pd_rate_result *result)
{
    for (size_t i = 0; i < rates->n_comparisons; i++) {
        const size_t first = pd_level_index(i, 0);
        double total = 0;
        double mass = 1;
        for (size_t j = 0; j < rates->n_levels[i]; j++) {
            if (rates->fixed[first + j])
                mass -= result->u[first + j];
            else
                total += sums->weight[first + j] + unit(rates, i, j);
        }
        result->missing[i] = sums->all > 0 ? sums->missing[i] / sums->all : 0;
        for (size_t j = 0; j < rates->n_levels[i]; j++) {
            const size_t level = first + j;
            const double square = sums->square[level];
            result->counts[level] = square > 0 ? sums->weight[level] * sums->weight[level] / square : 0;
            if (!rates->fixed[level]) result->u[level] = mass * (sums->weight[level] + unit(rates, i, j)) / total;
        }
    }
}

void pd_rates_estimate(const struct pd_rates *rates, const struct pd_mixture_bits *bits, struct pd_rate_result *result)
{
    struct sums sums;
    memset(&sums, 0, sizeof sums);
    for (size_t i = 0; i < rates->n_samples; i++) add_sample(rates, &rates->samples[i], bits, &sums);
    store(rates, &sums, result);
}

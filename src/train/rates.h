/* SPDX-License-Identifier: MIT
 * u from record pairs: shares of levels among non-matches. Every pair counts as a non-match with the probability that
 * the model of the moment gives it, so matches are taken out of every level, exact ones above all, without knowing
 * them. Pairs come from an even sample and from strata (train/stratum.h); a pair stands for as many as its sample says.
 *
 * Patterns are laid out as for EM (train/em.h); in the even sample [n_comparisons] marks follow: the stratum of the
 * comparison that the pair lies in, 0 = none. */
#ifndef PD_TRAIN_RATES_H
#define PD_TRAIN_RATES_H

#include "train/mixture.h"
#include "train/patterns.h"

struct pd_rate_sample {
    const struct pd_patterns *patterns;
    double weight;     /* pairs of the population per counted pair */
    size_t comparison; /* whose stratum it is; SIZE_MAX = the even sample */
};

struct pd_rates {
    size_t n_comparisons;
    const size_t *n_levels;
    const struct pd_rate_sample *samples; /* the even sample first */
    size_t n_samples;
    const bool *stratified; /* [n_comparisons] has strata: pairs of the even sample that lie in one are left out */
    const int *exact_gamma; /* [n_comparisons] level that is a stratum, -1 = none */
    const bool *fixed;      /* by pd_level_index: u stays */
};

struct pd_rate_result {
    double *u;       /* by pd_level_index */
    double *counts;  /* by pd_level_index: effective number of non-matches behind u */
    double *missing; /* [n_comparisons] share of pairs with the null level */
};

/* bits: the mixture of the moment; NULL = take every pair without a label for a non-match. Levels without enough pairs
 * get half a pair more (Krichevsky and Trofimov). */
void pd_rates_estimate(const struct pd_rates *rates, const struct pd_mixture_bits *bits, struct pd_rate_result *result);

#endif

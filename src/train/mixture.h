/* SPDX-License-Identifier: MIT
 * What a pair may be: the mixture that all estimation here is about.
 *
 * Of all pairs in scope a share lambda are matches, most others have nothing to do with each other, and some are
 * related without being the same (model/related.h). Given which, the levels of the comparisons are independent:
 *
 *     lambda Π m_c(γ_c)  +  related Π (s_c m_c + (1 - s_c) u_c)(γ_c)  +  (1 - lambda - related) Π u_c(γ_c)
 *
 * A missing value says nothing. Where a level weighs by how common the value is, u_c(γ_c) is the frequency of the
 * pair's own value, which comes with the pair as `extra` bits. Sums are in bits, so a pair is a sum of table entries.
 * Source: Fellegi and Sunter 1969; three classes as in Winkler 1994, Larsen and Rubin 2001. */
#ifndef PD_TRAIN_MIXTURE_H
#define PD_TRAIN_MIXTURE_H

#include "model/related.h"

enum { PD_TRAIN_TABLE = PD_COMPARISONS_MAX * PD_LEVELS_MAX, PD_TRAIN_GROUPS_MAX = 100 };

/* Place of a level in m, u and the like. */
static inline size_t pd_level_index(size_t comparison, size_t gamma)
{
    return comparison * PD_LEVELS_MAX + gamma;
}

/* Parameters, those of levels by pd_level_index. */
struct pd_mixture {
    size_t n_comparisons, n_groups;  /* groups: pairs of sources */
    const size_t *n_levels;          /* [n_comparisons] without the null level */
    const bool *by_frequency;        /* u comes with the pair; NULL: of no level */
    const double *m, *u;             /* > 0 */
    const double *lambda, *related;  /* [n_groups] shares of all pairs of a group; related 0: no such class */
    const struct pd_related *shared; /* what related pairs have in common */
};

/* Bits by comparison and gamma + 1 (0: missing), against pairs that have nothing to do with each other. */
struct pd_mixture_bits {
    size_t n_comparisons;
    double match[PD_COMPARISONS_MAX][PD_GAMMAS], related[PD_COMPARISONS_MAX][PD_GAMMAS];
    double lambda[PD_TRAIN_GROUPS_MAX], of_related[PD_TRAIN_GROUPS_MAX]; /* -INFINITY: no such pair */
};
void pd_mixture_bits_make(const struct pd_mixture *mixture, struct pd_mixture_bits *bits);

/* A pair: bits of being a match, the prior included; odds of being related, against having nothing to do with each
 * other. */
struct pd_pair_odds {
    double weight, related;
};
struct pd_pair_odds pd_mixture_odds(const struct pd_mixture_bits *bits, const int8_t *gammas, size_t group,
                                    double extra);
/* 2 to the power of bits, within what can be added up. */
double pd_odds_of_bits(double bits);
/* Of being a match. */
double pd_match_probability(struct pd_pair_odds odds);
/* Of being related, for a pair that is a match with probability `match`. */
static inline double pd_related_probability(struct pd_pair_odds odds, double match)
{
    return (1 - match) * odds.related / (1 + odds.related);
}

#endif

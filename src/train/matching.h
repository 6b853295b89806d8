/* SPDX-License-Identifier: MIT
 * How likely candidates are matches where a row has one match at most in another source.
 *
 * The matches are then a matching of a graph whose edges are the candidates, and one matching is as likely as the
 * product of the odds of its edges. In how many of them, so weighed, an edge is, tell messages along the edges: how
 * likely a row is free but for this candidate, its others being worth what they are only as far as the rows at their
 * other ends are free too. So a candidate whose own row has a sure match stands in nobody's way, where sharing a row's
 * probability among all its candidates (pd_rival_probability) lets it. On graphs with loops it is an approximation, and
 * messages that go half of the way keep it from swinging.
 * Source: Bethe 1935; Bayati and Nair 2006 for matchings. */
#ifndef PD_TRAIN_MATCHING_H
#define PD_TRAIN_MATCHING_H

#include "model/levelled_pairs.h"

struct pd_matching {
    double *left, *right; /* [n] that the row of a pair is free but for the pair; owned */
    size_t n;
};

/* No message has been sent: every row is free. */
PADAN_MUST_CHECK enum padan_status pd_matching_make(struct pd_matching *matching, size_t n, struct padan_error *error);
void pd_matching_reset(struct pd_matching *matching);
void pd_matching_start(struct pd_matching *matching);

/* Odds of a pair by itself, beyond which it is as good as certain. */
#define PD_MATCHING_ODDS_MOST 1e12

/* Sends messages, from where they stood, until they hardly change or for so many rounds: a caller whose odds change
 * slowly needs few. odds [n], up to PD_MATCHING_ODDS_MOST, of pairs by themselves; sums [n_records * n_sources] is
 * overwritten. */
void pd_matching_send(struct pd_matching *matching, const struct pd_rivals *rivals, const double *odds, double *sums,
                      size_t most_rounds);

/* Of a pair being a match, as the messages stand. */
static inline double pd_matching_probability(const struct pd_matching *matching, double odds, size_t pair)
{
    const double free_odds = odds * matching->left[pair] * matching->right[pair];
    return free_odds / (1 + free_odds);
}

#endif

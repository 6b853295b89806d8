/* SPDX-License-Identifier: MIT
 * m, u and lambda without labels, over all pairs at once.
 *
 * The mixture is that of all pairs in scope: lambda matches, the rest not. Only pairs that some rule brought together
 * and that are not hopeless (the *candidates*) can be matches; all others are non-matches for certain. So no
 * correction for blocking is needed, as long as the rules find most of the matches: m is the share of levels among
 * candidates, each counted by its probability; u is the share among random pairs, each counted by the probability that
 * it is none; u of plain equality, which is rare, comes from the histogram of values less the matches. In a file with
 * many duplicates this keeps the duplicates out of u, where counting all pairs would not.
 *
 * Where rows do not compete for their matches, candidates that are merely related have a class of their own
 * (related.h), learned beside the matches, so that neither passes for the other. They count as non-matches, for u and
 * in the probabilities.
 *
 * m is drawn towards its start values by pseudo-matches (as many as there are matches where pairs may be related), so
 * that matches stay what the start values say they are and a level seen in few of them stays bearable; and weights are
 * kept in order of the levels (pool adjacent violators). Source: Fellegi and Sunter 1969, Winkler 1988
 * (EM); Bayesian m as in Fortini and others 2001. */
#ifndef PD_AUTO_ESTIMATE_H
#define PD_AUTO_ESTIMATE_H

#include "model/pair.h"
#include "model/related.h"

/* Pairs with all their levels. */
struct pd_levelled_pairs {
    const int8_t *gammas; /* [n_pairs * n_comparisons] */
    const double *extra;  /* [n_pairs] bits from the frequencies of values: minus log2 frequency, summed over levels */
    size_t n_pairs;
    const struct pd_pair *pairs; /* the records; only needed of non-random pairs whose rows compete */
};

/* Rows that compete: when a row has one match at most in every other source, its candidates share what probability
 * there is. Only pairs across sources may be candidates then. */
struct pd_rivals {
    const struct pd_edge *edges; /* [candidates]; NULL = no competition */
    const uint16_t *source_of;   /* [n_records] */
    size_t n_records, n_sources;
};

/* Equality of a column in all pairs of scope. */
struct pd_equal_pairs {
    double equal, filled; /* pairs with equal values, pairs with both values; filled 0 = not known */
};

/* Where an estimate goes on: shares of matches and of related pairs. */
struct pd_estimate_start {
    double lambda;
    struct pd_related related;
};

struct pd_estimate_input {
    struct pd_levelled_pairs candidates;
    /* Sets of pairs for u: set 0 is random; others are drawn from pairs that agree in some column, for comparisons that
     * only speak there. */
    const struct pd_levelled_pairs *sets; /* [n_sets] */
    size_t n_sets;
    const size_t *set_of; /* [n_comparisons] */
    struct pd_rivals rivals;
    double all_pairs;
    double start_matches;
    const struct pd_estimate_start *before; /* where the estimate before this one ended; NULL = none */
    const struct pd_equal_pairs *equal;     /* [n_comparisons] of the highest level */
    const double (*start)[PD_GAMMAS];       /* [n_comparisons] m to start from, by gamma + 1 */
};

struct pd_estimate {
    double n_matches, lambda;
    double n_related;
    struct pd_related related;
    size_t n_iterations;
    bool converged;
    double *weights;       /* [candidates] bits with the prior, owned */
    double *probabilities; /* [candidates] of being a match, related pairs and competition counted, owned */
    double *odds;          /* [n_records * n_sources] sums over a row's candidates, when rows compete; owned */
};

/* Sets m, u, weights and lambda of the model. Without candidates: u, as if no random pair were a match, and the start
 * values of m and lambda. */
PADAN_MUST_CHECK enum padan_status pd_estimate_model(const struct pd_estimate_input *input, struct pd_model *model,
                                                     struct pd_estimate *estimate, struct padan_error *error);
/* Share of non-matches among the pairs of a set, and in which share of those comparison c has its highest level. */
struct pd_agreement {
    double n, n_equal; /* expected non-matches that c has levels for; of these, at the highest */
};
PADAN_MUST_CHECK enum padan_status pd_estimate_agreement(const struct pd_estimate_input *input,
                                                         const struct pd_model *model,
                                                         const struct pd_estimate *estimate,
                                                         const struct pd_levelled_pairs *pairs,
                                                         struct pd_agreement *out, struct padan_error *error);
void pd_estimate_reset(struct pd_estimate *estimate);

#endif

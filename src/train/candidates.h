/* SPDX-License-Identifier: MIT
 * m, u and lambda of a model from candidate pairs, one by one: what zero configuration trains with.
 *
 * The estimator is that of train/em.h. Candidates are the pairs that some rule brought together and that are not
 * hopeless; they are the only sample, unmasked, since the rules are chosen to find nearly all matches. u is the share
 * of levels among random pairs, each counted by the probability that it is none; u of plain equality, which is rare,
 * comes from the histogram of values less the matches. In a file with many duplicates this keeps the duplicates out of
 * u, where counting all pairs would not.
 *
 * Where rows do not compete for their matches, candidates that are merely related have a class of their own, so that
 * neither passes for the other. They count as non-matches, for u and in the probabilities. */
#ifndef PD_TRAIN_CANDIDATES_H
#define PD_TRAIN_CANDIDATES_H

#include "model/levelled_pairs.h"
#include "model/related.h"

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
    bool with_related;                /* related pairs have a class of their own */
    bool with_ranks;                  /* rivals are told by their ranks too (train/ranks.h) */
    const struct pd_telling *telling; /* [n_comparisons] who somebody is, for related pairs; NULL: not known */
    bool of_households;               /* related pairs may be members of a household (model/related.h) */
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
/* out [n_comparisons]: non-matches among the pairs of a set, and those that a comparison has at its highest level.
 * Pairs that may be matches count only where there are hardly any others. */
PADAN_MUST_CHECK enum padan_status pd_estimate_agreement(const struct pd_estimate_input *input,
                                                         const struct pd_model *model,
                                                         const struct pd_estimate *estimate,
                                                         const struct pd_levelled_pairs *pairs,
                                                         struct pd_agreement *out, struct padan_error *error);
void pd_estimate_reset(struct pd_estimate *estimate);

#endif

/* SPDX-License-Identifier: MIT
 * Expectation maximisation over pattern counts of several training rules at once (docs/training.md).
 *
 * Each training rule r gives the pairs that satisfy it, as counts of patterns. In those pairs the comparisons derived
 * from the rule's columns say nothing (they agree by construction), so they are masked: neither used to tell matches
 * from others nor estimated. For the others
 *
 *     P(pattern | rule r, group g) = lambda[r,g] prod m[c][level] + (1 - lambda[r,g]) prod v[r][c][level]
 *
 * m is shared by all rules: their expected counts are added, so a rule with many matches speaks louder, and a level is
 * learned from every rule that can show it. v, the levels of the non-matches of a rule, is near u, but not u:
 * non-matches that agree on a postcode agree on the suburb too. It has u as prior, worth `u_strength` of the rule's
 * pairs.
 *
 * Pairs that are related without being the same (households: model/related.h) may have a class of their own, with a
 * share of each rule's pairs and values that they have in common in all rules alike:
 *
 *     P = lambda prod m + related[r,g] prod (shared[c] m + (1 - shared[c]) v) + (1 - lambda - related) prod v
 *
 * m is then held to where it starts by as many pseudo-matches as there are matches, and let go in a last step: else
 * matches may become what related pairs should be.
 *
 * Layout of a pattern: [n_comparisons] levels (-1 null), then a label (-1 unknown, 0 no match, 1 match), then the
 * group; what follows is not read here. */
#ifndef PD_TRAIN_EM_H
#define PD_TRAIN_EM_H

#include "model/related.h"
#include "train/patterns.h"

/* Place of a level in m, u and the like. */
static inline size_t pd_level_index(size_t comparison, size_t gamma)
{
    return comparison * PD_LEVELS_MAX + gamma;
}

struct pd_em_pass {
    const struct pd_patterns *patterns; /* sorted */
    uint64_t masked;
    bool is_labels; /* labelled matches: all count as matches, lambda is not estimated */
};

struct pd_em {
    size_t n_comparisons, n_groups, n_passes;
    const size_t *n_levels; /* [n_comparisons] without the null level */
    const struct pd_em_pass *passes;
    const double *u;       /* by pd_level_index, > 0, sums to 1 per comparison */
    const bool *fixed;     /* by pd_level_index: m stays */
    double u_strength;     /* share of a rule's pairs; INFINITY: v = u */
    bool with_related;     /* related pairs have a class of their own */
    const double *m_start; /* by pd_level_index; with_related: what holds m */
    bool has_label_pass;   /* labelled matches of the other passes are then not counted for m again */
    size_t max_iterations;
    double tolerance; /* largest change of an m or lambda */
};

/* Where EM stands. */
struct pd_em_state {
    double *m;                /* by pd_level_index */
    double *m_counts;         /* by pd_level_index: expected matches behind m */
    double *lambda;           /* [n_passes * n_groups] */
    double *matches;          /* [n_passes * n_groups] expected */
    double *related;          /* [n_passes * n_groups] share of related pairs; 0 without that class */
    struct pd_related shared; /* by all rules */
    double *v;                /* [n_passes] tables by pd_level_index */
    double log_likelihood;    /* natural, with the priors */
    double largest_change;
    size_t n_iterations;
    size_t n_steps; /* iterations since the start, of all runs */
    bool converged;
};

PADAN_MUST_CHECK enum padan_status pd_em_state_make(const struct pd_em *em, struct pd_em_state *state,
                                                    struct padan_error *error);
void pd_em_state_copy(const struct pd_em *em, struct pd_em_state *to, const struct pd_em_state *from);
void pd_em_state_reset(struct pd_em_state *state);

/* m as in `m`, v = u, every lambda the same. */
void pd_em_start(const struct pd_em *em, const double *m, double lambda, struct pd_em_state *state);
/* A random start: m uniform on the simplex under the order of weights, lambda log-uniform in [1e-4, 0.9]. */
void pd_em_start_random(const struct pd_em *em, uint64_t seed, uint64_t stream, struct pd_em_state *state);
/* Iterates from where state stands. */
void pd_em_run(const struct pd_em *em, struct pd_em_state *state);

/* Probabilities that a pair with this pattern in this pass is a match, or related without being one. */
struct pd_em_classes {
    double match, related;
};
struct pd_em_classes pd_em_classes(const struct pd_em *em, const struct pd_em_state *state, size_t pass,
                                   const int8_t *pattern);
/* Of being a match alone. */
double pd_em_posterior(const struct pd_em *em, const struct pd_em_state *state, size_t pass, const int8_t *pattern);

/* Runs n_starts random starts (in parallel) and puts the best of them and of state into state when it is better by more
 * than rounding; with_related they only agree or do not: the likelihood does not know which class is the matches. agree
 * = starts that ended with the same m as the best; a comparison masked in all passes is not compared. */
PADAN_MUST_CHECK enum padan_status pd_em_many_starts(const struct pd_em *em, uint64_t seed, size_t n_starts,
                                                     int threads, struct pd_em_state *state, size_t *agree,
                                                     struct padan_error *error);

#endif

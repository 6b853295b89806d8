/* SPDX-License-Identifier: MIT
 * Expectation maximisation of the mixture (train/mixture.h) over pairs: the one estimator of `padan train` and of zero
 * configuration (docs/training.md).
 *
 * The mixture is that of all pairs in scope. Only pairs that some rule brought together can be matches; all others are
 * none for certain, so no correction for blocking is needed as long as the rules find most of the matches. Pairs come
 * as samples: counts of patterns, or one by one.
 *
 * What a pair is hangs on all its levels. But of the pairs of a rule nothing can be learned about what was made from
 * its columns, since it agrees by construction: such comparisons are masked, and a level is counted only in pairs that
 * would have been found whatever it is.
 *
 * m is held to where it starts by pseudo-matches, as many as there are matches, and let go in the last step: the
 * likelihood does not know which class is the matches, the start does. Source: Winkler 1988 (EM), Fortini and others
 * 2001 (Bayesian m), Winkler 1993 (convex constraints). */
#ifndef PD_TRAIN_EM_H
#define PD_TRAIN_EM_H

#include "model/levelled_pairs.h"
#include "train/matching.h"
#include "train/mixture.h"
#include "train/ranks.h"

/* A pattern has [n_comparisons] levels (-1 null); when it is longer, then a label (-1 unknown, 0 no match, 1 match) and
 * a group; what follows is not read here. */
struct pd_em_sample {
    const int8_t *patterns; /* [n * width] */
    size_t n, width;
    const uint64_t *counts; /* [n] pairs with this pattern; NULL: one each */
    const uint64_t *masked; /* [n] bit c: comparison c is not counted; NULL: all are */
    const uint64_t *rules;  /* [n] bit r: rule r holds; NULL: not known */
    const double *extra;    /* [n] bits of the frequencies of values; NULL: none */
    double scale;           /* pairs in scope that a pair stands for */
    bool is_labels;         /* labelled matches: they teach m and nothing else */
};

/* Pairs that the i-th pattern stands for. */
static inline double pd_em_count(const struct pd_em_sample *sample, size_t i)
{
    return sample->scale * (sample->counts == NULL ? 1 : (double)sample->counts[i]);
}

struct pd_em_state;

/* Pairs that compete; several may be of one pattern. */
struct pd_em_rivals {
    struct pd_rivals of;        /* edges NULL: rows do not compete */
    const uint32_t *pattern_of; /* [n] of each pair in the first sample; NULL: every pattern is one pair */
    size_t n;                   /* pairs; not read without pattern_of */
};

struct pd_em {
    size_t n_comparisons, n_groups, n_samples;
    const size_t *n_levels; /* [n_comparisons] without the null level */
    const size_t *n_shown;  /* [n_comparisons] levels up to the highest that a pair is at; NULL: all */
    const struct pd_em_sample *samples;
    const uint64_t *rule_masks; /* [n_rules] comparisons that a rule was made from */
    size_t n_rules;
    const double *n_pairs;            /* [n_groups] in scope */
    const bool *fixed;                /* by pd_level_index: m stays; NULL: none */
    const bool *by_frequency;         /* see mixture.h */
    const double *m_start;            /* by pd_level_index: what holds m */
    bool with_related;                /* related pairs have a class of their own */
    const struct pd_telling *telling; /* [n_comparisons] for related pairs; NULL: not known */
    bool settles;    /* m is let go from the first step on: it is near where it belongs, or labels say it all */
    bool has_labels; /* labelled matches of the other samples are then not counted for m again */
    struct pd_em_rivals rivals; /* the pairs of the first sample */
    bool with_ranks;            /* rivals are told by their ranks too (train/ranks.h); there are no labels then */
    bool is_matching;           /* rivals are weighed as matchings (train/matching.h), without related pairs */
    /* A better u from the classes of the moment (state->bits, its own to change), between expectation and maximisation;
     * NULL: u stays. */
    void (*learn_u)(void *context, struct pd_em_state *state);
    void *context;
    size_t max_iterations;
    double tolerance; /* largest change of an m */
};

/* Where EM stands. */
struct pd_em_state {
    double *m, *u;            /* by pd_level_index */
    double *lambda, *related; /* [n_groups] shares of all pairs */
    struct pd_related shared;
    struct pd_mixture_bits *bits; /* of the last expectation */
    double *m_counts;             /* by pd_level_index: expected matches behind m */
    double *matches;              /* [n_groups] expected in the samples */
    double n_matches, n_related;  /* expected in the samples */
    /* of each pattern, sample after sample */
    double *weights;       /* bits with the prior */
    double *related_odds;  /* of being related, against having nothing to do with each other */
    double *probabilities; /* of being a match, competition and labels counted; of several pairs their mean */
    /* Of pairs that compete: */
    double *pair_odds;          /* against their rivals */
    double *pair_probabilities; /* each by itself */
    double *pair_weights;       /* that they are ranked by; when they are told by their ranks */
    struct pd_ranks ranks;
    struct pd_matching matching;
    double *odds;          /* [n_records * n_sources] sums over a row's candidates */
    double log_likelihood; /* bits, but for a constant */
    double largest_change;
    size_t n_iterations;
    bool converged;
};

PADAN_MUST_CHECK enum padan_status pd_em_state_make(const struct pd_em *em, struct pd_em_state *state,
                                                    struct padan_error *error);
void pd_em_state_reset(struct pd_em_state *state);
/* Goes on with the parameters of `from` on other samples. */
void pd_em_state_continue(const struct pd_em *em, const struct pd_em_state *from, struct pd_em_state *to);

/* m and u as given, as many matches in every group's pairs as `lambda` says, and as many related pairs. */
void pd_em_start(const struct pd_em *em, const double *m, const double *u, double lambda, struct pd_em_state *state);
/* Iterates from where state stands, lets m go in the last step, and weighs all pairs once more. */
void pd_em_run(const struct pd_em *em, struct pd_em_state *state);
/* state->bits as the parameters stand. by_frequency: of pairs that bring the bits of their values (em->by_frequency);
 * NULL: of pairs that do not. */
void pd_em_bits(const struct pd_em *em, struct pd_em_state *state, const bool *by_frequency);
/* The classes of all patterns as the parameters stand. */
void pd_em_expect(const struct pd_em *em, struct pd_em_state *state);

/* Of a pair being a match, sums [n_records * n_sources] being the odds of all candidates of its rows, its own with
 * them; related: its odds of being related. */
double pd_rival_probability(const struct pd_rivals *rivals, const double *sums, struct pd_pair pair, double own,
                            double related);

/* m of one comparison from counts of its levels: fixed levels stay, the others share what is left in the order of their
 * weights (train/monotone.h). */
void pd_em_fit_levels(const struct pd_em *em, size_t comparison, const double *counts, const double *u, double *m);

/* Runs n_starts random starts (in parallel). agree = those that ended with the same m as state; what no pair could
 * teach is not compared. */
PADAN_MUST_CHECK enum padan_status pd_em_many_starts(const struct pd_em *em, uint64_t seed, size_t n_starts,
                                                     int threads, const struct pd_em_state *state, size_t *agree,
                                                     struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * The weight from which pairs are taken: where the expected F1 is highest, by the pairs' own probabilities. */
#ifndef PD_AUTO_THRESHOLD_H
#define PD_AUTO_THRESHOLD_H

#include "base/status.h"

#include <stdbool.h>

struct pd_auto_threshold {
    double weight;    /* bits */
    double precision; /* expected of the pairs at or above it; 1 - the false discovery rate */
    double recall;    /* expected, of the matches among compared pairs */
    double n_pairs;   /* at or above it */
    double n_unclear; /* pairs with a probability between .1 and .9 */
    double n_matches;
    bool none;        /* no pair is taken: the weight is higher than any */
    bool cannot_tell; /* hardly any match is expected: the weight is a cautious one */
};

/* What a threshold has to keep to. */
struct pd_auto_limits {
    double bits;      /* no threshold is lower: -1 where weights are all that is known of a pair, so that none is taken
                       * that is twice as likely none */
    double precision; /* expected; where it is less, the threshold is the lowest from sure_bits on that has it; 0: any
                       * will do */
    double sure_bits;
    bool measured; /* it is measured in another way whether pairs stand out, so they need not by their weights */
};

/* Pairs that were compared; arrays of n. */
struct pd_auto_pairs {
    const double *weights;       /* bits, the prior included */
    const double *probabilities; /* of being a match */
    const double *most;          /* the weight if the values that both rows have were all equal; NULL: not known */
    size_t n;
};

PADAN_MUST_CHECK enum padan_status pd_auto_threshold(const struct pd_auto_pairs *pairs,
                                                     const struct pd_auto_limits *least, struct pd_auto_threshold *out,
                                                     struct padan_error *error);

#endif

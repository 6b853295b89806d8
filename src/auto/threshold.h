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

/* weights [n] in bits, the prior included; probabilities [n] of being a match. No threshold is lower than least_bits:
 * where weights are all that is known of a pair, -1, so that none is taken that is twice as likely none. */
PADAN_MUST_CHECK enum padan_status pd_auto_threshold(const double *weights, const double *probabilities, size_t n,
                                                     double least_bits, struct pd_auto_threshold *out,
                                                     struct padan_error *error);

#endif

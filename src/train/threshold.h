/* SPDX-License-Identifier: MIT
 * The lowest threshold at which labelled pairs reach a precision. */
#ifndef PD_TRAIN_THRESHOLD_H
#define PD_TRAIN_THRESHOLD_H

#include "model/model.h"

struct pd_scored_label {
    pd_weight weight;
    bool is_match;
};

struct pd_threshold {
    pd_weight weight;
    bool shown;       /* the labels show the precision; else they are too few, and the threshold is a cautious one */
    double precision; /* of the labelled pairs at or above it; NaN when there are none */
    uint64_t n_labelled;
};

/* Sorts labels. The threshold is the lowest weight of a pair, at least `least`, so that among the n pairs from it on,
 * f of them no matches, (f + 1) / (n + 1) <= 1 - precision: one more error is granted than was seen, so that 0.999
 * takes 999 pairs without any. When no weight reaches that: above every labelled non-match, and at least
 * `cautious`. */
struct pd_threshold pd_threshold_find(struct pd_scored_label *labels, size_t n, double precision, pd_weight least,
                                      pd_weight cautious);

#endif

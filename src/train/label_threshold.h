/* SPDX-License-Identifier: MIT
 * The threshold at which the expected F1 is highest, by labelled pairs instead of the model's own probabilities, which
 * are as good as the model: columns that depend on each other make it too sure of itself. */
#ifndef PD_TRAIN_LABEL_THRESHOLD_H
#define PD_TRAIN_LABEL_THRESHOLD_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* A labelled pair; weight in bits, the prior included, -INFINITY where no rule brings the pair together. */
struct pd_weighed_label {
    double weight;
    bool is_match;
};

struct pd_weighed_pairs {
    const double *weights; /* [n] bits of the pairs that may be linked, heaviest first, from `least` on */
    size_t n;
    double least;
    const struct pd_weighed_label *labels; /* [n_labels] */
    size_t n_labels;
};

/* How the labelled pairs came about, which decides what can be learned of them. */
enum pd_label_draw {
    PD_LABELS_OF_MATCHES, /* what is labelled as none are random pairs, hardly one of which could be linked: the matches
                           * say what share of all matches is found from a weight on */
    PD_LABELS_BY_WEIGHT,  /* most of what is labelled as none may be linked: the labels say how likely a pair of a
                           * weight is a match */
    PD_LABELS_MIXED       /* between these, or too few: they say nothing of another threshold */
};

struct pd_label_threshold {
    enum pd_label_draw draw;
    double weight;        /* bits */
    double f1_before, f1; /* expected by the labels, at the threshold that was asked about and at `weight` */
};

/* From which weight on a pair may be linked is `least`. */
enum pd_label_draw pd_label_draw_of(const struct pd_weighed_label *labels, size_t n, double least);

/* How many matches there are: by the share of the labelled ones that is among sure pairs, taken for matches all. n: by
 * pairs that are sure to a model with this threshold; upper: by those of some bits, which may be none where the
 * threshold is above. INFINITY where it cannot be told: few labels, or pairs drawn by weight. */
struct pd_label_total {
    double n, upper;
};
struct pd_label_total pd_label_matches(const struct pd_weighed_pairs *pairs, double before);

/* out->weight is `before` unless another weight is expected to have an F1 that is better by enough. n_matches: by
 * pd_label_matches, of these pairs or of another model's. */
PADAN_MUST_CHECK enum padan_status pd_label_threshold_find(const struct pd_weighed_pairs *pairs, double before,
                                                           double n_matches, struct pd_label_threshold *out,
                                                           struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Figures for every threshold at once: pairs join their rows from the highest weight down, and each merge of two
 * clusters updates the sums. Clusters are the connected components at the threshold: guards are left out. */
#ifndef PD_EVALUATE_THRESHOLD_H
#define PD_EVALUATE_THRESHOLD_H

#include "evaluate/evaluate.h"

struct pd_threshold_point {
    double weight; /* pairs with match_weight >= weight join */
    struct pd_pair_counts pairs;
    double bcubed_precision, bcubed_recall;
    uint64_t n_clusters;
};

struct pd_threshold_curve {
    struct pd_threshold_point *points; /* [n_points] ascending weight, half a bit apart (more when the range is wide) */
    size_t n_points;
};

/* Curve of a pairs file with weights or probabilities; no points when it has none. O(pairs + rows log rows). */
PADAN_MUST_CHECK enum padan_status pd_threshold_curve_find(struct pd_threshold_curve *curve,
                                                           const struct pd_evaluation *evaluation,
                                                           const struct pd_population *population,
                                                           const char *pairs_path, struct padan_error *error);
/* threshold.csv. */
void pd_threshold_csv(const struct pd_threshold_curve *curve, struct pd_buffer *out);
void pd_threshold_curve_reset(struct pd_threshold_curve *curve);

#endif

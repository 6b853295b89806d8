/* SPDX-License-Identifier: MIT
 * Intervals of a share of independent trials, which do not shrink to a point where no trial failed (Wilson 1927). */
#ifndef PD_EVALUATE_INTERVAL_H
#define PD_EVALUATE_INTERVAL_H

struct pd_interval {
    double low, high;
};

/* 95 % of a share of n_trials, by the score test; NaN without trials. */
struct pd_interval pd_interval_of_share(double share, double n_trials);
/* F1 = 2 J / (1 + J), J the share of found pairs among all that are matches or taken for some. */
struct pd_interval pd_interval_of_f1(double jaccard, double n_trials);
/* The least that holds both; the one that is known where the other is NaN. */
struct pd_interval pd_interval_hull(struct pd_interval a, struct pd_interval b);

#endif

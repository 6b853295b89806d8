/* SPDX-License-Identifier: MIT */
#include "evaluate/interval.h"

#include <math.h>

static const double NORMAL_95 = 1.959964;

struct pd_interval pd_interval_of_share(double share, double n_trials)
{
    if (!(n_trials > 0) || isnan(share)) return (struct pd_interval){ NAN, NAN };
    const double z2 = NORMAL_95 * NORMAL_95;
    const double middle = (share + z2 / (2 * n_trials)) / (1 + z2 / n_trials);
    const double half =
        NORMAL_95 * sqrt(share * (1 - share) / n_trials + z2 / (4 * n_trials * n_trials)) / (1 + z2 / n_trials);
    return (struct pd_interval){ fmax(middle - half, 0), fmin(middle + half, 1) };
}

struct pd_interval pd_interval_of_f1(double jaccard, double n_trials)
{
    const struct pd_interval of = pd_interval_of_share(jaccard, n_trials);
    return (struct pd_interval){ 2 * of.low / (1 + of.low), 2 * of.high / (1 + of.high) };
}

struct pd_interval pd_interval_hull(struct pd_interval a, struct pd_interval b)
{
    return (struct pd_interval){ fmin(a.low, b.low), fmax(a.high, b.high) };
}

/* SPDX-License-Identifier: MIT */
#include "train/monotone.h"

#include "model/model.h"

/* Levels pooled to one ratio. */
struct pool {
    double counts, u;
    size_t end;
};

static bool falls(const struct pool *low, const struct pool *high)
{
    return low->counts * high->u > high->counts * low->u;
}

void pd_monotone_fit(const double *counts, const double *u, size_t n, double mass, double *m)
{
    struct pool pools[PD_LEVELS_MAX];
    size_t n_pools = 0;
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        pools[n_pools++] = (struct pool){ counts[i], u[i], i + 1 };
        total += counts[i];
        while (n_pools > 1 && falls(&pools[n_pools - 2], &pools[n_pools - 1])) {
            struct pool *pool = &pools[--n_pools - 1];
            pool->counts += pools[n_pools].counts;
            pool->u += pools[n_pools].u;
            pool->end = pools[n_pools].end;
        }
    }
    size_t level = 0;
    for (size_t i = 0; i < n_pools; i++)
        for (; level < pools[i].end; level++) m[level] = mass * u[level] * pools[i].counts / (pools[i].u * total);
}

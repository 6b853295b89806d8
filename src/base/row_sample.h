/* SPDX-License-Identifier: MIT
 * Rows that stand for all rows of a table. Each is taken by a hash of its number, whatever its neighbours are: every
 * n-th row would hardly ever hold two of one family where families stand together, as they do in registers, and only
 * wives where each stands below her husband. Few rows are taken whole. */
#ifndef PADAN_BASE_ROW_SAMPLE_H
#define PADAN_BASE_ROW_SAMPLE_H

#include "base/hash.h"

struct pd_row_sample {
    uint64_t most; /* rows of hashes up to it are taken */
};

/* About n_wanted of n_rows rows, or all. */
static inline struct pd_row_sample pd_row_sample_make(size_t n_rows, size_t n_wanted)
{
    if (n_rows <= n_wanted) return (struct pd_row_sample){ UINT64_MAX };
    return (struct pd_row_sample){ (uint64_t)((double)n_wanted / (double)n_rows * 0x1p64) };
}

static inline bool pd_row_sample_has(struct pd_row_sample sample, size_t row)
{
    return pd_mix64(row + 0x9e3779b97f4a7c15u) <= sample.most;
}

/* The probability of a row to be taken. */
static inline double pd_row_sample_share(struct pd_row_sample sample)
{
    return sample.most == UINT64_MAX ? 1 : (double)sample.most * 0x1p-64;
}

#endif

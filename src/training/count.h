/* SPDX-License-Identifier: MIT
 * Drawing pairs from a pool, scoring them with the plan, and counting the patterns of their levels. Used by training
 * only. */
#ifndef PD_TRAINING_COUNT_H
#define PD_TRAINING_COUNT_H

#include "linking/linker.h"
#include "train/patterns.h"
#include "train/pool.h"

struct pd_count_job {
    const struct pd_linker *linker;
    const struct pd_pool *pool;
    uint64_t seed, stream;
    uint64_t n; /* draws, at most pool->n_pairs */
    /* Fills what follows the levels in the pattern; false leaves the pair out. Called by several threads at once. */
    bool (*complete)(const void *context, int worker, struct pd_pair pair, int8_t *pattern);
    const void *context;
};

/* patterns->width is set by the caller; patterns come out sorted. *n_kept = pairs counted. */
PADAN_MUST_CHECK enum padan_status pd_count_patterns(const struct pd_count_job *job, struct pd_patterns *patterns,
                                                     uint64_t *n_kept, struct padan_error *error);

#endif

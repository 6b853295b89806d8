/* SPDX-License-Identifier: MIT */
#include "training/count.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK_PAIRS = 8192 };

struct counting {
    const struct pd_count_job *job;
    struct pd_patterns *of_worker; /* [threads] */
};

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct counting *counting = context;
    const struct pd_count_job *job = counting->job;
    struct pd_condition_worker *conditions = &job->linker->workers[worker];
    const uint64_t begin = (uint64_t)chunk * CHUNK_PAIRS;
    const uint64_t end = begin + CHUNK_PAIRS < job->n ? begin + CHUNK_PAIRS : job->n;
    int8_t pattern[PD_PATTERN_BYTES_MAX];
    for (uint64_t i = begin; i < end; i++) {
        const struct pd_pair drawn = pd_pool_draw(job->pool, job->seed, job->stream, job->n, i);
        const struct pd_pair pair = pd_linker_pair(job->linker, drawn.left, drawn.right);
        pd_weight weight = 0;
        if (!job->complete(job->context, worker, pair, pattern)) continue;
        (void)pd_plan_score(&job->linker->plan, conditions, pair.left, pair.right, INT64_MIN, pattern, &weight);
        PD_TRY(pd_patterns_add(&counting->of_worker[worker], pattern, 1, error));
    }
    return PADAN_OK;
}

static enum padan_status merge(const struct counting *counting, struct pd_patterns *patterns, uint64_t *n_kept,
                               struct padan_error *error)
{
    for (int i = 0; i < counting->job->linker->threads; i++)
        PD_TRY(pd_patterns_merge(patterns, &counting->of_worker[i], error));
    *n_kept = 0;
    for (size_t i = 0; i < patterns->n; i++) *n_kept += patterns->counts[i];
    return pd_patterns_sort(patterns, error);
}

enum padan_status pd_count_patterns(const struct pd_count_job *job, struct pd_patterns *patterns, uint64_t *n_kept,
                                    struct padan_error *error)
{
    const int threads = job->linker->threads;
    const size_t n_chunks = (size_t)((job->n + CHUNK_PAIRS - 1) / CHUNK_PAIRS);
    struct counting counting = { job, NULL };
    if (patterns->width > PD_PATTERN_BYTES_MAX)
        PD_FAIL(error, PADAN_LIMIT, "too many comparisons and training rules together: leave some rules out");
    PD_TRY(pd_allocate(&counting.of_worker, (size_t)threads, sizeof *counting.of_worker, error));
    for (int i = 0; i < threads; i++) counting.of_worker[i].width = patterns->width;
    enum padan_status status = pd_parallel_for(n_chunks, threads, count_chunk, &counting, error);
    if (status == PADAN_OK) status = merge(&counting, patterns, n_kept, error);
    for (int i = 0; i < threads; i++) pd_patterns_reset(&counting.of_worker[i]);
    pd_free(counting.of_worker);
    return status;
}

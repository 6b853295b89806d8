/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include "base/memory.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum { RANGES_MAX = 64, LINE_BYTES = 64, HALF_BITS = 32 };

/* Chunks that are left of a range: begin in the low half, end in the high one. A line of the cache each. */
struct range {
    _Alignas(LINE_BYTES) atomic_uint_fast64_t left;
};

struct run {
    size_t n_chunks;
    pd_parallel_body *body;
    void *context;
    atomic_size_t failed; /* lowest failing chunk so far, SIZE_MAX for none */
    size_t n_ranges;
    struct range ranges[RANGES_MAX];
};

struct outcome {
    size_t chunk;
    enum padan_status status;
    struct padan_error error;
};

static size_t count_left(uint64_t left)
{
    return (size_t)(left >> HALF_BITS) - (size_t)(left & UINT32_MAX);
}

/* The range of which most is left; its number is n_ranges when none has any. */
static size_t find_longest(struct run *run)
{
    size_t longest = run->n_ranges, most = 0;
    for (size_t i = 0; i < run->n_ranges; i++) {
        const size_t n = count_left(atomic_load_explicit(&run->ranges[i].left, memory_order_relaxed));
        if (n > most) longest = i;
        if (n > most) most = n;
    }
    return longest;
}

/* Takes the first or the last chunk of a range; false when there is none. */
static bool take(struct range *range, bool first, size_t *chunk)
{
    uint64_t left = atomic_load_explicit(&range->left, memory_order_relaxed), rest;
    do {
        if (count_left(left) == 0) return false;
        rest = first ? left + 1 : left - (UINT64_C(1) << HALF_BITS);
    } while (
        !atomic_compare_exchange_weak_explicit(&range->left, &left, rest, memory_order_relaxed, memory_order_relaxed));
    *chunk = (size_t)(first ? left & UINT32_MAX : rest >> HALF_BITS);
    return true;
}

/* The worker's next chunk: of its own range from the first on, then of another one from the last on, so that the two
 * stay apart for as long as they can. After a failure what lies before it comes first. */
static bool find_chunk(struct run *run, size_t own, size_t *chunk)
{
    if (take(&run->ranges[own], true, chunk)) return true;
    const bool has_failed = atomic_load_explicit(&run->failed, memory_order_relaxed) != SIZE_MAX;
    for (;;) {
        const size_t other = find_longest(run);
        if (other == run->n_ranges) return false;
        if (take(&run->ranges[other], has_failed, chunk)) return true;
    }
}

static void note_failure(struct run *run, size_t chunk)
{
    size_t lowest = atomic_load_explicit(&run->failed, memory_order_relaxed);
    while (chunk < lowest && !atomic_compare_exchange_weak_explicit(&run->failed, &lowest, chunk, memory_order_relaxed,
                                                                    memory_order_relaxed)) {}
}

/* Takes chunks until none is left, passing over those behind a failure; keeps this worker's lowest one. Relaxed order:
 * chunks share nothing, and what they wrote is seen by all when the workers have joined. A stronger order would also
 * hide races from the sanitizer. */
static void work(struct run *run, int worker, struct outcome *outcome)
{
    outcome->chunk = SIZE_MAX;
    outcome->status = PADAN_OK;
    size_t chunk;
    while (find_chunk(run, (size_t)worker % run->n_ranges, &chunk)) {
        if (chunk > atomic_load_explicit(&run->failed, memory_order_relaxed)) continue;
        struct padan_error error = { PADAN_OK, "" };
        const enum padan_status status = run->body(run->context, chunk, worker, &error);
        if (pd_memory_pause != NULL) pd_memory_pause();
        if (status == PADAN_OK || chunk > outcome->chunk) continue;
        *outcome = (struct outcome){ chunk, status, error };
        note_failure(run, chunk);
    }
}

#ifdef _OPENMP
static void work_in_parallel(struct run *run, int n_threads, struct outcome *first)
{
#pragma omp parallel num_threads(n_threads)
    {
        struct outcome mine;
        work(run, omp_get_thread_num(), &mine);
#pragma omp critical(pd_parallel_merge)
        if (mine.chunk < first->chunk) *first = mine;
    }
}
#endif

static void cut_ranges(struct run *run)
{
    for (size_t i = 0; i < run->n_ranges; i++) {
        const uint64_t begin = run->n_chunks * i / run->n_ranges, end = run->n_chunks * (i + 1) / run->n_ranges;
        atomic_init(&run->ranges[i].left, end << HALF_BITS | begin);
    }
}

static enum padan_status run_all(struct run *run, int n_threads, struct padan_error *error)
{
    struct outcome first = { .chunk = SIZE_MAX, .status = PADAN_OK };
    if (run->n_chunks > UINT32_MAX)
        PD_FAIL(error, PADAN_LIMIT, "work of more than %u pieces; split the input", UINT32_MAX);
    atomic_init(&run->failed, SIZE_MAX);
    cut_ranges(run);
#ifdef _OPENMP
    if (n_threads > 1 && run->n_chunks > 1)
        work_in_parallel(run, n_threads, &first);
    else
#endif
        work(run, 0, &first);
    (void)n_threads;
    if (first.status != PADAN_OK && error != NULL) *error = first.error;
    return first.status;
}

enum padan_status pd_parallel_for(size_t n_chunks, int n_threads, pd_parallel_body *body, void *context,
                                  struct padan_error *error)
{
    struct run run = { .n_chunks = n_chunks, .body = body, .context = context };
    run.n_ranges = n_threads < 1 ? 1 : n_threads < RANGES_MAX ? (size_t)n_threads : RANGES_MAX;
    return run_all(&run, n_threads, error);
}

enum padan_status pd_parallel_in_order(size_t n_chunks, int n_threads, pd_parallel_body *body, void *context,
                                       struct padan_error *error)
{
    struct run run = { .n_chunks = n_chunks, .body = body, .context = context, .n_ranges = 1 };
    return run_all(&run, n_threads, error);
}

int pd_thread_count(int requested)
{
    if (requested > 0) return requested;
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    const int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

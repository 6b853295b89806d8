/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include "base/memory.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#ifdef _OPENMP
#include <omp.h>
#endif

struct run {
    size_t n_chunks;
    pd_parallel_body *body;
    void *context;
    atomic_size_t next;
    atomic_size_t failed; /* lowest failing chunk so far, SIZE_MAX for none */
};

struct outcome {
    size_t chunk;
    enum padan_status status;
    struct padan_error error;
};

/* Takes chunks until none is left; keeps this worker's lowest failure. Relaxed order: chunks share nothing, and what
 * they wrote is seen by all when the workers have joined. A stronger order would also hide races from the sanitizer. */
static void work(struct run *run, int worker, struct outcome *outcome)
{
    outcome->chunk = SIZE_MAX;
    outcome->status = PADAN_OK;
    for (;;) {
        const size_t chunk = atomic_fetch_add_explicit(&run->next, 1, memory_order_relaxed);
        if (chunk >= run->n_chunks || chunk > atomic_load_explicit(&run->failed, memory_order_relaxed)) return;
        struct padan_error error = { PADAN_OK, "" };
        const enum padan_status status = run->body(run->context, chunk, worker, &error);
        if (pd_memory_pause != NULL) pd_memory_pause();
        if (status == PADAN_OK) continue;
        *outcome = (struct outcome){ chunk, status, error };
        size_t lowest = atomic_load_explicit(&run->failed, memory_order_relaxed);
        while (chunk < lowest && !atomic_compare_exchange_weak_explicit(&run->failed, &lowest, chunk,
                                                                        memory_order_relaxed, memory_order_relaxed)) {}
        return;
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

enum padan_status pd_parallel_for(size_t n_chunks, int n_threads, pd_parallel_body *body, void *context,
                                  struct padan_error *error)
{
    struct run run = { .n_chunks = n_chunks, .body = body, .context = context };
    struct outcome first = { .chunk = SIZE_MAX, .status = PADAN_OK };
    atomic_init(&run.next, 0);
    atomic_init(&run.failed, SIZE_MAX);
#ifdef _OPENMP
    if (n_threads > 1 && n_chunks > 1)
        work_in_parallel(&run, n_threads, &first);
    else
#endif
        work(&run, 0, &first);
    (void)n_threads;
    if (first.status != PADAN_OK && error != NULL) *error = first.error;
    return first.status;
}

int pd_thread_count(int requested)
{
    if (requested > 0) return requested;
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    const int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

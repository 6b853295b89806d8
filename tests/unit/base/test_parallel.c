/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include "base/hash.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <string.h>

enum { N_CHUNKS = 1000, MAX_WORKERS = 8 };
static const int thread_counts[] = { 0, 1, 2, 7 };

struct squares {
    uint64_t results[N_CHUNKS];
    atomic_uint visits[N_CHUNKS];
    int n_threads;
    atomic_bool bad_worker;
};

static enum padan_status square(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct squares *squares = context;
    (void)error;
    squares->results[chunk] = pd_mix64(chunk);
    atomic_fetch_add(&squares->visits[chunk], 1);
    if (worker < 0 || (worker > 0 && worker >= squares->n_threads)) atomic_store(&squares->bad_worker, true);
    return PADAN_OK;
}

Test(parallel, every_chunk_is_done_once_by_a_worker_in_range)
{
    static struct squares squares;
    for (size_t i = 0; i < sizeof thread_counts / sizeof *thread_counts; i++) {
        memset(&squares, 0, sizeof squares);
        squares.n_threads = thread_counts[i];
        cr_assert_eq(pd_parallel_for(N_CHUNKS, thread_counts[i], square, &squares, NULL), PADAN_OK);
        for (size_t chunk = 0; chunk < N_CHUNKS; chunk++) {
            cr_assert_eq(atomic_load(&squares.visits[chunk]), 1, "chunk %zu, %d threads", chunk, thread_counts[i]);
            cr_assert_eq(squares.results[chunk], pd_mix64(chunk));
        }
        cr_expect(!atomic_load(&squares.bad_worker));
    }
    cr_expect_eq(pd_parallel_for(0, 2, square, &squares, NULL), PADAN_OK);
}

/* Fails in chunks 301, 302, ... with a message that names the chunk; earlier chunks take longer, so that later ones
 * tend to fail first. */
static enum padan_status fail_late(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    volatile uint64_t sum = 0;
    for (size_t i = 0; i < (N_CHUNKS - chunk) * 50; i++) sum += i;
    atomic_fetch_add((atomic_uint *)context, 1);
    if (chunk <= 300) return PADAN_OK;
    PD_FAIL(error, chunk % 2 ? PADAN_BAD_INPUT : PADAN_IO, "chunk %zu", chunk);
}

Test(parallel, the_error_of_the_lowest_failing_chunk_is_returned)
{
    for (size_t i = 0; i < sizeof thread_counts / sizeof *thread_counts; i++)
        for (int round = 0; round < 50; round++) {
            struct padan_error error = { 0 };
            atomic_uint n_done = 0;
            cr_assert_eq(pd_parallel_for(N_CHUNKS, thread_counts[i], fail_late, &n_done, &error), PADAN_BAD_INPUT);
            cr_assert_eq(error.status, PADAN_BAD_INPUT);
            cr_assert_str_eq(error.message, "chunk 301");
            cr_assert_lt(atomic_load(&n_done), 320u, "chunks after a failure are skipped");
        }
    atomic_uint n_done = 0;
    cr_expect_eq(pd_parallel_for(N_CHUNKS, 2, fail_late, &n_done, NULL), PADAN_BAD_INPUT);
}

Test(parallel, thread_count_is_what_was_asked_or_what_there_is)
{
    cr_expect_eq(pd_thread_count(3), 3);
    cr_expect_geq(pd_thread_count(0), 1);
}

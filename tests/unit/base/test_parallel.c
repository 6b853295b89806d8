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

typedef enum padan_status parallel_run(size_t n_chunks, int n_threads, pd_parallel_body *body, void *context,
                                       struct padan_error *error);
static parallel_run *const runs[] = { pd_parallel_for, pd_parallel_in_order };

static void check_squares(parallel_run *run, int n_threads)
{
    static struct squares squares;
    memset(&squares, 0, sizeof squares);
    squares.n_threads = n_threads;
    cr_assert_eq(run(N_CHUNKS, n_threads, square, &squares, NULL), PADAN_OK);
    for (size_t chunk = 0; chunk < N_CHUNKS; chunk++) {
        cr_assert_eq(atomic_load(&squares.visits[chunk]), 1, "chunk %zu, %d threads", chunk, n_threads);
        cr_assert_eq(squares.results[chunk], pd_mix64(chunk));
    }
    cr_expect(!atomic_load(&squares.bad_worker));
    cr_expect_eq(run(0, n_threads, square, &squares, NULL), PADAN_OK);
}

Test(parallel, every_chunk_is_done_once_by_a_worker_in_range)
{
    for (size_t r = 0; r < sizeof runs / sizeof *runs; r++)
        for (size_t i = 0; i < sizeof thread_counts / sizeof *thread_counts; i++)
            check_squares(runs[r], thread_counts[i]);
}

static enum padan_status note_worker(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)error;
    volatile uint64_t sum = 0;
    for (size_t i = 0; i < chunk * 20; i++) sum += i; /* those of the second half take longer: the first one helps */
    ((int *)context)[chunk] = worker;
    return PADAN_OK;
}

Test(parallel, two_threads_meet_in_the_middle_of_a_range_and_nowhere_else)
{
    int worker_of[N_CHUNKS];
    for (int round = 0; round < 50; round++) {
        size_t n_borders = 0;
        cr_assert_eq(pd_parallel_for(N_CHUNKS, 2, note_worker, worker_of, NULL), PADAN_OK);
        for (size_t i = 1; i < N_CHUNKS; i++) n_borders += worker_of[i] != worker_of[i - 1];
        cr_assert_leq(n_borders, 3, "%zu borders", n_borders); /* one between the ranges, one in each */
    }
}

struct ordered_starts {
    atomic_size_t n_begun;
    atomic_bool out_of_order;
};

/* At most as many chunks as there are other threads can have been taken and not begun. */
static enum padan_status note_start(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct ordered_starts *starts = context;
    (void)worker, (void)error;
    const size_t n_begun = atomic_fetch_add(&starts->n_begun, 1);
    if (chunk > n_begun + MAX_WORKERS - 1) atomic_store(&starts->out_of_order, true);
    return PADAN_OK;
}

Test(parallel, in_order_no_chunk_begins_before_those_that_come_first_are_taken)
{
    struct ordered_starts starts = { 0 };
    cr_assert_eq(pd_parallel_in_order(N_CHUNKS, MAX_WORKERS, note_start, &starts, NULL), PADAN_OK);
    cr_expect(!atomic_load(&starts.out_of_order));
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
    for (size_t r = 0; r < sizeof runs / sizeof *runs; r++)
        for (int round = 0; round < 25 * (int)(sizeof thread_counts / sizeof *thread_counts); round++) {
            const int n_threads = thread_counts[(size_t)round % (sizeof thread_counts / sizeof *thread_counts)];
            struct padan_error error = { 0 };
            atomic_uint n_done = 0;
            cr_assert_eq(runs[r](N_CHUNKS, n_threads, fail_late, &n_done, &error), PADAN_BAD_INPUT);
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

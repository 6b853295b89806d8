/* SPDX-License-Identifier: MIT
 * The only place that knows about threads. Work is cut into chunks by its content, never by the number of threads,
 * so that results merged in chunk order are the same bytes for any thread count. */
#ifndef PD_BASE_PARALLEL_H
#define PD_BASE_PARALLEL_H

#include "base/status.h"

/* One chunk of work. `worker` is in [0, n_threads): index of per-thread scratch. Errors are merged afterwards: the
 * error of the lowest failing chunk is returned; after a failure, chunks not yet begun are skipped. */
typedef enum padan_status pd_parallel_body(void *context, size_t chunk, int worker, struct padan_error *error);

/* Runs body for every chunk in [0, n_chunks), fewer than 2^32. Each thread goes through a range of its own, and helps
 * with another one from its end when it is done. So threads that write to an array touch pages far apart: where they go
 * through it side by side, both find a new page of 2 MB missing at once, both clear one, and one of the two is thrown
 * away. n_threads <= 1 never enters OpenMP, and goes in ascending order. Not to be nested. */
PADAN_MUST_CHECK enum padan_status pd_parallel_for(size_t n_chunks, int n_threads, pd_parallel_body *body,
                                                   void *context, struct padan_error *error);

/* The same, every next chunk to the thread that is free: for tasks that differ, the longest of which come first, for
 * what is read or used in order, and where the chunk says how far the work is. */
PADAN_MUST_CHECK enum padan_status pd_parallel_in_order(size_t n_chunks, int n_threads, pd_parallel_body *body,
                                                        void *context, struct padan_error *error);

/* More are a slip, wherever they are asked for. */
enum { PD_THREADS_MAX = 1024 };

/* Threads to use: requested, or all processors this process may use when requested is 0. */
int pd_thread_count(int requested);

#endif

/* SPDX-License-Identifier: MIT
 * How long does sorting block keys take, against one plain copy of them? Usage: bench_radix [KEYS [THREADS]].
 * Memory is touched before; the best and the median of 5 runs are printed, each checked to be sorted. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N_RUNS = 5 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void report(const char *name, size_t n, int threads, double *runs)
{
    qsort(runs, N_RUNS, sizeof *runs, by_value);
    (void)printf("%s,%zu,%d,%.2f,%.2f\n", name, n, threads, runs[0] * 1e9 / (double)n,
                 runs[N_RUNS / 2] * 1e9 / (double)n);
}

static int measure(struct pd_key *keys, struct pd_key *scratch, size_t n, int threads)
{
    double copies[N_RUNS], sorts[N_RUNS];
    for (size_t run = 0; run < N_RUNS; run++) {
        for (size_t i = 0; i < n; i++) keys[i] = (struct pd_key){ pd_mix64(run * n + i), (uint32_t)i, 0 };
        double begin = seconds();
        memcpy(scratch, keys, n * sizeof *keys);
        copies[run] = seconds() - begin;
        begin = seconds();
        if (pd_radix_sort(keys, scratch, n, threads, NULL) != PADAN_OK) return 1;
        sorts[run] = seconds() - begin;
        for (size_t i = 1; i < n; i++)
            if (keys[i].hash < keys[i - 1].hash) return 1;
    }
    (void)puts("name,keys,threads,best_ns_per_key,median_ns_per_key");
    report("memcpy", n, 1, copies);
    report("pd_radix_sort", n, threads, sorts);
    return 0;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : 10000000;
    const int threads = pd_thread_count(argc > 2 ? atoi(argv[2]) : 0);
    struct pd_key *keys = NULL, *scratch = NULL;
    if (pd_allocate_array(&keys, n, sizeof *keys, NULL) != PADAN_OK) return 1;
    int failed = pd_allocate_array(&scratch, n, sizeof *scratch, NULL) != PADAN_OK;
    if (!failed) failed = measure(keys, scratch, n, threads);
    pd_free(scratch);
    pd_free(keys);
    return failed;
}

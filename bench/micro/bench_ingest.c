/* SPDX-License-Identifier: MIT
 * How long does a CSV, or an index of one, take from bytes to coded columns? Usage: bench_ingest FILE [THREADS]. Every
 * column is loaded; best and median of 3 loads and the processor seconds of one are printed. The peer is DuckDB's
 * read_csv into a table (bench/peers/duckdb_load.py). */
#include "base/parallel.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { N_RUNS = 3 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Seconds of user and system by this process so far. */
static double processor_seconds(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: bench_ingest FILE [THREADS]\n");
        return 2;
    }
    const int threads = pd_thread_count(argc > 2 ? atoi(argv[2]) : 0);
    const struct pd_input_source source = { .name = PD_TEXT("people") };
    /* As `padan dedupe` knows its files. */
    const struct pd_input_file file = { .path = argv[1], .digest = PD_DIGEST_XXH128 };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &file, .n_files = 1, .threads = threads
    };
    double runs[N_RUNS];
    uint64_t n_rows = 0, n_bytes = 0;
    const double processor_begin = processor_seconds();
    for (size_t run = 0; run < N_RUNS; run++) {
        struct pd_table table;
        struct pd_ingest_result result;
        struct padan_error error = { PADAN_OK, "" };
        const double begin = seconds();
        const enum padan_status status = pd_ingest(&options, &table, &result, &error);
        runs[run] = seconds() - begin;
        if (status != PADAN_OK) (void)fprintf(stderr, "bench_ingest: %s\n", error.message);
        n_rows = table.n_records;
        if (status == PADAN_OK) n_bytes = result.files[0].bytes;
        pd_ingest_result_reset(&result);
        pd_table_reset(&table);
        if (status != PADAN_OK) return 1;
    }
    qsort(runs, N_RUNS, sizeof *runs, by_value);
    (void)puts("name,threads,rows,best_s,median_s,best_mb_per_s,processor_s");
    (void)printf("pd_ingest,%d,%llu,%.3f,%.3f,%.0f,%.3f\n", threads, (unsigned long long)n_rows, runs[0],
                 runs[N_RUNS / 2], (double)n_bytes / runs[0] / 1e6, (processor_seconds() - processor_begin) / N_RUNS);
    return 0;
}

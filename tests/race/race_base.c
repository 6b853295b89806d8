/* SPDX-License-Identifier: MIT
 * Runs the parallel code of base/ with more threads than processors, for the thread sanitizer (make tsan). A plain
 * program, because Criterion cannot run under it. Exit status 0: results are right; the sanitizer adds its own. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

#include <stdio.h>

enum { N_THREADS = 4, N_CHUNKS = 200, N_KEYS = 300000 };

static enum padan_status fill(void *context, size_t chunk, int worker, struct padan_error *error)
{
    uint64_t *results = context;
    (void)worker;
    results[chunk] = pd_mix64(chunk);
    if (chunk == 150) PD_FAIL(error, PADAN_LIMIT, "chunk %zu", chunk);
    return PADAN_OK;
}

static int check_parallel(void)
{
    uint64_t results[N_CHUNKS] = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    if (pd_parallel_for(N_CHUNKS, N_THREADS, fill, results, &error) != PADAN_LIMIT) return 1;
    for (size_t i = 0; i < 150; i++)
        if (results[i] != pd_mix64(i)) return 1;
    return 0;
}

static int check_radix(void)
{
    struct pd_key *items = NULL, *scratch = NULL;
    if (pd_allocate_array(&items, N_KEYS, sizeof *items, NULL) != PADAN_OK) return 1;
    if (pd_allocate_array(&scratch, N_KEYS, sizeof *scratch, NULL) != PADAN_OK) return 1;
    for (uint32_t i = 0; i < N_KEYS; i++) items[i] = (struct pd_key){ pd_mix64(i), i, 0 };
    int wrong = pd_radix_sort(items, scratch, N_KEYS, N_THREADS, NULL) != PADAN_OK;
    for (size_t i = 1; i < N_KEYS; i++) wrong |= items[i].hash < items[i - 1].hash;
    pd_free(scratch);
    pd_free(items);
    return wrong;
}

int main(void)
{
    const int wrong = check_parallel() | check_radix();
    (void)puts(wrong ? "race_base: wrong results" : "race_base: results are right");
    return wrong;
}

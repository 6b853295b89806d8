/* SPDX-License-Identifier: MIT */
#include "linking/unlinkable.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK_ROWS = 4096 };

struct search {
    const struct pd_linker *linker;
    pd_weight *needed; /* [n_sources] of a row of the source with itself, which is weighed at the prior inside it */
    int8_t *gammas;    /* [threads][n_comparisons] */
    uint64_t *n;       /* [n_chunks] */
};

/* A link to the source that is linked soonest. */
static void find_needed(const struct search *search, const struct pd_scope *scope,
                        const struct pd_link_thresholds *thresholds)
{
    const struct pd_source_weights *weights = &search->linker->plan.sources;
    const size_t n = weights->n_sources;
    for (size_t a = 0; a < n; a++) {
        search->needed[a] = INT64_MAX;
        for (size_t b = 0; b < n; b++) {
            const size_t at = a * n + b;
            if (scope->matrix[at] == PD_SCOPE_NEVER) continue;
            const pd_weight linked = thresholds->by_source != NULL ? weights->automatic[at] : thresholds->linked;
            const pd_weight needed = linked - weights->priors[at] + weights->priors[a * n + a];
            if (needed < search->needed[a]) search->needed[a] = needed;
        }
    }
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct search *search = context;
    const struct pd_linker *linker = search->linker;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t left = linker->table->n_records - begin;
    const size_t end = begin + (left < CHUNK_ROWS ? left : CHUNK_ROWS);
    int8_t *gammas = search->gammas + (size_t)worker * linker->model->n_comparisons;
    (void)error;
    for (size_t row = begin; row < end; row++) {
        const pd_weight needed = search->needed[pd_table_source(linker->table, (uint32_t)row)];
        pd_weight weight = 0;
        search->n[chunk] += !pd_plan_score(&linker->plan, &linker->workers[worker], (uint32_t)row, (uint32_t)row,
                                           needed, gammas, &weight);
    }
    return PADAN_OK;
}

enum padan_status pd_unlinkable_rows(const struct pd_linker *linker, const struct pd_scope *scope,
                                     const struct pd_link_thresholds *thresholds, uint64_t *n,
                                     struct padan_error *error)
{
    struct search search = { .linker = linker };
    const size_t n_threads = linker->threads < 1 ? 1 : (size_t)linker->threads;
    const size_t n_chunks = (linker->table->n_records + CHUNK_ROWS - 1) / CHUNK_ROWS;
    *n = 0;
    enum padan_status status =
        pd_allocate_array(&search.needed, linker->plan.sources.n_sources + 1, sizeof *search.needed, error);
    if (status == PADAN_OK)
        status = pd_allocate(&search.gammas, n_threads * linker->model->n_comparisons + 1, 1, error);
    if (status == PADAN_OK) status = pd_allocate(&search.n, n_chunks + 1, sizeof *search.n, error);
    if (status == PADAN_OK) {
        find_needed(&search, scope, thresholds);
        status = pd_parallel_for(n_chunks, linker->threads, count_chunk, &search, error);
    }
    for (size_t i = 0; status == PADAN_OK && i < n_chunks; i++) *n += search.n[i];
    pd_free(search.needed);
    pd_free(search.gammas);
    pd_free(search.n);
    return status;
}

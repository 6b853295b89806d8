/* SPDX-License-Identifier: MIT
 * Pairs are cut into chunks; each is weighed once to count what it keeps, and once more to write it to its place. */
#include "linking/level_store.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK = 16384 };

/* Below any weight that a pair can have, and far enough from the ends of the type for sums. */
static const pd_weight EVERY_PAIR = INT64_MIN / 4;

void pd_level_store_reset(struct pd_level_store *store)
{
    pd_free(store->pairs);
    pd_free(store->gammas);
    *store = (struct pd_level_store){ 0 };
}

enum padan_status pd_level_store_fill(struct pd_level_store *store, struct pd_linker *linker,
                                      const struct pd_scope *scope, struct padan_error *error)
{
    struct pd_edges edges = { 0 };
    pd_level_store_reset(store);
    enum padan_status status = pd_linker_run(linker, scope, EVERY_PAIR, &edges, error);
    if (status == PADAN_OK) status = pd_allocate_array(&store->pairs, edges.n_edges + 1, sizeof *store->pairs, error);
    if (status == PADAN_OK) {
        for (size_t i = 0; i < edges.n_edges; i++)
            store->pairs[i] = (struct pd_pair){ edges.edges[i].left, edges.edges[i].right };
        store->gammas = edges.gammas;
        store->n_pairs = edges.n_edges;
        store->n_comparisons = edges.n_comparisons;
        edges.gammas = NULL;
    }
    pd_edges_reset(&edges);
    return status;
}

/* The weights of a model by comparison and level; one whose level hangs on frequencies is asked for by pair. */
struct weighing {
    const struct pd_level_store *store;
    const struct pd_linker *linker;
    pd_weight needed;
    const struct pd_plan_level *levels[PD_COMPARISONS_MAX][PD_LEVELS_MAX + 1]; /* NULL: says nothing */
    size_t *kept; /* [chunks + 1] pairs kept by each chunk, then where its first goes */
    struct pd_edges *edges;
};

static void find_levels(struct weighing *w)
{
    for (size_t c = 0; c < w->store->n_comparisons; c++)
        for (int gamma = -1; gamma < PD_LEVELS_MAX; gamma++)
            w->levels[c][gamma + 1] = pd_plan_level_of(&w->linker->plan, c, gamma);
}

static bool reaches(const struct weighing *w, size_t pair, pd_weight *weight)
{
    const struct pd_level_store *store = w->store;
    const struct pd_plan *plan = &w->linker->plan;
    const struct pd_pair ids = store->pairs[pair];
    const int8_t *gammas = store->gammas + pair * store->n_comparisons;
    pd_weight sum = plan->sources.priors[pd_source_pair_index(&plan->sources, w->linker->table, ids.left, ids.right)];
    for (size_t c = 0; c < store->n_comparisons; c++) {
        const struct pd_plan_level *level = w->levels[c][gammas[c] + 1];
        if (level == NULL) continue;
        sum += level->frequency == NULL ? level->weight : pd_plan_weight(plan, level, ids.left, ids.right);
    }
    *weight = sum;
    return sum >= w->needed;
}

static size_t end_of(const struct weighing *w, size_t chunk)
{
    const size_t end = (chunk + 1) * CHUNK;
    return end < w->store->n_pairs ? end : w->store->n_pairs;
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct weighing *w = context;
    pd_weight weight = 0;
    size_t n = 0;
    (void)worker;
    (void)error;
    for (size_t i = chunk * CHUNK; i < end_of(w, chunk); i++) n += reaches(w, i, &weight);
    w->kept[chunk] = n;
    return PADAN_OK;
}

static enum padan_status keep_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct weighing *w = context;
    const struct pd_level_store *store = w->store;
    const size_t width = store->n_comparisons;
    size_t to = w->kept[chunk];
    (void)worker;
    (void)error;
    for (size_t i = chunk * CHUNK; i < end_of(w, chunk); i++) {
        pd_weight weight = 0;
        if (!reaches(w, i, &weight)) continue;
        memcpy(w->edges->gammas + to * width, store->gammas + i * width, width);
        w->edges->edges[to++] =
            (struct pd_edge){ .left = store->pairs[i].left, .right = store->pairs[i].right, .weight = weight };
    }
    return PADAN_OK;
}

/* From counts of chunks to places; returns how many there are. */
static size_t place_chunks(size_t *kept, size_t n_chunks)
{
    size_t n = 0;
    for (size_t i = 0; i < n_chunks; i++) {
        const size_t of_chunk = kept[i];
        kept[i] = n;
        n += of_chunk;
    }
    return n;
}

static enum padan_status keep(struct weighing *w, struct padan_error *error)
{
    const int threads = w->linker->threads;
    const size_t n_chunks = (w->store->n_pairs + CHUNK - 1) / CHUNK;
    struct pd_edges *edges = w->edges;
    PD_TRY(pd_parallel_for(n_chunks, threads, count_chunk, w, error));
    const size_t n = place_chunks(w->kept, n_chunks);
    edges->n_comparisons = w->store->n_comparisons;
    PD_TRY(pd_allocate_array(&edges->edges, n + 1, sizeof *edges->edges, error));
    PD_TRY(pd_allocate_array(&edges->gammas, n * edges->n_comparisons + 1, 1, error));
    edges->n_edges = n;
    edges->capacity = n;
    return pd_parallel_for(n_chunks, threads, keep_chunk, w, error);
}

enum padan_status pd_level_store_reach(const struct pd_level_store *store, const struct pd_linker *linker,
                                       pd_weight needed, struct pd_edges *edges, struct padan_error *error)
{
    struct weighing *w = NULL;
    PD_TRY(pd_allocate(&w, 1, sizeof *w, error));
    *w = (struct weighing){ .store = store, .linker = linker, .needed = needed, .edges = edges };
    find_levels(w);
    enum padan_status status = pd_allocate(&w->kept, store->n_pairs / CHUNK + 2, sizeof *w->kept, error);
    if (status == PADAN_OK) status = keep(w, error);
    if (status != PADAN_OK) pd_edges_reset(edges);
    pd_free(w->kept);
    pd_free(w);
    return status;
}

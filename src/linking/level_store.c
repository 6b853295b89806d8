/* SPDX-License-Identifier: MIT
 * While pairs are looked for every thread numbers the patterns of levels that it meets; then patterns get common
 * numbers and pairs their place behind their left record. To see which reach a weight, patterns are weighed, and pairs
 * by their patterns: once to count what a chunk of records keeps, and once more to write it to its place. */
#include "linking/level_store.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "train/patterns.h"

#include <stdlib.h>

enum { CHUNK_RECORDS = 256, CHUNK_PAIRS = 4096 };

void pd_level_store_reset(struct pd_level_store *store)
{
    pd_free(store->begins);
    pd_free(store->rights);
    pd_free(store->gammas);
    *store = (struct pd_level_store){ 0 };
}

/* --- filling --- */

struct met_pair {
    struct pd_pair ids;
    uint32_t pattern; /* as its thread numbers them */
};

/* The pairs of one chunk. */
struct piece {
    struct met_pair *pairs;
    size_t n, capacity;
    int worker;
};

struct filling {
    struct pd_level_store *store;
    struct piece *pieces;
    size_t n_pieces, capacity;
    size_t first_piece;            /* that of the first chunk of the pass at hand */
    struct pd_patterns *of_worker; /* [threads] */
    uint32_t **numbers;            /* [threads][patterns of a thread] common numbers */
    int threads;
};

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    struct filling *filling = context;
    (void)pass;
    PD_TRY(pd_grow(&filling->pieces, &filling->capacity, filling->n_pieces + n_chunks, sizeof *filling->pieces, error));
    memset(filling->pieces + filling->n_pieces, 0, n_chunks * sizeof *filling->pieces);
    filling->first_piece = filling->n_pieces;
    filling->n_pieces += n_chunks;
    return PADAN_OK;
}

static enum padan_status take(void *context, size_t chunk, int worker, struct pd_pair pair, const int8_t *gammas,
                              struct padan_error *error)
{
    struct filling *filling = context;
    struct piece *piece = &filling->pieces[filling->first_piece + chunk];
    PD_TRY(pd_grow(&piece->pairs, &piece->capacity, piece->n + 1, sizeof *piece->pairs, error));
    struct met_pair *met = &piece->pairs[piece->n++];
    met->ids = pair;
    piece->worker = worker;
    return pd_patterns_place(&filling->of_worker[worker], gammas, 1, &met->pattern, error);
}

/* Numbers the patterns of all threads. */
static enum padan_status number_patterns(struct filling *filling, struct padan_error *error)
{
    struct pd_level_store *store = filling->store;
    struct pd_patterns all = { .width = store->n_comparisons };
    enum padan_status status = PADAN_OK;
    for (int i = 0; status == PADAN_OK && i < filling->threads; i++) {
        const struct pd_patterns *patterns = &filling->of_worker[i];
        status = pd_allocate(&filling->numbers[i], patterns->n + 1, sizeof **filling->numbers, error);
        for (size_t j = 0; status == PADAN_OK && j < patterns->n; j++)
            status = pd_patterns_place(&all, pd_pattern(patterns, j), 1, &filling->numbers[i][j], error);
    }
    store->n_patterns = all.n;
    store->gammas = all.bytes;
    all.bytes = NULL;
    pd_patterns_reset(&all);
    return status;
}

/* From counts of left records to where their pairs begin. */
static void find_begins(struct filling *filling)
{
    struct pd_level_store *store = filling->store;
    for (size_t i = 0; i < filling->n_pieces; i++)
        for (size_t j = 0; j < filling->pieces[i].n; j++) store->begins[filling->pieces[i].pairs[j].ids.left]++;
    for (size_t record = 0; record <= store->n_records; record++) {
        const size_t n = store->begins[record];
        store->begins[record] = store->n_pairs;
        store->n_pairs += n;
    }
}

/* Moves pairs behind their left records, whose begins move to their ends; pieces are given back. */
static void scatter(struct filling *filling)
{
    struct pd_level_store *store = filling->store;
    for (size_t i = 0; i < filling->n_pieces; i++) {
        struct piece *piece = &filling->pieces[i];
        const uint32_t *numbers = filling->numbers[piece->worker];
        for (size_t j = 0; j < piece->n; j++) {
            const struct met_pair *met = &piece->pairs[j];
            store->rights[store->begins[met->ids.left]++] = (uint64_t)met->ids.right << 32 | numbers[met->pattern];
        }
        pd_free(piece->pairs);
        *piece = (struct piece){ 0 };
    }
    for (size_t record = store->n_records; record > 0; record--) store->begins[record] = store->begins[record - 1];
    store->begins[0] = 0;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static enum padan_status sort_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct pd_level_store *store = context;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < store->n_records && i < (chunk + 1) * CHUNK_RECORDS; i++)
        qsort(store->rights + store->begins[i], store->begins[i + 1] - store->begins[i], sizeof *store->rights,
              by_value);
    return PADAN_OK;
}

static size_t count_chunks(const struct pd_level_store *store)
{
    return (store->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
}

static enum padan_status order_pairs(struct filling *filling, struct padan_error *error)
{
    struct pd_level_store *store = filling->store;
    PD_TRY(number_patterns(filling, error));
    PD_TRY(pd_allocate(&store->begins, store->n_records + 1, sizeof *store->begins, error));
    find_begins(filling);
    PD_TRY(pd_allocate_array(&store->rights, store->n_pairs + 1, sizeof *store->rights, error));
    scatter(filling);
    return pd_parallel_for(count_chunks(store), filling->threads, sort_chunk, store, error);
}

static enum padan_status make_patterns(struct filling *filling, size_t width, struct padan_error *error)
{
    PD_TRY(pd_allocate(&filling->of_worker, (size_t)filling->threads, sizeof *filling->of_worker, error));
    PD_TRY(pd_allocate(&filling->numbers, (size_t)filling->threads, sizeof *filling->numbers, error));
    for (int i = 0; i < filling->threads; i++) filling->of_worker[i].width = width;
    return PADAN_OK;
}

static void reset_filling(struct filling *filling)
{
    for (size_t i = 0; i < filling->n_pieces; i++) pd_free(filling->pieces[i].pairs);
    for (int i = 0; filling->of_worker != NULL && i < filling->threads; i++) pd_patterns_reset(&filling->of_worker[i]);
    for (int i = 0; filling->numbers != NULL && i < filling->threads; i++) pd_free(filling->numbers[i]);
    pd_free(filling->pieces);
    pd_free(filling->of_worker);
    pd_free(filling->numbers);
}

static struct filling begin(struct pd_level_store *store, const struct pd_linker *linker)
{
    pd_level_store_reset(store);
    store->n_records = linker->table->n_records;
    store->n_comparisons = linker->model->n_comparisons;
    return (struct filling){ .store = store, .threads = linker->threads };
}

/* Orders what was taken; status: whether it was taken. */
static enum padan_status end(struct filling *filling, enum padan_status status, struct padan_error *error)
{
    if (status == PADAN_OK) status = order_pairs(filling, error);
    reset_filling(filling);
    if (status != PADAN_OK) pd_level_store_reset(filling->store);
    return status;
}

enum padan_status pd_level_store_fill(struct pd_level_store *store, struct pd_linker *linker,
                                      const struct pd_scope *scope, struct padan_error *error)
{
    struct filling filling = begin(store, linker);
    const struct pd_level_visitor visitor = { begin_pass, take, &filling };
    enum padan_status status = make_patterns(&filling, store->n_comparisons, error);
    if (status == PADAN_OK) status = pd_linker_levels(linker, scope, &visitor, error);
    return end(&filling, status, error);
}

/* --- given pairs --- */

struct taking {
    struct filling *filling;
    const struct pd_linker *linker;
    const struct pd_pair *pairs;
    size_t n_pairs;
};

static void level_pair(const struct pd_linker *linker, int worker, struct pd_pair pair, int8_t *gammas)
{
    pd_weight weight = 0;
    (void)pd_plan_score(&linker->plan, &linker->workers[worker], pair.left, pair.right, INT64_MIN, gammas, &weight);
}

static enum padan_status take_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct taking *taking = context;
    const size_t end_of_chunk = (chunk + 1) * CHUNK_PAIRS;
    for (size_t i = chunk * CHUNK_PAIRS; i < taking->n_pairs && i < end_of_chunk; i++) {
        int8_t gammas[PD_COMPARISONS_MAX];
        level_pair(taking->linker, worker, taking->pairs[i], gammas);
        PD_TRY(take(taking->filling, chunk, worker, taking->pairs[i], gammas, error));
    }
    return PADAN_OK;
}

enum padan_status pd_level_store_take(struct pd_level_store *store, struct pd_linker *linker,
                                      const struct pd_pair *pairs, size_t n_pairs, struct padan_error *error)
{
    struct filling filling = begin(store, linker);
    struct taking taking = { &filling, linker, pairs, n_pairs };
    const size_t n_chunks = (n_pairs + CHUNK_PAIRS - 1) / CHUNK_PAIRS;
    enum padan_status status = make_patterns(&filling, store->n_comparisons, error);
    if (status == PADAN_OK) status = begin_pass(&filling, 0, n_chunks, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, filling.threads, take_chunk, &taking, error);
    return end(&filling, status, error);
}

/* --- widening --- */

struct widening {
    struct filling filling; /* its store has the patterns as they were */
    const struct pd_linker *linker;
    int *worker_of; /* [chunks] */
};

static enum padan_status widen_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct widening *widening = context;
    const struct pd_level_store *store = widening->filling.store;
    int8_t gammas[PD_PATTERN_BYTES_MAX];
    widening->worker_of[chunk] = worker;
    for (size_t left = chunk * CHUNK_RECORDS; left < store->n_records && left < (chunk + 1) * CHUNK_RECORDS; left++)
        for (size_t i = store->begins[left]; i < store->begins[left + 1]; i++) {
            const uint64_t item = store->rights[i];
            const struct pd_pair pair = { (uint32_t)left, pd_level_store_right(item) };
            uint32_t pattern = 0;
            memcpy(gammas, store->gammas + pd_level_store_pattern(item) * store->n_comparisons, store->n_comparisons);
            level_pair(widening->linker, worker, pair, gammas + store->n_comparisons);
            PD_TRY(pd_patterns_place(&widening->filling.of_worker[worker], gammas, 1, &pattern, error));
            store->rights[i] = (uint64_t)pair.right << 32 | pattern;
        }
    return PADAN_OK;
}

/* From the numbers of threads to common ones. */
static void renumber(const struct widening *widening)
{
    const struct pd_level_store *store = widening->filling.store;
    for (size_t left = 0; left < store->n_records; left++) {
        const uint32_t *numbers = widening->filling.numbers[widening->worker_of[left / CHUNK_RECORDS]];
        for (size_t i = store->begins[left]; i < store->begins[left + 1]; i++) {
            const uint64_t item = store->rights[i];
            store->rights[i] = item >> 32 << 32 | numbers[pd_level_store_pattern(item)];
        }
    }
}

static enum padan_status widen(struct widening *widening, size_t width, struct padan_error *error)
{
    struct filling *filling = &widening->filling;
    struct pd_level_store *store = filling->store;
    if (width > PD_PATTERN_BYTES_MAX) PD_FAIL(error, PADAN_LIMIT, "more than %d comparisons", PD_PATTERN_BYTES_MAX);
    PD_TRY(make_patterns(filling, width, error));
    PD_TRY(pd_allocate(&widening->worker_of, count_chunks(store) + 1, sizeof *widening->worker_of, error));
    PD_TRY(pd_parallel_for(count_chunks(store), filling->threads, widen_chunk, widening, error));
    pd_free(store->gammas);
    store->gammas = NULL;
    store->n_comparisons = width;
    PD_TRY(number_patterns(filling, error));
    renumber(widening);
    return PADAN_OK;
}

enum padan_status pd_level_store_widen(struct pd_level_store *store, struct pd_linker *linker,
                                       struct padan_error *error)
{
    struct widening widening = { .filling = { .store = store, .threads = linker->threads }, .linker = linker };
    const enum padan_status status = widen(&widening, store->n_comparisons + linker->model->n_comparisons, error);
    reset_filling(&widening.filling);
    pd_free(widening.worker_of);
    if (status != PADAN_OK) pd_level_store_reset(store);
    return status;
}

/* --- reaching --- */

/* What a pattern weighs but for frequencies, and the most with them. */
struct pattern_weight {
    pd_weight sum, most;
    bool by_frequency;
};

struct weighing {
    const struct pd_level_store *store;
    const int8_t *gammas; /* [patterns * width] */
    size_t width;
    const struct pd_linker *linker;
    pd_weight needed;
    const struct pd_plan_level *levels[PD_COMPARISONS_MAX][PD_LEVELS_MAX + 1]; /* by gamma + 1; NULL: says nothing */
    struct pattern_weight *patterns;
    size_t *kept; /* [chunks + 1] pairs kept by each chunk, then where its first goes */
    struct pd_edges *edges;
};

static void find_levels(struct weighing *w)
{
    for (size_t c = 0; c < w->width; c++)
        for (int gamma = -1; gamma < PD_LEVELS_MAX; gamma++)
            w->levels[c][gamma + 1] = pd_plan_level_of(&w->linker->plan, c, gamma);
}

static void weigh_patterns(struct weighing *w)
{
    const struct pd_level_store *store = w->store;
    for (size_t i = 0; i < store->n_patterns; i++) {
        struct pattern_weight *pattern = &w->patterns[i];
        for (size_t c = 0; c < w->width; c++) {
            const struct pd_plan_level *level = w->levels[c][w->gammas[i * w->width + c] + 1];
            if (level == NULL) continue;
            pattern->by_frequency = pattern->by_frequency || level->frequency != NULL;
            pattern->sum += level->frequency == NULL ? level->weight : 0;
            pattern->most += pd_most_of_level(level);
        }
    }
}

static pd_weight add_frequencies(const struct weighing *w, uint32_t pattern, uint32_t left, uint32_t right)
{
    const struct pd_plan *plan = &w->linker->plan;
    const int8_t *gammas = w->gammas + pattern * w->width;
    pd_weight sum = 0;
    for (size_t c = 0; c < w->width; c++) {
        const struct pd_plan_level *level = w->levels[c][gammas[c] + 1];
        if (level != NULL && level->frequency != NULL) sum += pd_plan_weight(plan, level, left, right);
    }
    return sum;
}

static bool reaches(const struct weighing *w, uint32_t left, uint64_t item, pd_weight *weight)
{
    const struct pd_source_weights *sources = &w->linker->plan.sources;
    const uint32_t right = pd_level_store_right(item);
    const pd_weight prior = sources->priors[pd_source_pair_index(sources, w->linker->table, left, right)];
    const struct pattern_weight *pattern = &w->patterns[pd_level_store_pattern(item)];
    *weight = prior + pattern->sum;
    if (!pattern->by_frequency) return *weight >= w->needed;
    if (prior + pattern->most < w->needed) return false;
    *weight += add_frequencies(w, pd_level_store_pattern(item), left, right);
    return *weight >= w->needed;
}

static size_t end_of(const struct weighing *w, size_t chunk)
{
    const size_t end = (chunk + 1) * CHUNK_RECORDS;
    return end < w->store->n_records ? end : w->store->n_records;
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct weighing *w = context;
    const struct pd_level_store *store = w->store;
    pd_weight weight = 0;
    size_t n = 0;
    (void)worker, (void)error;
    for (size_t left = chunk * CHUNK_RECORDS; left < end_of(w, chunk); left++)
        for (size_t i = store->begins[left]; i < store->begins[left + 1]; i++)
            n += reaches(w, (uint32_t)left, store->rights[i], &weight);
    w->kept[chunk] = n;
    return PADAN_OK;
}

static enum padan_status keep_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct weighing *w = context;
    const struct pd_level_store *store = w->store;
    const size_t width = w->width;
    size_t to = w->kept[chunk];
    (void)worker, (void)error;
    for (size_t left = chunk * CHUNK_RECORDS; left < end_of(w, chunk); left++)
        for (size_t i = store->begins[left]; i < store->begins[left + 1]; i++) {
            const uint64_t item = store->rights[i];
            pd_weight weight = 0;
            if (!reaches(w, (uint32_t)left, item, &weight)) continue;
            memcpy(w->edges->gammas + to * width, w->gammas + pd_level_store_pattern(item) * width, width);
            w->edges->edges[to++] =
                (struct pd_edge){ .left = (uint32_t)left, .right = pd_level_store_right(item), .weight = weight };
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
    const size_t n_chunks = count_chunks(w->store);
    struct pd_edges *edges = w->edges;
    PD_TRY(pd_allocate(&w->patterns, w->store->n_patterns + 1, sizeof *w->patterns, error));
    PD_TRY(pd_allocate(&w->kept, n_chunks + 1, sizeof *w->kept, error));
    find_levels(w);
    weigh_patterns(w);
    PD_TRY(pd_parallel_for(n_chunks, threads, count_chunk, w, error));
    const size_t n = place_chunks(w->kept, n_chunks);
    edges->n_comparisons = w->width;
    PD_TRY(pd_allocate_array(&edges->edges, n + 1, sizeof *edges->edges, error));
    PD_TRY(pd_allocate_array(&edges->gammas, n * edges->n_comparisons + 1, 1, error));
    edges->n_edges = n;
    edges->capacity = n;
    return pd_parallel_for(n_chunks, threads, keep_chunk, w, error);
}

enum padan_status pd_level_store_reach(const struct pd_level_store *store, const int8_t *gammas,
                                       const struct pd_linker *linker, pd_weight needed, struct pd_edges *edges,
                                       struct padan_error *error)
{
    struct weighing *w = NULL;
    PD_TRY(pd_allocate(&w, 1, sizeof *w, error));
    *w = (struct weighing){ .store = store,
                            .gammas = gammas,
                            .width = linker->model->n_comparisons,
                            .linker = linker,
                            .needed = needed,
                            .edges = edges };
    const enum padan_status status = keep(w, error);
    if (status != PADAN_OK) pd_edges_reset(edges);
    pd_free(w->patterns);
    pd_free(w->kept);
    pd_free(w);
    return status;
}

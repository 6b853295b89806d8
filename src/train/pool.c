/* SPDX-License-Identifier: MIT
 * Items are sorted by hash, records ascending in a block, so the records of one source in a block are one run, and the
 * t-th pair of a block follows from the lengths of its runs. */
#include "train/pool.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"

#include <math.h>

/* Records of one source in a block. */
struct run {
    size_t begin, end, source;
};

static bool wanted(const struct pd_scope *scope, size_t a, size_t b)
{
    return scope->matrix[a * scope->n_sources + b] != PD_SCOPE_NEVER;
}

static uint64_t pairs_of(const struct pd_scope *scope, const struct run *a, const struct run *b)
{
    if (!wanted(scope, a->source, b->source)) return 0;
    const uint64_t n_a = a->end - a->begin;
    const uint64_t n_b = b->end - b->begin;
    return a->begin == b->begin ? n_a * (n_a - 1) / 2 : n_a * n_b;
}

/* First item of [begin, end) whose record is at least `record`. */
static size_t lower_bound(const struct pd_key *items, size_t begin, size_t end, size_t record)
{
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (items[middle].record < record)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* The run that begins at `begin`. */
static struct run run_at(const struct pd_pool *pool, size_t begin, size_t end)
{
    const size_t source = pd_table_source(pool->table, pool->items[begin].record);
    return (struct run){ begin, lower_bound(pool->items, begin, end, pool->table->sources[source].end), source };
}

static uint64_t count_block(const struct pd_pool *pool, size_t begin, size_t end)
{
    uint64_t pairs = 0;
    for (size_t i = begin; i < end;) {
        const struct run a = run_at(pool, i, end);
        pairs += pairs_of(pool->scope, &a, &a);
        for (size_t j = a.end; j < end;) {
            const struct run b = run_at(pool, j, end);
            pairs += pairs_of(pool->scope, &a, &b);
            j = b.end;
        }
        i = a.end;
    }
    return pairs;
}

static enum padan_status collect(struct pd_pool *pool, pd_pool_key *key, const void *context, int threads,
                                 struct padan_error *error)
{
    const size_t n = pool->table->n_records;
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate_array(&pool->items, n + 1, sizeof *pool->items, error));
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = 0;
        if (key(context, (uint32_t)i, &hash))
            pool->items[pool->n_items++] = (struct pd_key){ pd_mix64(hash), (uint32_t)i, 0 };
    }
    PD_TRY(pd_allocate_array(&scratch, pool->n_items + 1, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(pool->items, scratch, pool->n_items, threads, error);
    pd_free(scratch);
    return status;
}

static enum padan_status find_blocks(struct pd_pool *pool, struct padan_error *error)
{
    size_t capacity = 0;
    for (size_t i = 0; i < pool->n_items;) {
        size_t end = i + 1;
        while (end < pool->n_items && pool->items[end].hash == pool->items[i].hash) end++;
        const uint64_t pairs = end - i < 2 ? 0 : count_block(pool, i, end);
        if (pairs > 0) {
            PD_TRY(pd_grow(&pool->blocks, &capacity, pool->n_blocks + 1, sizeof *pool->blocks, error));
            pool->blocks[pool->n_blocks++] = (struct pd_pool_block){ i, end, pool->n_pairs };
            pool->n_pairs += pairs;
        }
        i = end;
    }
    return PADAN_OK;
}

enum padan_status pd_pool_make(struct pd_pool *pool, const struct pd_table *table, const struct pd_scope *scope,
                               pd_pool_key *key, const void *context, int threads, struct padan_error *error)
{
    *pool = (struct pd_pool){ .table = table, .scope = scope };
    enum padan_status status = collect(pool, key, context, threads, error);
    if (status == PADAN_OK) status = find_blocks(pool, error);
    if (status != PADAN_OK) pd_pool_reset(pool);
    return status;
}

void pd_pool_reset(struct pd_pool *pool)
{
    pd_free(pool->items);
    pd_free(pool->blocks);
    *pool = (struct pd_pool){ .n_pairs = 0 };
}

/* Pair t of one run with itself, in the order (0,1) (0,2) (1,2) (0,3) ... */
static void triangle(uint64_t t, uint64_t *low, uint64_t *high)
{
    uint64_t j = (uint64_t)((1 + sqrt(1 + 8 * (double)t)) / 2);
    while (j * (j - 1) / 2 > t) j--;
    while (j * (j + 1) / 2 <= t) j++;
    *high = j;
    *low = t - j * (j - 1) / 2;
}

/* True when pair t lies between runs a and b; else t is counted down. */
static bool take(const struct pd_pool *pool, const struct run *a, const struct run *b, uint64_t *t,
                 struct pd_pair *pair)
{
    const uint64_t pairs = pairs_of(pool->scope, a, b);
    if (*t >= pairs) {
        *t -= pairs;
        return false;
    }
    uint64_t low = *t / (b->end - b->begin);
    uint64_t high = *t % (b->end - b->begin);
    if (a->begin == b->begin) triangle(*t, &low, &high);
    *pair = (struct pd_pair){ pool->items[a->begin + low].record, pool->items[b->begin + high].record };
    return true;
}

static struct pd_pair pair_of_block(const struct pd_pool *pool, const struct pd_pool_block *block, uint64_t t)
{
    struct pd_pair pair = { 0, 0 };
    for (size_t i = block->begin; i < block->end;) {
        const struct run a = run_at(pool, i, block->end);
        if (take(pool, &a, &a, &t, &pair)) return pair;
        for (size_t j = a.end; j < block->end;) {
            const struct run b = run_at(pool, j, block->end);
            if (take(pool, &a, &b, &t, &pair)) return pair;
            j = b.end;
        }
        i = a.end;
    }
    return pair;
}

struct pd_pair pd_pool_draw(const struct pd_pool *pool, uint64_t seed, uint64_t stream, uint64_t n, uint64_t i)
{
    uint64_t t = i;
    if (n < pool->n_pairs) {
        const uint64_t begin = (uint64_t)((unsigned __int128)i * pool->n_pairs / n);
        const uint64_t end = (uint64_t)((unsigned __int128)(i + 1) * pool->n_pairs / n);
        struct pd_random random = pd_random_stream(seed, pd_hash_combine(stream, i));
        t = begin + pd_random_below(&random, end - begin);
    }
    size_t low = 0;
    size_t high = pool->n_blocks;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (pool->blocks[middle].pairs_before <= t)
            low = middle;
        else
            high = middle;
    }
    return pair_of_block(pool, &pool->blocks[low], t - pool->blocks[low].pairs_before);
}

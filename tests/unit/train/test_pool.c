/* SPDX-License-Identifier: MIT
 * Pools against a double loop over all pairs. */
#include "train/pool.h"

#include "../table/even_sources.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <string.h>

enum { N_RECORDS = 120, N_SOURCES = 3, N_KEYS = 9, N_SCOPES = 3 };

static const uint8_t scopes[N_SCOPES][N_SOURCES * N_SOURCES] = {
    { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, /* inside */
    { 0, 1, 1, 1, 0, 1, 1, 1, 0 }, /* across */
    { 1, 1, 0, 1, 0, 1, 0, 1, 1 },
};

/* Every fifth record has no key. */
static bool key_of(const void *context, uint32_t record, uint64_t *hash)
{
    const uint64_t *keys = context;
    *hash = keys[record];
    return record % 5 != 0;
}

static bool is_pair(const uint64_t *keys, const uint8_t *matrix, size_t left, size_t right)
{
    const size_t a = left * N_SOURCES / N_RECORDS;
    const size_t b = right * N_SOURCES / N_RECORDS;
    return left % 5 != 0 && right % 5 != 0 && keys[left] == keys[right] && matrix[a * N_SOURCES + b] != 0;
}

Test(pool, all_pairs_with_equal_keys_come_once_and_no_others)
{
    static uint8_t seen[N_RECORDS][N_RECORDS];
    struct pd_table table;
    uint64_t keys[N_RECORDS];
    struct pd_random random = pd_random_stream(1, 1);
    make_even_sources(&table, N_RECORDS, N_SOURCES);
    for (size_t i = 0; i < N_RECORDS; i++) keys[i] = pd_random_below(&random, N_KEYS);
    for (size_t s = 0; s < N_SCOPES; s++) {
        const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = scopes[s] };
        struct pd_pool pool;
        memset(seen, 0, sizeof seen);
        cr_assert_eq(pd_pool_make(&pool, &table, &scope, key_of, keys, 2, NULL), PADAN_OK);
        for (uint64_t i = 0; i < pool.n_pairs; i++) {
            const struct pd_pair pair = pd_pool_draw(&pool, 1, 1, pool.n_pairs, i);
            cr_assert_lt(pair.left, pair.right);
            seen[pair.left][pair.right]++;
        }
        for (size_t i = 0; i < N_RECORDS; i++)
            for (size_t j = i + 1; j < N_RECORDS; j++)
                cr_assert_eq(seen[i][j], is_pair(keys, scopes[s], i, j), "scope %zu, records %zu and %zu", s, i, j);
        pd_pool_reset(&pool);
    }
    pd_table_reset(&table);
}

Test(pool, draws_are_even_and_hang_on_the_seed)
{
    enum { DRAWS = 100, SEEDS = 4000 };
    static uint32_t counts[N_RECORDS][N_RECORDS];
    struct pd_table table;
    uint64_t keys[N_RECORDS];
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = scopes[2] };
    struct pd_pool pool;
    size_t n_different = 0;
    make_even_sources(&table, N_RECORDS, N_SOURCES);
    for (size_t i = 0; i < N_RECORDS; i++) keys[i] = i % N_KEYS;
    cr_assert_eq(pd_pool_make(&pool, &table, &scope, key_of, keys, 1, NULL), PADAN_OK);
    cr_assert_gt(pool.n_pairs, DRAWS);
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        for (uint64_t i = 0; i < DRAWS; i++) {
            const struct pd_pair pair = pd_pool_draw(&pool, seed, 1, DRAWS, i);
            const struct pd_pair again = pd_pool_draw(&pool, seed, 1, DRAWS, i);
            const struct pd_pair other = pd_pool_draw(&pool, seed + 1, 1, DRAWS, i);
            cr_assert(pair.left == again.left && pair.right == again.right);
            n_different += pair.left != other.left || pair.right != other.right;
            counts[pair.left][pair.right]++;
        }
    cr_expect_gt(n_different, SEEDS * DRAWS / 2);
    /* Slices hold a few pairs and differ by one in length, so pairs come near the mean, not at it. */
    const double mean = (double)SEEDS * DRAWS / (double)pool.n_pairs;
    for (size_t i = 0; i < N_RECORDS; i++)
        for (size_t j = i + 1; j < N_RECORDS; j++) {
            const double count = counts[i][j];
            if (is_pair(keys, scopes[2], i, j))
                cr_assert(count > 0.5 * mean && count < 1.6 * mean, "%zu, %zu: %f, mean %f", i, j, count, mean);
            else
                cr_assert_eq(counts[i][j], 0);
        }
    pd_pool_reset(&pool);
    pd_table_reset(&table);
}

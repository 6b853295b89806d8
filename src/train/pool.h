/* SPDX-License-Identifier: MIT
 * All pairs of records that agree on a key, counted exactly and drawn evenly, without listing them: the population that
 * a training rule or a stratum of u stands for. A key that every record has gives all pairs of the table. */
#ifndef PD_TRAIN_POOL_H
#define PD_TRAIN_POOL_H

#include "base/radix.h"
#include "model/pair.h"
#include "table/table.h"

/* Key of a record; false when it has none. Equal hashes are taken as equal keys. */
typedef bool pd_pool_key(const void *context, uint32_t record, uint64_t *hash);

struct pd_pool_block {
    size_t begin, end;     /* of items; records ascend */
    uint64_t pairs_before; /* pairs in scope of the blocks before */
};

struct pd_pool {
    const struct pd_table *table;
    const struct pd_scope *scope;
    struct pd_key *items;
    size_t n_items;
    struct pd_pool_block *blocks; /* those with pairs in scope */
    size_t n_blocks;
    uint64_t n_pairs;
};

/* Groups the records by key. table and scope must outlive the pool; scope->linked is not read. Memory: 32 bytes per
 * record while making, then 16. */
PADAN_MUST_CHECK enum padan_status pd_pool_make(struct pd_pool *pool, const struct pd_table *table,
                                                const struct pd_scope *scope, pd_pool_key *key, const void *context,
                                                int threads, struct padan_error *error);
void pd_pool_reset(struct pd_pool *pool);

/* The i-th of n draws: all pairs in turn when n == n_pairs, else one from each of n equal slices of them, chosen by
 * (seed, stream, i). The record with the smaller id is left. */
struct pd_pair pd_pool_draw(const struct pd_pool *pool, uint64_t seed, uint64_t stream, uint64_t n, uint64_t i);

#endif

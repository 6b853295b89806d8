/* SPDX-License-Identifier: MIT
 * Keys of records in a pass: hashes to group by, values to verify with. Used inside block/ only. */
#ifndef PD_BLOCK_KEYS_H
#define PD_BLOCK_KEYS_H

#include "block/block.h"

/* Hashes of the keys of records [begin, begin + n) on one side; missing[i] is set when a part of one is NULL. */
void pd_key_hashes(const struct pd_table *table, const struct pd_pass *pass, bool right_side, size_t begin, size_t n,
                   uint64_t *hashes, bool *missing);
/* The keys agree by value. */
bool pd_key_equal(const struct pd_table *table, const struct pd_pass *pass, uint32_t left, uint32_t right);
/* Brings near what pd_key_equal reads of a record. */
void pd_key_prefetch(const struct pd_table *table, const struct pd_pass *pass, uint32_t record);
/* The first `n` refining keys agree by value. */
bool pd_refine_equal(const struct pd_table *table, const struct pd_pass *pass, size_t n, uint32_t left, uint32_t right);

#endif

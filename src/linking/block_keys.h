/* SPDX-License-Identifier: MIT
 * The keys of all rows of a table in all passes (block/portable.h): what rows are brought together by elsewhere. */
#ifndef PD_LINKING_BLOCK_KEYS_H
#define PD_LINKING_BLOCK_KEYS_H

#include "block/portable.h"
#include "linking/linker.h"

/* A line per row, pass and side, or entry, that has a key; by pass, then row. */
struct pd_block_keys {
    uint64_t *keys;  /* [n] */
    uint32_t *rows;  /* [n] */
    uint8_t *passes; /* [n] */
    size_t n;
    const char **rules;  /* [n_passes] as the model has them */
    uint64_t *max_pairs; /* [n_passes] a block with more is too large; 0: none is */
    size_t n_passes;
    struct pd_arena arena; /* texts */
};

/* Of a linker of any kind. cut: blocks that are known to be too large. Memory: 13 bytes a line, twice while lines are
 * put together. OUT_OF_MEMORY; CANCELLED. */
PADAN_MUST_CHECK enum padan_status pd_block_keys_find(const struct pd_linker *linker, const struct pd_key_list *cut,
                                                      struct pd_block_keys *keys, struct padan_error *error);
void pd_block_keys_reset(struct pd_block_keys *keys);

#endif

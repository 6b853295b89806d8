/* SPDX-License-Identifier: MIT
 * The sorted keys of a pass, 8 bytes each. Used inside block/ only.
 *
 *   |top bits of the key's hash|record|side|      side: one bit in a pass whose two sides have different keys
 *
 * Words ascend by hash, inside a block by record. Many keys are sorted in slices of the space of hashes, one after
 * another in the same memory; a slice's number is left out of the words, so that more of the hash fits in. Words of one
 * hash are a block; two keys of one hash are told apart by value when their pairs are judged. */
#ifndef PD_BLOCK_ITEMS_H
#define PD_BLOCK_ITEMS_H

#include "block/row_keys.h"
#include "block/thin.h"

enum { PD_KEY_LEFT = 1, PD_KEY_RIGHT = 2 };

struct pd_block_items {
    const struct pd_block_run *run;
    const struct pd_pass *pass; /* at hand */
    bool by_rows;               /* its keys are read off packed rows */
    struct pd_row_key row_key;
    unsigned side_bits, id_bits; /* of the pass: of the side; of record and side */
    unsigned slice_bits;
    size_t n_slices, slice;
    uint64_t *words, *scratch; /* [capacity] */
    size_t n, capacity;
    size_t n_chunks; /* of records */
    size_t *begins;  /* [n_chunks] where a chunk's words begin before they are sorted */
    size_t *counts;  /* [n_chunks] and how many there are */
    /* Words are counted before they are written: of several slices; of many that are thinned, to have room for those
     * that stay and no more. Few are written where there is room for all: to count them is to hash them once more. */
    bool counted;
    uint32_t *sizes; /* [n_chunks][n_slices] when counted */
    struct pd_block_thin thin;
};

/* slice_words: the most words to be sorted at once, about; 0 as many as pays. sides: 2 when a pass has two. */
PADAN_MUST_CHECK enum padan_status pd_items_init(const struct pd_block_run *run, size_t sides,
                                                 struct pd_block_items *items, struct padan_error *error);
void pd_items_reset(struct pd_block_items *items);
/* Begins a pass: sets n_slices. */
PADAN_MUST_CHECK enum padan_status pd_items_begin(struct pd_block_items *items, const struct pd_pass *pass,
                                                  struct padan_error *error);
/* Collects and sorts the keys of one slice of the pass. */
PADAN_MUST_CHECK enum padan_status pd_items_collect(struct pd_block_items *items, size_t slice,
                                                    struct padan_error *error);

static inline uint32_t pd_item_record(const struct pd_block_items *items, uint64_t word)
{
    return (uint32_t)((word & ((UINT64_C(1) << items->id_bits) - 1)) >> items->side_bits);
}

/* PD_KEY_LEFT or PD_KEY_RIGHT; 0 in a pass that has one key. */
static inline uint32_t pd_item_side(const struct pd_block_items *items, uint64_t word)
{
    if (items->side_bits == 0) return 0;
    return (word & 1) == 0 ? PD_KEY_LEFT : PD_KEY_RIGHT;
}

static inline uint64_t pd_item_hash(const struct pd_block_items *items, uint64_t word)
{
    return word >> items->id_bits << items->id_bits;
}

static inline bool pd_item_same_block(const struct pd_block_items *items, uint64_t a, uint64_t b)
{
    return (a ^ b) >> items->id_bits == 0;
}

#endif

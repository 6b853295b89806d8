/* SPDX-License-Identifier: MIT
 * The keys of a pass, 8 bytes each, parted by their top bits. Used inside block/ only.
 *
 *   |top bits of the key's hash|record|side|      side: one bit in a pass whose two sides have different keys
 *
 * Records are hashed in chunks, and each chunk's words are put together by part, so that words are written once to
 * memory and there is no second array of them. Chunks lie side by side in the order in which they were done, so that no
 * more memory is touched than there are words:
 *
 *   words   |chunk 1: part 0|part 1|..|chunk 0: part 0|part 1|..|chunk 2 ...
 *
 * A part is taken out of all chunks when its blocks are looked at, and sorted then, in the cache (block/part.h).
 * Many keys are handled in slices of the space of hashes, one after another in the same memory; a slice's number is
 * left out of the words, so that more of the hash fits in. Words of one hash are a block; two keys of one hash are told
 * apart by value when their pairs are judged. */
#ifndef PD_BLOCK_ITEMS_H
#define PD_BLOCK_ITEMS_H

#include "block/called.h"
#include "block/groups.h"

#include <stdatomic.h>

enum { PD_KEY_LEFT = 1, PD_KEY_RIGHT = 2 };

struct pd_block_items {
    const struct pd_block_run *run;
    const struct pd_pass *pass; /* at hand */
    bool by_rows;               /* its keys are read off packed rows */
    struct pd_row_key row_key;
    unsigned side_bits, id_bits; /* of the pass: of the side; of record and side */
    unsigned slice_bits, part_bits;
    size_t n_slices, slice, n_parts;
    size_t chunk_records, n_chunks; /* of records */
    size_t chunk_words;             /* of a chunk at the most */
    uint64_t *words;                /* of all chunks */
    atomic_size_t n_words;          /* of the slice so far, with what is left free between chunks */
    size_t *chunk_begins;           /* [n_chunks] where a chunk's words begin */
    uint64_t *unparted;             /* [threads][chunk_words] of a chunk, as they come */
    uint32_t *begins;               /* [n_chunks][n_parts + 1] where parts begin among a chunk's words */
    size_t *part_sizes;             /* [n_parts] */
    struct pd_block_thin thin;
    struct pd_called called;
    bool is_called;                 /* which keys of the pass at hand are wanted is told by `called` ... */
    unsigned called_bit;            /* ... in this bit */
    const struct pd_groups *groups; /* of the run; NULL: none */
    uint8_t group_bit;              /* of stood_for in the pass at hand; 0: all records are sorted */
};

/* sides: 2 when a pass has two. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_items_init(const struct pd_block_run *run, size_t sides,
                                                 struct pd_block_items *items, struct padan_error *error);
void pd_items_reset(struct pd_block_items *items);
/* Begins a pass. */
PADAN_MUST_CHECK enum padan_status pd_items_begin(struct pd_block_items *items, const struct pd_pass *pass,
                                                  struct padan_error *error);
/* Makes a pass the one at hand, for pd_items_hashes alone. */
void pd_items_choose(struct pd_block_items *items, const struct pd_pass *pass);
/* Hashes of the keys of a record by side, of which the pass at hand has 1 << side_bits; missing: it has no such key. */
void pd_items_hashes(const struct pd_block_items *items, size_t record, uint64_t hashes[2], bool missing[2]);
/* Collects the keys of one slice of the pass. */
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

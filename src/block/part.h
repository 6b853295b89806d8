/* SPDX-License-Identifier: MIT
 * A part of a pass's keys (block/items.h), taken out of all chunks and sorted by one thread in its cache. Most keys of
 * most passes occur once and are in no block. They are told by a table of counts, one per few hashes, and dropped
 * before the others are sorted; a key that shares its count with another stays, and is a block of one. Used inside
 * block/ only. */
#ifndef PD_BLOCK_PART_H
#define PD_BLOCK_PART_H

#include "block/items.h"

/* Of one thread; {0} is empty. */
struct pd_block_part {
    uint64_t *words;   /* [n] ascending */
    uint64_t *scratch; /* [capacity] as words */
    size_t n, capacity, scratch_capacity;
    uint8_t *seen; /* [2^PD_PART_SEEN_BITS] */
};
enum { PD_PART_SEEN_BITS = 18 };

/* Takes parts [begin, end): words ascend, those of a block are together and ascend by record. */
PADAN_MUST_CHECK enum padan_status pd_part_take(const struct pd_block_items *items, size_t begin, size_t end,
                                                struct pd_block_part *part, struct padan_error *error);
void pd_part_reset(struct pd_block_part *part);

#endif

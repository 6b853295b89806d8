/* SPDX-License-Identifier: MIT
 * Where the similarities of pairs of texts lie among the constants of a comparison, of the pairs met last: rows of one
 * person have one name, so that the pairs of a block, and of the next ones, ask for the same two names again and again.
 * A direct-mapped cache; what it knows is a function of the two texts, so results do not depend on it. */
#ifndef PD_COMPARE_PLACE_MEMO_H
#define PD_COMPARE_PLACE_MEMO_H

#include <stdbool.h>
#include <stdint.h>

enum { PD_MEMO_BITS = 13, PD_MEMO_SLOTS = 1 << PD_MEMO_BITS, PD_PLACE_UNKNOWN = 255 };

/* Codes of the texts, 0 = free; places as pd_level_table_place gives them. */
struct pd_place_slot {
    uint32_t left, right;
    uint8_t place; /* of the similarity */
    uint8_t best;  /* of a similarity that it cannot beat */
};

/* The slot that a pair has or would take. */
static inline struct pd_place_slot *pd_place_slot_of(struct pd_place_slot *memo, uint32_t left, uint32_t right)
{
    const uint64_t both = (uint64_t)left << 32 | right;
    return &memo[both * UINT64_C(0x9e3779b97f4a7c15) >> (64 - PD_MEMO_BITS)];
}

static inline bool pd_place_slot_has(const struct pd_place_slot *slot, uint32_t left, uint32_t right)
{
    return slot->left == left && slot->right == right;
}

/* The slot of a pair, which it takes if another had it. */
static inline struct pd_place_slot *pd_place_slot_take(struct pd_place_slot *memo, uint32_t left, uint32_t right)
{
    struct pd_place_slot *slot = pd_place_slot_of(memo, left, right);
    if (!pd_place_slot_has(slot, left, right))
        *slot = (struct pd_place_slot){ left, right, PD_PLACE_UNKNOWN, PD_PLACE_UNKNOWN };
    return slot;
}

#endif

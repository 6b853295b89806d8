/* SPDX-License-Identifier: MIT
 * What comparisons are bounded by, of the facts of pairs met last: most pairs of most jobs agree and differ in the same
 * fields as some pair shortly before. A direct-mapped cache; what it knows is a function of the facts, so results do
 * not depend on it. Facts are guards of fields: unequal ones, with those that are NULL on the left and on the right
 * moved down a bit and two, where values have their bits. Used inside compare/ only. */
#ifndef PD_COMPARE_BOUND_MEMO_H
#define PD_COMPARE_BOUND_MEMO_H

#include "compare/row_plan.h"

enum {
    PD_BOUND_COMPARISONS_MAX = 8, /* of a plan beyond which nothing is remembered */
    PD_BOUND_BITS = 10,
    PD_BOUND_SLOTS = 1 << PD_BOUND_BITS,
    PD_BOUND_LEFT_WHOLE = 16, /* where the bits of whole words go */
    PD_BOUND_RIGHT_WHOLE = 32
};

/* Of a pair with nothing open the last words are not read. */
struct pd_bound_slot {
    uint64_t facts[PD_PACKED_WORDS_MAX]; /* all ones, which no facts are: free */
    pd_weight sum;                       /* of bounds */
    uint64_t open;
    uint8_t levels[PD_BOUND_COMPARISONS_MAX];
    uint32_t words[PD_BOUND_COMPARISONS_MAX];
    pd_weight bounds[PD_BOUND_COMPARISONS_MAX];
};

/* The facts of two rows that comparisons look at; returns their slot. */
static inline struct pd_bound_slot *pd_bound_slot_of(const struct pd_packed_rows *rows,
                                                     const struct pd_bound_masks *masks, struct pd_bound_slot *memo,
                                                     const uint64_t *a, const uint64_t *b, uint64_t *facts)
{
    static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15), step = UINT64_C(0xd1b54a32d192ed04);
    const size_t n = rows->n_field_words, n_whole = rows->n_whole_words;
    uint64_t hash = 0;
    for (size_t word = 0; word < n; word++) {
        const uint64_t unequal = pd_packed_unequal(a[word], b[word], rows->guards[word], rows->values[word]);
        facts[word] = (unequal & masks->unequal[word]) | (a[word] & masks->missing[word]) >> 1 |
                      (b[word] & masks->missing[word]) >> 2;
        hash += facts[word] * (odd + word * step);
    }
    if (n_whole > 0) {
        facts[n] = (pd_packed_whole_unequal(a + n, b + n, n_whole) & masks->unequal[n]) |
                   (pd_packed_whole_missing(a + n, n_whole) & masks->missing[n]) << PD_BOUND_LEFT_WHOLE |
                   (pd_packed_whole_missing(b + n, n_whole) & masks->missing[n]) << PD_BOUND_RIGHT_WHOLE;
        hash += facts[n] * (odd + n * step);
    }
    return &memo[(hash ^ hash >> 32) * odd >> (64 - PD_BOUND_BITS)];
}

/* Word by word: facts that were just stored one by one would be waited for as vectors. */
static inline bool pd_bound_slot_has(const struct pd_bound_slot *slot, const struct pd_packed_rows *rows,
                                     const uint64_t *facts)
{
    for (size_t word = 0; word < rows->n_fact_words; word++)
        if (slot->facts[word] != facts[word]) return false;
    return true;
}

#endif

/* SPDX-License-Identifier: MIT
 * Whether a pair can still reach the weight needed, looked up by what packed rows tell of it. Used inside block/ only.
 */
#ifndef PD_BLOCK_ALIVE_H
#define PD_BLOCK_ALIVE_H

#include "block/state.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The bits of value where mask has ones, put together. */
typedef uint64_t pd_extract_bits(uint64_t value, uint64_t mask);

static inline uint64_t pd_extract_scalar(uint64_t value, uint64_t mask)
{
    uint64_t bits = 0;
    for (unsigned at = 0; mask != 0; mask &= mask - 1, at++) bits |= (uint64_t)((value & mask & -mask) != 0) << at;
    return bits;
}

#if defined(__x86_64__)
__attribute__((target("bmi2"))) static inline uint64_t pd_extract_bmi2(uint64_t value, uint64_t mask)
{
    return _pext_u64(value, mask);
}
#endif

/* Whether some completion of the pair reaches the weight needed: first by equality alone, then with distances, then by
 * the frequencies of the values of one row. any_null: a field may be NULL, else no word is looked at for that. below:
 * pd_pair_filter_below of one of the rows, or NULL. */
static inline __attribute__((always_inline)) bool pd_is_alive(const struct pd_filter_lookup *lookup, const uint64_t *a,
                                                              const uint64_t *b, const uint64_t *unequal, bool any_null,
                                                              const pd_weight *below, pd_extract_bits *extract)
{
    size_t index = 0;
    if (lookup->all_alive && below == NULL) return true;
    for (size_t word = 0; word < lookup->n_fact_words; word++)
        index |= extract(unequal[word], lookup->equal_masks[word]) << lookup->equal_shifts[word];
    if (any_null) {
        const size_t n = lookup->n_field_words;
        for (size_t word = 0; word < n; word++)
            index |= extract(a[word] | b[word], lookup->null_masks[word]) << lookup->null_shifts[word];
        if (lookup->n_whole_words > 0) {
            const uint64_t missing = pd_packed_whole_missing(a + n, lookup->n_whole_words) |
                                     pd_packed_whole_missing(b + n, lookup->n_whole_words);
            index |= extract(missing, lookup->null_masks[n]) << lookup->null_shifts[n];
        }
    }
    if (!lookup->alive[index]) return false;
    for (size_t i = 0; i < lookup->n_near; i++) {
        const uint64_t left = pd_packed_near_word(&lookup->near[i], a);
        const uint64_t right = pd_packed_near_word(&lookup->near[i], b);
        if (!pd_packed_is_digits(left) || !pd_packed_is_digits(right)) continue;
        index |= (size_t)pd_packed_distance(left, right) << (lookup->near_shift + 2 * i);
    }
    if (below == NULL) return lookup->alive[index] != 0;
    return lookup->filter->most[index] + below[lookup->filter->by_own[index]] >= lookup->filter->needed;
}

#endif

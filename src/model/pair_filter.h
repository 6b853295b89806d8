/* SPDX-License-Identifier: MIT
 * Which pairs can still reach the weight that is needed, told from packed rows alone: a table over what is known of a
 * pair, made once per run from any model (compare/pair_bounds.h) and looked up for every pair of a block. */
#ifndef PD_MODEL_PAIR_FILTER_H
#define PD_MODEL_PAIR_FILTER_H

#include "model/packed_rows.h"

/* What is known of the distance of two texts of digits. */
enum pd_near { PD_NEAR_UNKNOWN, PD_NEAR_1, PD_NEAR_2, PD_NEAR_FAR };
enum { PD_FILTER_BITS_MAX = 14 };

struct pd_pair_filter {
    const struct pd_packed_rows *rows;
    /* Index of a pair: for each word of facts the bits of `unequal` picked by equal_masks, then those of `missing` (a
     * value is NULL) picked by null_masks, from the lowest up; above them two bits (enum pd_near) per near column. */
    uint64_t equal_masks[PD_PACKED_WORDS_MAX], null_masks[PD_PACKED_WORDS_MAX];
    unsigned n_bits; /* below the near columns */
    bool all_alive;  /* it refuses nothing */
    uint8_t *alive;  /* [2^(n_bits + 2 * rows->n_near_columns)] */
};

void pd_pair_filter_reset(struct pd_pair_filter *filter);

#endif

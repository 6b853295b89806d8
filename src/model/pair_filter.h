/* SPDX-License-Identifier: MIT
 * Which pairs can still reach the weight that is needed, told from packed rows alone: a table over what is known of a
 * pair, made once per run from any model (compare/pair_bounds.h) and looked up for every pair of a block. */
#ifndef PD_MODEL_PAIR_FILTER_H
#define PD_MODEL_PAIR_FILTER_H

#include "model/derive.h"
#include "model/model.h"
#include "model/packed_rows.h"

/* What is known of the Levenshtein distance of two texts, by their words (pd_packed_distance). */
enum pd_near { PD_NEAR_UNKNOWN, PD_NEAR_1, PD_NEAR_2, PD_NEAR_FAR };
enum { PD_FILTER_BITS_MAX = 16, PD_FILTER_OWN_MAX = 4, PD_FILTER_ROOM = 3 };

/* What a level adds for the frequency of a value, looked up by the value of a row. */
struct pd_filter_own {
    const struct pd_packed_field *field; /* exact */
    const pd_weight *additions;          /* by pd_values_index of the column's word */
    enum pd_values_key key;
    int64_t base;
    pd_weight largest; /* of additions, and 0 */
};

struct pd_pair_filter {
    const struct pd_packed_rows *rows;
    /* Index of a pair: for each word of facts the bits of `unequal` picked by equal_masks, then those of `missing` (a
     * value is NULL) picked by null_masks, from the lowest up; above them two bits (enum pd_near) per near column. */
    uint64_t equal_masks[PD_PACKED_WORDS_MAX], null_masks[PD_PACKED_WORDS_MAX];
    unsigned n_bits; /* below the near columns */
    bool all_alive;  /* it refuses nothing */
    uint8_t *alive;  /* [2^(n_bits + 2 * rows->n_near)] */
    /* Values are seldom as rare as the rarest, which alive allows. Where n_own > 0, by the same index: the most a pair
     * can weigh; and which of own are in it with their largest for sure (bit i of own[i]), so that by the own value of
     * a row it may be less. */
    struct pd_filter_own own[PD_FILTER_OWN_MAX];
    size_t n_own;
    pd_weight needed;
    pd_weight *most; /* NULL: all_alive, and no more is known */
    uint8_t *by_own; /* with PD_FILTER_ROOM bytes behind it, so that four can be read anywhere */
};

/* below [2^n_own]: for every set of own, by how much the pairs of a row weigh less than with the largest (not above 0).
 */
void pd_pair_filter_below(const struct pd_pair_filter *filter, const uint64_t *row, pd_weight *below);
/* Brings into cache what it reads. */
void pd_pair_filter_prefetch(const struct pd_pair_filter *filter, const uint64_t *row);
void pd_pair_filter_reset(struct pd_pair_filter *filter);

#endif

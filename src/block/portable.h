/* SPDX-License-Identifier: MIT
 * Keys that mean the same in every table: a run that is spread over several tables, each with the rows of some blocks
 * (Spark, Ray), puts rows together by them. Other keys of this stage are made of codes and packed rows, which are a
 * table's own.
 *
 * A key is a hash of the number of the pass and of the row's values: texts as texts, numbers as numbers. A block that
 * is too large is *cut*: those of its rows that have the next refining key have a key that is told by that as well, and
 * the others have none. Which blocks are cut is told by a list of keys, as no table knows how large a block is; from
 * it the key of a row follows from the row alone. Two keys of one hash do no harm, as pairs are verified by value. */
#ifndef PD_BLOCK_PORTABLE_H
#define PD_BLOCK_PORTABLE_H

#include "block/block.h"

/* Blocks by their keys, ascending. */
struct pd_key_list {
    const uint64_t *keys;
    size_t n;
};

/* Of a run over a table that holds all rows of some blocks: it emits the pairs of those alone. A pair that an earlier
 * pass emits is left out wherever the block of that pass is; limits of passes say nothing. */
struct pd_portable_blocks {
    struct pd_key_list wanted, cut;
    size_t first_pass; /* number of the run's first pass among those of the model */
};

enum { PD_KEY_ABSENT = 254, PD_KEY_DROPPED }; /* instead of a level: a part of the key is NULL; no block has the row */

struct pd_portable_key {
    uint64_t hash;
    uint8_t level; /* refinements that are in it; or one of the above */
};

static inline bool pd_has_portable_key(const struct pd_portable_key *key)
{
    return key->level < PD_KEY_ABSENT;
}

/* The key of a record on one side of a pass, the number-th of the model. */
struct pd_portable_key pd_portable_key(const struct pd_table *table, const struct pd_pass *pass, size_t number,
                                       bool right_side, const struct pd_key_list *cut, size_t record);
/* Place of a key in a list; list->n: it is not there. */
size_t pd_key_list_find(const struct pd_key_list *list, uint64_t key);

#endif

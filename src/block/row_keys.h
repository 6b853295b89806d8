/* SPDX-License-Identifier: MIT
 * Keys of a pass read off packed rows, where these hold all of them exactly: columns that are keys and nothing else
 * need not be there any more. Used inside block/ only. */
#ifndef PD_BLOCK_ROW_KEYS_H
#define PD_BLOCK_ROW_KEYS_H

#include "block/block.h"

/* The parts of a row that are the key. */
struct pd_row_key {
    size_t n_words;
    struct {
        unsigned place;          /* of the row */
        uint64_t values, guards; /* bits of values; of what is set when one is NULL; guards 0: a whole word */
    } words[PD_PACKED_WORDS_MAX];
};

/* No part of the key of a row is NULL. */
static inline bool pd_row_has_key(const struct pd_row_key *key, const uint64_t *row)
{
    uint64_t nulls = 0;
    for (size_t i = 0; i < key->n_words; i++) {
        const uint64_t word = row[key->words[i].place], guards = key->words[i].guards;
        nulls |= (word & guards) | (uint64_t)((guards == 0) & (word == PD_PACKED_NULL));
    }
    return nulls == 0;
}

/* False when rows do not hold the keys of the pass, all and exactly. */
bool pd_row_key_make(const struct pd_packed_rows *rows, const struct pd_pass *pass, struct pd_row_key *key);
/* As pd_key_hashes (block/keys.h); other hashes, equal for equal keys likewise. */
void pd_row_key_hashes(const struct pd_packed_rows *rows, const struct pd_row_key *key, size_t begin, size_t n,
                       uint64_t *hashes, bool *missing);
/* The same of some records: begin + offsets[i]. */
void pd_row_key_hashes_of(const struct pd_packed_rows *rows, const struct pd_row_key *key, size_t begin,
                          const uint16_t *offsets, size_t n, uint64_t *hashes, bool *missing);

#endif

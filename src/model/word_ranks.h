/* SPDX-License-Identifier: MIT
 * The ranks of a column's words among all that it has: exact as the words are, and as short as a hash. Kept only while
 * packed rows are filled (model/packed_rows.h).
 *
 *   mixed    |0..|0..|2..|5..|5..|     words, spread over 64 bits by a bijection, each once, ascending
 *   begins   |0|2|2|3|3|3|5|           by their top bits, so that a rank is found where it is looked for first */
#ifndef PD_MODEL_WORD_RANKS_H
#define PD_MODEL_WORD_RANKS_H

#include "table/table.h"

struct pd_word_ranks {
    uint64_t *mixed;   /* [n] */
    uint32_t *begins;  /* [2^top_bits + 1] */
    unsigned top_bits; /* of the bijection's values, by which begins go */
    size_t n;          /* 0: none */
};

/* Ranks all words of a column but those of NULL; two words a record of memory meanwhile. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_word_ranks_make(const struct pd_column *column, size_t n_records, int threads,
                                                      struct pd_word_ranks *ranks, struct padan_error *error);
void pd_word_ranks_reset(struct pd_word_ranks *ranks);

enum { PD_WORD_RANKS_AT_ONCE = 256 };
/* The ranks of n words of the column from `begin` on, at most PD_WORD_RANKS_AT_ONCE; any where a word is NULL. */
void pd_word_ranks_find(const struct pd_word_ranks *ranks, const struct pd_column *column, size_t begin, size_t n,
                        uint64_t *out);

#endif

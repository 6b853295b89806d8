/* SPDX-License-Identifier: MIT
 * Bits of packed rows that follow from the code of one column: those of its derived texts (table/by_code.h), such as
 * the first word, the last word and the beginning of a name. Each has its codes in an array of its own, as long as the
 * column has texts, and a record's are in no order there: a cache miss for each. Put together by code once, all of them
 * are one miss a record. */
#ifndef PD_MODEL_CODE_BITS_H
#define PD_MODEL_CODE_BITS_H

#include "model/packed_rows.h"

struct pd_code_bits {
    const uint32_t *codes; /* [n_records] of the column */
    size_t n_codes;        /* its texts, and NULL */
    uint32_t fields;       /* bit i: the bits are those of field i of the rows */
    unsigned places[PD_PACKED_WORDS_MAX];
    size_t n_words; /* of a row that they are in: places */
    uint64_t *bits; /* [n_codes][n_words] */
};

/* Puts together what follows from the column that tells field `first`, among the fields behind it too. No fields are
 * told when these are fewer than two. OUT_OF_MEMORY. Memory: n_words * 8 bytes per text. */
PADAN_MUST_CHECK enum padan_status pd_code_bits_make(const struct pd_packed_rows *rows, size_t first, int threads,
                                                     struct pd_code_bits *out, struct padan_error *error);
/* Adds the bits to the rows [begin, end); bits of the fields of which a value is missing. */
uint32_t pd_code_bits_add(const struct pd_code_bits *bits, const struct pd_packed_rows *rows, size_t begin, size_t end);
void pd_code_bits_reset(struct pd_code_bits *bits);

#endif

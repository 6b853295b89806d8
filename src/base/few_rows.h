/* SPDX-License-Identifier: MIT
 * A few rows of many and a place for each, so that what is kept of them lies side by side: a bit per row, and per word
 * of bits how many rows are in earlier words. */
#ifndef PD_BASE_FEW_ROWS_H
#define PD_BASE_FEW_ROWS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PD_FEW_WORD_BITS = 64 };

struct pd_few_rows {
    uint64_t *bits;   /* [n_words] */
    uint32_t *before; /* [n_words] */
    size_t n_words;
};

/* None of n_rows rows. OUT_OF_MEMORY; to be reset also then. Memory: a bit and a half per row. */
PADAN_MUST_CHECK enum padan_status pd_few_rows_make(size_t n_rows, struct pd_few_rows *few, struct padan_error *error);
void pd_few_rows_reset(struct pd_few_rows *few);
/* Gives every row that was added its place; how many there are. */
size_t pd_few_rows_number(struct pd_few_rows *few);

/* Several threads may add rows at once, of different words of bits. */
static inline void pd_few_rows_add(struct pd_few_rows *few, size_t row)
{
    few->bits[row / PD_FEW_WORD_BITS] |= UINT64_C(1) << (row % PD_FEW_WORD_BITS);
}

static inline bool pd_few_rows_have(const struct pd_few_rows *few, size_t row)
{
    return (few->bits[row / PD_FEW_WORD_BITS] >> (row % PD_FEW_WORD_BITS) & 1) != 0;
}

/* Of one of them, in the order of rows. */
static inline size_t pd_few_rows_place(const struct pd_few_rows *few, size_t row)
{
    const uint64_t lower = few->bits[row / PD_FEW_WORD_BITS] & ((UINT64_C(1) << (row % PD_FEW_WORD_BITS)) - 1);
    return few->before[row / PD_FEW_WORD_BITS] + (size_t)__builtin_popcountll(lower);
}

#endif

/* SPDX-License-Identifier: MIT
 * The words of rows: which words stand in some columns of each row, and how many rows have each. A word is what
 * base/words.h says, in small letters; what stands behind its 255th byte is left out. */
#ifndef PD_MODEL_ROW_WORDS_H
#define PD_MODEL_ROW_WORDS_H

#include "table/table.h"

struct pd_row_word {
    uint32_t code;   /* of words */
    uint32_t column; /* index of the first of the columns that has it */
};

struct pd_row_words {
    struct pd_dictionary words;
    struct pd_row_word *list; /* of all rows, ascending by code in each, each word of a row once */
    size_t n, capacity;
    size_t *begins;   /* [n_records + 1] */
    uint32_t *n_rows; /* [words.n_entries + 1] that have a word, by its code */
    size_t n_rows_capacity;
};

/* Of the texts of columns of a table; O(bytes of the texts), 8 bytes per word of a row. */
PADAN_MUST_CHECK enum padan_status pd_row_words_make(struct pd_row_words *words, const struct pd_table *table,
                                                     const int *columns, size_t n_columns, struct padan_error *error);
void pd_row_words_reset(struct pd_row_words *words);

#endif

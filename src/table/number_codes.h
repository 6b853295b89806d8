/* SPDX-License-Identifier: MIT
 * Numbers that are far apart but few, such as codes of villages, numbered from 1 in the order they first appear. */
#ifndef PD_TABLE_NUMBER_CODES_H
#define PD_TABLE_NUMBER_CODES_H

#include "table/table.h"

enum { PD_NUMBER_CODES_MAX = 1 << 18 };

struct pd_number_codes {
    int64_t *numbers; /* [n + 1] by code */
    uint32_t *slots;  /* [n_slots] open addressing: code, 0 = free */
    size_t n, n_slots;
};

/* Numbers all values of a column of integers but NULL. codes->n stays 0 when there are more than PD_NUMBER_CODES_MAX of
 * them. OUT_OF_MEMORY. O(n_records). */
PADAN_MUST_CHECK enum padan_status pd_number_codes_make(const struct pd_column *column, size_t n_records,
                                                        struct pd_number_codes *codes, struct padan_error *error);
/* The same of records [begin, end), behind the numbers of a column of NUMBER encoding, which are numbered already. */
PADAN_MUST_CHECK enum padan_status pd_number_codes_go_on(const struct pd_column *known, const struct pd_column *column,
                                                         size_t begin, size_t end, struct pd_number_codes *codes,
                                                         struct padan_error *error);
void pd_number_codes_reset(struct pd_number_codes *codes);
/* The code of a number that was among the values. */
uint32_t pd_number_codes_find(const struct pd_number_codes *codes, int64_t number);

#endif

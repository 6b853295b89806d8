/* SPDX-License-Identifier: MIT
 * Rows that have two columns in common: where few rows have each value, these are mostly rows of one person. */
#ifndef PD_AUTO_TWO_IN_COMMON_H
#define PD_AUTO_TWO_IN_COMMON_H

#include "base/radix.h"

#include <stdbool.h>

/* Of more rows so many are looked at, or somewhat more: those whose values hash low, so that pairs stay together. */
enum { PD_TWO_ROWS_MOST = 100000, PD_TWO_KEYS_MOST = 2 * PD_TWO_ROWS_MOST };

struct pd_two_in_common {
    size_t n_records;
    struct pd_key *keys, *scratch; /* of PD_TWO_KEYS_MOST at most */
    size_t n;                      /* keys in order: rows beside each other with equal hashes have both in common */
};

/* The word of a row's value; false where it has none that counts. */
typedef bool pd_word_of_row(const void *column, size_t record, uint64_t *word);

PADAN_MUST_CHECK enum padan_status pd_two_in_common_make(size_t n_records, struct pd_two_in_common *two,
                                                         struct padan_error *error);
/* Rows that have a value in a and in b, in the order of both together. */
PADAN_MUST_CHECK enum padan_status pd_two_in_common_sort(struct pd_two_in_common *two, pd_word_of_row *word,
                                                         const void *a, const void *b, struct padan_error *error);
void pd_two_in_common_reset(struct pd_two_in_common *two);

#endif

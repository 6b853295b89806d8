/* SPDX-License-Identifier: MIT
 * Sorted keys of the rows that need a look, where most rows need none: side by side in chunks, put together in the
 * order of rows. */
#ifndef PD_BASE_CHOSEN_KEYS_H
#define PD_BASE_CHOSEN_KEYS_H

#include "base/radix.h"

#include <stdbool.h>

enum { PD_CHOSEN_AHEAD = 16 }; /* rows that a choice is told to reach ahead */

/* Who chooses. Rows are offered in order, in chunks that threads share. */
struct pd_choice {
    bool (*takes)(const void *context, size_t row, uint64_t *hash); /* the key of a row it takes */
    void (*reach)(const void *context, size_t row); /* this row will be offered soon: ask for its memory; or NULL */
    const void *context;
};

/* Keys of the chosen rows of [begin, end), by hash, those of one hash by row; *keys [*n + 1] is the caller's to free,
 * also after a failure. OUT_OF_MEMORY. Not to be called inside pd_parallel_for. */
PADAN_MUST_CHECK enum padan_status pd_chosen_keys(const struct pd_choice *choice, size_t begin, size_t end, int threads,
                                                  struct pd_key **keys, size_t *n, struct padan_error *error);
/* The first of keys in order that is not below hash; n when there is none. */
size_t pd_first_key(const struct pd_key *keys, size_t n, uint64_t hash);

#endif

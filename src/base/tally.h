/* SPDX-License-Identifier: MIT
 * Sums by key: an open-addressing table of (two words) -> a few 64-bit sums. One per thread, merged afterwards: adding
 * integers gives the same sums in any order. */
#ifndef PD_BASE_TALLY_H
#define PD_BASE_TALLY_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct pd_tally_key {
    uint64_t high; /* never 0 */
    uint64_t low;
};

struct pd_tally {
    size_t n_metrics;
    struct pd_tally_key *keys; /* [n_slots]; high 0 = empty */
    int64_t *metrics;          /* [n_slots][n_metrics] */
    size_t n_slots, n_used;
};

PADAN_MUST_CHECK enum padan_status pd_tally_init(struct pd_tally *tally, size_t n_metrics, struct padan_error *error);
void pd_tally_reset(struct pd_tally *tally);
/* The metrics of a key, to add to; zeros when it is new. Valid until the next call. */
PADAN_MUST_CHECK enum padan_status pd_tally_at(struct pd_tally *tally, struct pd_tally_key key, int64_t **metrics,
                                               struct padan_error *error);
/* The metrics of a key, NULL when it was never added. */
const int64_t *pd_tally_find(const struct pd_tally *tally, struct pd_tally_key key);
PADAN_MUST_CHECK enum padan_status pd_tally_merge(struct pd_tally *into, const struct pd_tally *from,
                                                  struct padan_error *error);
/* Moves the used slots to the front, ordered by key; only reading keys[0 .. n_used) and metrics is allowed after. */
PADAN_MUST_CHECK enum padan_status pd_tally_sort(struct pd_tally *tally, struct padan_error *error);

#endif

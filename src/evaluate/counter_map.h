/* SPDX-License-Identifier: MIT
 * Counts under 64-bit keys: linear probing, at most half full, nothing is ever taken out. Key 0 is not allowed. */
#ifndef PD_EVALUATE_COUNTER_MAP_H
#define PD_EVALUATE_COUNTER_MAP_H

#include "base/status.h"

struct pd_counter_map {
    struct pd_counter {
        uint64_t key;
        uint64_t count;
    } * slots;
    size_t n_slots, n_keys;
};

/* Count of a key, 0 when it is not there. */
uint64_t pd_counter_get(const struct pd_counter_map *map, uint64_t key);
PADAN_MUST_CHECK enum padan_status pd_counter_add(struct pd_counter_map *map, uint64_t key, uint64_t n,
                                                  struct padan_error *error);
void pd_counter_reset(struct pd_counter_map *map);

#endif

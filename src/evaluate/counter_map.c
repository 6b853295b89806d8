/* SPDX-License-Identifier: MIT */
#include "evaluate/counter_map.h"

#include "base/hash.h"
#include "base/memory.h"

enum { SMALLEST = 1024 };

static size_t slot_of(const struct pd_counter_map *map, uint64_t key)
{
    const size_t mask = map->n_slots - 1;
    size_t slot = (size_t)pd_mix64(key) & mask;
    while (map->slots[slot].key != 0 && map->slots[slot].key != key) slot = (slot + 1) & mask;
    return slot;
}

static enum padan_status grow(struct pd_counter_map *map, struct padan_error *error)
{
    struct pd_counter_map larger = { .n_slots = map->n_slots == 0 ? SMALLEST : map->n_slots * 2,
                                     .n_keys = map->n_keys };
    PD_TRY(pd_allocate(&larger.slots, larger.n_slots, sizeof *larger.slots, error));
    for (size_t i = 0; i < map->n_slots; i++)
        if (map->slots[i].key != 0) larger.slots[slot_of(&larger, map->slots[i].key)] = map->slots[i];
    pd_free(map->slots);
    *map = larger;
    return PADAN_OK;
}

uint64_t pd_counter_get(const struct pd_counter_map *map, uint64_t key)
{
    return map->n_slots == 0 ? 0 : map->slots[slot_of(map, key)].count;
}

enum padan_status pd_counter_add(struct pd_counter_map *map, uint64_t key, uint64_t n, struct padan_error *error)
{
    if (map->n_keys * 2 >= map->n_slots) PD_TRY(grow(map, error));
    struct pd_counter *counter = &map->slots[slot_of(map, key)];
    map->n_keys += counter->key == 0;
    counter->key = key;
    counter->count += n;
    return PADAN_OK;
}

void pd_counter_reset(struct pd_counter_map *map)
{
    pd_free(map->slots);
    *map = (struct pd_counter_map){ 0 };
}

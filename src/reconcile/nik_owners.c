/* SPDX-License-Identifier: MIT */
#include "reconcile/nik_owners.h"

#include "base/memory.h"

enum { SMALLEST_WIDTH = 6, TOLD_BITS = 8 };
#define SEVERAL (UINT64_C(1) << (32 + TOLD_BITS))

enum padan_status pd_nik_owners_make(struct pd_nik_owners *owners, size_t n, struct padan_error *error)
{
    owners->width = SMALLEST_WIDTH;
    while (((size_t)1 << owners->width) / 3 * 2 < n) owners->width++;
    return pd_allocate(&owners->slots, (size_t)1 << owners->width, sizeof *owners->slots, error);
}

void pd_nik_owners_reset(struct pd_nik_owners *owners)
{
    pd_free(owners->slots);
    owners->slots = NULL;
}

/* The slot of a NIK, taken when nobody has. A third of the slots at least stays free. */
static struct pd_nik_slot *take_slot(const struct pd_nik_owners *owners, uint64_t nik)
{
    const size_t mask = ((size_t)1 << owners->width) - 1;
    for (size_t place = pd_nik_owners_place(owners, nik);; place = (place + 1) & mask) {
        struct pd_nik_slot *slot = &owners->slots[place];
        uint64_t found = __atomic_load_n(&slot->nik, __ATOMIC_RELAXED);
        if (found == 0 &&
            __atomic_compare_exchange_n(&slot->nik, &found, nik, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return slot;
        if (found == nik) return slot;
    }
}

void pd_nik_owners_add(const struct pd_nik_owners *owners, uint64_t nik, uint32_t person, uint8_t told)
{
    struct pd_nik_slot *slot = take_slot(owners, nik);
    const uint64_t own = (uint64_t)(uint32_t)~person << TOLD_BITS | told;
    uint64_t before = __atomic_load_n(&slot->people, __ATOMIC_RELAXED);
    uint64_t after = 0;
    do {
        const uint64_t first = before & (SEVERAL - 1);
        after = (first > own ? first : own) | (before == 0 ? 0 : SEVERAL);
    } while (!__atomic_compare_exchange_n(&slot->people, &before, after, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
}

bool pd_nik_owners_find(const struct pd_nik_owners *owners, uint64_t nik, struct pd_nik_owner *owner)
{
    const size_t mask = ((size_t)1 << owners->width) - 1;
    size_t place = pd_nik_owners_place(owners, nik);
    while (owners->slots[place].nik != 0 && owners->slots[place].nik != nik) place = (place + 1) & mask;
    if (owners->slots[place].nik == 0) return false;
    const uint64_t people = owners->slots[place].people;
    *owner = (struct pd_nik_owner){ ~(uint32_t)(people >> TOLD_BITS), (uint8_t)people, (people & SEVERAL) != 0 };
    return true;
}

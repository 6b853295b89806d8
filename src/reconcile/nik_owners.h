/* SPDX-License-Identifier: MIT
 * Whose a NIK is in the register: an open-addressing table that several threads fill at once, and ask when it is full.
 * What it says does not depend on the order in which people came. */
#ifndef PD_RECONCILE_NIK_OWNERS_H
#define PD_RECONCILE_NIK_OWNERS_H

#include "base/hash.h"
#include "base/prefetch.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* nik 0: free. people: the first person as its complement, so that 0 is none and the smallest record the largest
 * number; SEVERAL when there are more. */
struct pd_nik_slot {
    uint64_t nik, people;
};

struct pd_nik_owners {
    struct pd_nik_slot *slots; /* [1 << width] */
    unsigned width;
};

/* Room for n people. */
PADAN_MUST_CHECK enum padan_status pd_nik_owners_make(struct pd_nik_owners *owners, size_t n,
                                                      struct padan_error *error);
void pd_nik_owners_reset(struct pd_nik_owners *owners);
/* A person of the register with this NIK, which is not 0. */
void pd_nik_owners_add(const struct pd_nik_owners *owners, uint64_t nik, uint32_t person);
/* The first person of a NIK, and whether there are several; false when there is none. Not while others add. */
bool pd_nik_owners_find(const struct pd_nik_owners *owners, uint64_t nik, uint32_t *person, bool *several);

static inline size_t pd_nik_owners_place(const struct pd_nik_owners *owners, uint64_t nik)
{
    return pd_mix64(nik) >> (64 - owners->width);
}

static inline void pd_nik_owners_prefetch(const struct pd_nik_owners *owners, uint64_t nik)
{
    pd_prefetch_to_write(&owners->slots[pd_nik_owners_place(owners, nik)]);
}

#endif

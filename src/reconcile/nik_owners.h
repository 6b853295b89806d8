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
 * number, and behind it what is told of that person; SEVERAL when there are more. */
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
/* Whose it is: the first person, what was told of that one (anything that a byte holds: who asks need not look the
 * person up, which lies anywhere), and whether there are more. */
struct pd_nik_owner {
    uint32_t person;
    uint8_t told;
    bool several;
};
/* A person of the register with this NIK, which is not 0. */
void pd_nik_owners_add(const struct pd_nik_owners *owners, uint64_t nik, uint32_t person, uint8_t told);
/* The owner of a NIK; false when there is none. Not while others add. */
bool pd_nik_owners_find(const struct pd_nik_owners *owners, uint64_t nik, struct pd_nik_owner *owner);

static inline size_t pd_nik_owners_place(const struct pd_nik_owners *owners, uint64_t nik)
{
    return pd_mix64(nik) >> (64 - owners->width);
}

static inline void pd_nik_owners_prefetch(const struct pd_nik_owners *owners, uint64_t nik)
{
    pd_prefetch_to_write(&owners->slots[pd_nik_owners_place(owners, nik)]);
}

#endif

/* SPDX-License-Identifier: MIT
 * Whom a cluster may be other than its likely person (reconcile/likely.h). */
#ifndef PD_MODEL_ALTERNATIVE_H
#define PD_MODEL_ALTERNATIVE_H

#include "base/search.h"

enum { PD_ALTERNATIVES_MAX = 3 }; /* of a cluster: its strongest */

/* A person that a cluster may be, both by their representative rows. */
struct pd_alternative {
    uint32_t cluster, person; /* person: a likely one, of other rows */
    uint32_t rank;            /* among all that the cluster may be: 2 is the first after its likely one */
    uint32_t edge;            /* the strongest pair that leads there */
};

/* By cluster, those of one cluster from the strongest pair down. {0} holds none. */
struct pd_alternatives {
    struct pd_alternative *items;
    size_t n_items, capacity;
    uint64_t *marks; /* [n_records / 64 + 1] bits of the clusters that have any */
};

/* The alternatives of a cluster, *n of them. */
static inline const struct pd_alternative *pd_alternatives_of(const struct pd_alternatives *alternatives,
                                                              uint32_t cluster, size_t *n)
{
    const struct pd_alternative *items = alternatives->items;
    *n = 0;
    if (items == NULL || (alternatives->marks[cluster / 64] >> cluster % 64 & 1) == 0) return items;
    const size_t first = pd_search_first(&items->cluster, sizeof *items, alternatives->n_items, cluster);
    while (first + *n < alternatives->n_items && items[first + *n].cluster == cluster) ++*n;
    return items + first;
}

#endif

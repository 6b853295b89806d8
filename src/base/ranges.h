/* SPDX-License-Identifier: MIT
 * For what goes through all of something in order and writes to places that lie anywhere, such as a counting sort: the
 * places are parted into ranges, and each range goes through all of it and has the places of its own. So no two threads
 * write to one place, and what is written there comes in the same order for any number of threads. It pays where to go
 * through it is quick beside the writing. */
#ifndef PD_BASE_RANGES_H
#define PD_BASE_RANGES_H

#include "base/status.h"

#include <stdbool.h>

struct pd_range {
    size_t begin, n; /* places [begin, begin + n) */
};

static inline bool pd_range_has(struct pd_range range, size_t place)
{
    return place - range.begin < range.n;
}

/* Calls body once for each of some ranges that make up [0, n), side by side; nothing may depend on where they begin. */
typedef void pd_range_body(void *context, struct pd_range range);
PADAN_MUST_CHECK enum padan_status pd_ranges_for(size_t n, int threads, pd_range_body *body, void *context,
                                                 struct padan_error *error);

#endif

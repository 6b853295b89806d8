/* SPDX-License-Identifier: MIT
 * Work whose chunks are made side by side and used in order, such as a file that is formatted by several threads. There
 * are no waves: a chunk is used as soon as it and all before it are made, by whichever worker is free, while the others
 * go on making. */
#ifndef PD_BASE_ORDERED_H
#define PD_BASE_ORDERED_H

#include "base/parallel.h"

/* A chunk in a slot of [0, n_slots), which is its own from before it is made until it is used. */
typedef enum padan_status pd_ordered_body(void *context, size_t chunk, size_t slot, struct padan_error *error);

struct pd_ordered_work {
    size_t n_chunks;
    size_t n_slots;        /* chunks that may be made and not yet used; no more slots are touched than are needed */
    pd_ordered_body *make; /* of any chunks at once */
    pd_ordered_body *use;  /* of one chunk at a time, in ascending order; sees what make of that chunk did */
    void *context;
};

/* Runs both for every chunk. After a failure no further chunk is used, and the lowest failing chunk's error is
 * returned. n_threads <= 1: chunk after chunk in the caller's thread. */
PADAN_MUST_CHECK enum padan_status pd_ordered_run(const struct pd_ordered_work *work, int n_threads,
                                                  struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * A run of a linker over the records that can be in a pair at all (block/met.h), where these are a small part: its
 * table is one of those records for as long as the run lasts. Packed rows, keys and blocks are then made for those
 * alone, and what pairs read lies close together. Edges name records of the whole table again when it ends. */
#ifndef PD_LINKING_NARROWED_H
#define PD_LINKING_NARROWED_H

#include "block/met.h"
#include "linking/linker.h"

struct pd_narrowed {
    struct pd_linker *linker;
    struct pd_met met; /* none: the run is over the whole table */
    struct pd_table whole;
    struct pd_scope scope; /* of the run */
    uint8_t *linked;       /* of the scope */
};

/* Finds who can be in a pair of the scope, and narrows the linker's table to them where that pays. On failure nothing
 * has changed. */
PADAN_MUST_CHECK enum padan_status pd_narrow(struct pd_linker *linker, const struct pd_scope *scope,
                                             struct pd_narrowed *narrowed, struct padan_error *error);
/* The linker has its whole table again, and edges name its records. */
void pd_widen(struct pd_narrowed *narrowed, struct pd_edges *edges);

#endif

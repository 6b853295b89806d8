/* SPDX-License-Identifier: MIT
 * Rows of tonight and of an earlier run that are the same row (report/row_pairs.h): by source and content, by id, and
 * of registries, whose versions are sent with other contents and in other places, by person. */
#ifndef PD_REPORT_NIGHT_PAIRS_H
#define PD_REPORT_NIGHT_PAIRS_H

#include "report/previous.h"
#include "report/row_pairs.h"

struct pd_night_pairs {
    const struct pd_row_hasher *hasher;
    const struct pd_previous *previous;
    int *source_now;             /* [previous sources] index into the job's, -1: gone (report/night_sources.h) */
    struct pd_row_pairs rows;    /* of both nights */
    struct pd_buffer id_scratch; /* while they are paired */
};

/* Finds the pairs; hasher and previous are borrowed. Safe to reset after a failure, and on {0}. */
PADAN_MUST_CHECK enum padan_status pd_night_pairs_make(struct pd_night_pairs *pairs, const struct pd_row_hasher *hasher,
                                                       const struct pd_previous *previous, struct padan_error *error);
void pd_night_pairs_reset(struct pd_night_pairs *pairs);

#endif

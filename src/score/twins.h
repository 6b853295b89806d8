/* SPDX-License-Identifier: MIT
 * Rows that may as well be the twin of the person of the anchor whom they resemble most, or a namesake of one birth
 * date and village. Twins are looked for in the anchor: they may be no candidates, since to which of two names
 * the rest of a damaged one is nearer is chance, and the other then falls below the review threshold. */
#ifndef PD_SCORE_TWINS_H
#define PD_SCORE_TWINS_H

#include "score/rivals.h"

/* In tied [n_records]. */
enum { PD_TIED_BY_WEIGHT = 1, PD_TIED_BY_TWIN = 2 };

struct pd_twins_of {
    const struct pd_rivals_of *edges_of;
    const struct pd_rivals *rivals;
    const struct pd_person_columns *columns;
    const uint32_t *nik_owner; /* [n_records]; rows that have the very number of their person are not asked about */
};

/* Marks in tied the rows whose strongest edge is to somebody with a look-alike in the anchor, from whom nothing tells
 * the row apart (score/told_apart.h). OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_mark_twins(const struct pd_twins_of *of, uint8_t *tied,
                                                 struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Which rows of two nights are the same row (CONTRACT 2): those of the same source and content, the k-th of equal ones
 * the k-th; of what is left those that another mark brings together, one mark after the other. */
#ifndef PD_REPORT_ROW_PAIRS_H
#define PD_REPORT_ROW_PAIRS_H

#include "base/radix.h"
#include "model/linkage.h"

enum pd_night { PD_NIGHT_BEFORE, PD_NIGHT_NOW, PD_NIGHTS };

/* What rows are known by, each within their source; the first ones count before the later ones. */
enum pd_row_mark {
    PD_MARK_CONTENT,
    PD_MARK_ID,
    PD_MARK_WORDS, /* what a row of a registry says of who somebody is */
    PD_MARK_PERSON /* of a registry: who that is in the register */
};

/* How the rows of two nights are known. */
struct pd_row_marks {
    void *context;
    int threads;
    enum pd_row_mark last; /* no mark behind it is asked for */
    /* Keys of the rows of a night that have no partner yet, by a mark, and their number; at most one for each row. */
    enum padan_status (*keys)(void *context, enum pd_night night, enum pd_row_mark mark, struct pd_key *keys,
                              size_t *n_keys, struct padan_error *error);
    /* Of rows whose ids have the same key: are they the same row? */
    bool (*same)(void *context, uint32_t now, uint32_t before);
};

struct pd_row_pairs {
    size_t n_rows[PD_NIGHTS];
    uint32_t *partner[PD_NIGHTS]; /* [n_rows of the night] row of the other night, PD_NO_RECORD */
    uint8_t *differs;             /* [n_rows of now] found by another mark than content, which is not the same */
};

/* Room for rows that have no partner yet, so that the functions of marks may ask; then partners. Linear in rows, but
 * for sorting. After a failure only pd_row_pairs_reset. */
PADAN_MUST_CHECK enum padan_status pd_row_pairs_make(struct pd_row_pairs *pairs, size_t n_before, size_t n_now,
                                                     struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_row_pairs_find(struct pd_row_pairs *pairs, const struct pd_row_marks *marks,
                                                     struct padan_error *error);
/* Safe on {0}. */
void pd_row_pairs_reset(struct pd_row_pairs *pairs);

#endif

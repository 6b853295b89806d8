/* SPDX-License-Identifier: MIT
 * Which pairs somebody has to look at, in the order of the row that is in question. */
#ifndef PD_REPORT_REVIEW_LIST_H
#define PD_REPORT_REVIEW_LIST_H

#include "report/row_context.h"

/* A pair as the reviewer reads it: the row in question against its reference, the register before the registry before
 * rosters. */
struct pd_review_pair {
    uint32_t row, reference;
    uint64_t edge;
};

struct pd_review_list {
    struct pd_review_pair *pairs; /* [n_pairs] by row, then reference */
    size_t n_pairs;
};

/* Pairs of class tinjau that no other link has settled. *list is to be reset after a failure too. */
PADAN_MUST_CHECK enum padan_status pd_review_list_make(const struct pd_report *report, struct pd_review_list *list,
                                                       struct padan_error *error);
void pd_review_list_reset(struct pd_review_list *list);

#endif

/* SPDX-License-Identifier: MIT
 * Is a row of one source linked to one row of another at most? Looked at, not assumed: where rows repeat inside a
 * source, a row has two good candidates there, and these two agree with each other as well. Where rows are unique, they
 * do not. */
#ifndef PD_AUTO_UNIQUENESS_H
#define PD_AUTO_UNIQUENESS_H

#include "model/levelled_pairs.h"

struct pd_uniqueness {
    double n_rows;     /* rows with a candidate of weight >= 5 in another source */
    double n_repeated; /* of these, rows with two candidates that agree with each other too */
    bool one_to_one;   /* no more than an eighth, and of no source more than an eighth have two as good as each other */
    bool several;      /* of some source, more than a third of these rows have two good candidates */
};

/* Bits of any two records, left < right. */
typedef double pd_score_any(void *context, uint32_t left, uint32_t right);

/* weights [edges] in bits. best [edges] out: whether the edge is the best of both its rows. */
PADAN_MUST_CHECK enum padan_status pd_auto_uniqueness(const struct pd_rivals *rivals, const double *weights,
                                                      size_t n_edges, pd_score_any *score, void *context,
                                                      struct pd_uniqueness *out, bool *best, struct padan_error *error);

#endif

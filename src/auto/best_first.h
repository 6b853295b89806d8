/* SPDX-License-Identifier: MIT
 * The pairs that one to one linking takes, before it is known from which weight on: the likest pair first, each row
 * once per other source. What it takes from a weight on are those of them that reach it. They are more than the pairs
 * that are the best of both their rows: a row whose best is taken may be linked to what others did not want. */
#ifndef PD_AUTO_BEST_FIRST_H
#define PD_AUTO_BEST_FIRST_H

#include "model/levelled_pairs.h"

/* weights [edges] in bits. taken [edges] out. Of pairs of one weight the first is taken first. */
PADAN_MUST_CHECK enum padan_status pd_auto_best_first(const struct pd_rivals *rivals, const double *weights,
                                                      size_t n_edges, bool *taken, struct padan_error *error);

#endif

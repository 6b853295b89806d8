/* SPDX-License-Identifier: MIT
 * Pairs drawn from those that agree in a column: what other columns do there shows whether they say the same thing. */
#ifndef PD_AUTO_EQUAL_DRAW_H
#define PD_AUTO_EQUAL_DRAW_H

#include "auto/equal_pairs.h"
#include "model/pair.h"

/* Up to `most` pairs in scope that agree in column: all of them when there are no more, else drawn with replacement.
 * pairs in the arena. */
PADAN_MUST_CHECK enum padan_status pd_auto_draw_equal(const struct pd_auto_data *data, int column, size_t most,
                                                      struct pd_arena *arena, struct pd_pair **pairs, size_t *n_pairs,
                                                      struct padan_error *error);

#endif

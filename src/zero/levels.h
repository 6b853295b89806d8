/* SPDX-License-Identifier: MIT
 * Levels of pairs of the rules, or of drawn ones, for the comparisons of the training at hand. */
#ifndef PD_ZERO_LEVELS_H
#define PD_ZERO_LEVELS_H

#include "zero/state.h"

/* Pairs (drawn NULL: those of the rules) and, by pattern of the store, the levels of the model's comparisons: owned by
 * the caller. The store is zero's, until the next call. The linker is that of the model as it is. */
PADAN_MUST_CHECK enum padan_status pd_zero_find_levels(struct pd_zero *zero, const struct pd_zero_pairs *drawn,
                                                       int8_t **gammas, const struct pd_level_store **store,
                                                       struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Names whose words stand in varying order, as "BUDI SANTOSO" here and "SANTOSO, BUDI" there. */
#ifndef PD_AUTO_WORD_ORDER_H
#define PD_AUTO_WORD_ORDER_H

#include "auto/equal_pairs.h"

/* Whether the words of a name stand in varying order: sets profile->any_order, when one in ten of the pairs that have
 * the same words has them in another order; *share is that share. Columns that are no names of several words are left
 * as they are. */
PADAN_MUST_CHECK enum padan_status pd_auto_look_at_order(const struct pd_auto_data *data, struct pd_profile *profile,
                                                         double *share, struct padan_error *error);

#endif

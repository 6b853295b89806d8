/* SPDX-License-Identifier: MIT
 * Numbers of models. A code that has a column of its own in one list of goods stands in the titles of another
 * (KX-TG4022N, KXTG4022N): then it is a word of the row, and codes of one series differ in a sign and are other goods.
 * Postal codes and telephone numbers stand in no text. */
#ifndef PD_AUTO_MODEL_CODES_H
#define PD_AUTO_MODEL_CODES_H

#include "auto/profile.h"

/* Marks the codes of which at least a tenth stand in texts of rows (of_models), seen on rows that are spread over the
 * table. Cost O(bytes of texts) of those rows. */
PADAN_MUST_CHECK enum padan_status pd_auto_find_model_codes(const struct pd_table *table, struct pd_profiles *profiles,
                                                            struct padan_error *error);

#endif

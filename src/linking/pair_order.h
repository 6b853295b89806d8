/* SPDX-License-Identifier: MIT
 * Which row of a pair is the left one. Where a model asks the same of both sides it does not matter, and it is the
 * earlier row. Else it is the row whose source and unique_id come first as texts, as in Splink: not a matter of the
 * order of rows. In a deduplication whose ids are all whole numbers they come first as numbers, which is what Splink is
 * given then. */
#ifndef PD_LINKING_PAIR_ORDER_H
#define PD_LINKING_PAIR_ORDER_H

#include "model/model.h"
#include "table/table.h"

/* rank out: [n_records] for pd_block_run, to be freed; NULL where the order of rows does. OUT_OF_MEMORY. Linear where
 * rows are in order already, else n log n comparisons of ids. */
PADAN_MUST_CHECK enum padan_status pd_pair_order_make(const struct pd_table *table, const struct pd_model *model,
                                                      uint32_t **rank, struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Columns of files under the names that a model has for them: `padan_columns` and `padan_optional_columns`. */
#ifndef PD_MODEL_NAMED_COLUMNS_H
#define PD_MODEL_NAMED_COLUMNS_H

#include "base/buffer.h"
#include "model/model.h"
#include "table/table.h"

/* Columns that the table has under another name of padan_columns alone get the model's. Names are the same whatever
 * their case and signs: "Given Name" is given_name. Before columns are joined. */
PADAN_MUST_CHECK enum padan_status pd_model_rename_columns(const struct pd_model *model, struct pd_table *table,
                                                           struct padan_error *error);
/* Rows without a value in a column get that of another name of it; after columns are joined. */
PADAN_MUST_CHECK enum padan_status pd_model_fold_columns(const struct pd_model *model, struct pd_table *table,
                                                         struct padan_error *error);
/* Where the model's columns are optional, those that the table lacks are added, without any value, and named in
 * `absent`, parted by commas; comparisons that read nothing else are marked. BAD_INPUT where it has none of them.
 * Without `padan_optional_columns` nothing is done: binding refuses what is absent. Cost O(columns of the model x
 * columns). */
PADAN_MUST_CHECK enum padan_status pd_model_add_absent(struct pd_model *model, struct pd_table *table,
                                                       struct pd_buffer *absent, struct padan_error *error);

#endif

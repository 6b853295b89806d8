/* SPDX-License-Identifier: MIT
 * `padan_derived_columns` of a model: columns made from others of the same row, for conditions that would else repeat
 * the same expression. */
#ifndef PD_MODEL_DERIVED_COLUMNS_H
#define PD_MODEL_DERIVED_COLUMNS_H

#include "base/buffer.h"
#include "model/model.h"
#include "table/table.h"

struct pd_model_reader;
struct pd_node;

PADAN_MUST_CHECK enum padan_status pd_model_read_derived(const struct pd_model_reader *reader,
                                                         const struct pd_node *root);
/* The whole key, with a comma before it; nothing where the model has none. */
void pd_model_append_derived(struct pd_buffer *out, const struct pd_model *model);
bool pd_model_derives(const struct pd_model *model, struct pd_text name);
/* Makes the columns, once their own are there. BAD_ARGUMENT where an expression reads what is not there, or where the
 * table has a column of the name. Cost as of pd_derive. */
PADAN_MUST_CHECK enum padan_status pd_model_derive_columns(const struct pd_model *model, struct pd_table *table,
                                                           int threads, struct padan_error *error);

#endif

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

/* A key that maps names of columns to expressions over a row, such as padan_derived_columns and padan_tf; nothing where
 * there is none. And the same as it is written, with a comma before it. */
PADAN_MUST_CHECK enum padan_status pd_column_expressions_read(const struct pd_model_reader *reader,
                                                              const struct pd_node *root, const char *key,
                                                              struct pd_column_expression **list, size_t *n);
void pd_column_expressions_append(struct pd_buffer *out, const char *key, const struct pd_column_expression *list,
                                  size_t n);
/* Whether a column is one that the model derives. */
bool pd_model_derives(const struct pd_model *model, struct pd_text name);
/* Makes the columns, once their own are there. BAD_ARGUMENT where an expression reads what is not there, or where the
 * table has a column of the name. Cost as of pd_derive. */
PADAN_MUST_CHECK enum padan_status pd_model_derive_columns(const struct pd_model *model, struct pd_table *table,
                                                           int threads, struct padan_error *error);

#endif

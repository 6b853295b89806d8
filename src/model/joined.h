/* SPDX-License-Identifier: MIT
 * `padan_joined_columns` of a model: what one source has in one column and another in several. */
#ifndef PD_MODEL_JOINED_H
#define PD_MODEL_JOINED_H

#include "base/buffer.h"
#include "model/model.h"
#include "table/table.h"

struct pd_model_reader;
struct pd_node;

PADAN_MUST_CHECK enum padan_status pd_model_read_joined(const struct pd_model_reader *reader,
                                                        const struct pd_node *root);
/* One entry: {"into": .., "columns": [..], "between": ".."} */
void pd_joined_append(struct pd_buffer *out, const struct pd_joined_columns *joined);
/* The whole key, with a comma before it; nothing where the model has none. */
void pd_model_append_joined(struct pd_buffer *out, const struct pd_model *model);
/* Puts columns of a table together as the model says. */
PADAN_MUST_CHECK enum padan_status pd_model_join_columns(const struct pd_model *model, struct pd_table *table,
                                                         struct padan_error *error);

#endif

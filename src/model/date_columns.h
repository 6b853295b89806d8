/* SPDX-License-Identifier: MIT
 * `padan_dates` of a model: columns with dates whose order of day and month is decided file by file. */
#ifndef PD_MODEL_DATE_COLUMNS_H
#define PD_MODEL_DATE_COLUMNS_H

#include "base/buffer.h"
#include "model/model.h"

struct pd_model_reader;
struct pd_node;

/* Once conditions are read: a column that none of them reads is refused. */
PADAN_MUST_CHECK enum padan_status pd_model_read_dates(const struct pd_model_reader *reader,
                                                       const struct pd_node *root);
/* Adds a column of files to those of the model, under the name that the model has for it; one that is there already, or
 * that no condition reads, is not added. */
PADAN_MUST_CHECK enum padan_status pd_model_add_date(struct pd_model *model, struct pd_text column,
                                                     struct padan_error *error);
void pd_model_append_dates(struct pd_buffer *out, const struct pd_model *model);

#endif

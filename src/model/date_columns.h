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
void pd_model_append_dates(struct pd_buffer *out, const struct pd_model *model);

#endif

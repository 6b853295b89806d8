/* SPDX-License-Identifier: MIT
 * The model that a job names: one that comes with padan, or a file. */
#ifndef PD_RUN_JOB_MODEL_H
#define PD_RUN_JOB_MODEL_H

#include "base/buffer.h"
#include "job/job.h"
#include "model/model.h"

/* instead: the path of another model, or NULL. text gets what was read. The caller resets model and text, after a
 * failure too. BAD_ARGUMENT for a model that a run cannot use. */
PADAN_MUST_CHECK enum padan_status pd_job_model_read(const struct pd_job *job, const char *instead,
                                                     struct pd_model *model, struct pd_buffer *text,
                                                     struct padan_error *error);

#endif

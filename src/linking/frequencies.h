/* SPDX-License-Identifier: MIT
 * The frequencies that a model brings along (model/frequencies.h), copied beside the model that a folder keeps. */
#ifndef PD_MODEL_FREQUENCIES_FILE_H
#define PD_MODEL_FREQUENCIES_FILE_H

#include "model/frequencies.h"
#include "report/run_folder.h"

/* Writes prefix + the file's name; nothing when the model has no frequencies of its own. */
PADAN_MUST_CHECK enum padan_status pd_model_frequencies_write(struct pd_run_folder *folder, const char *prefix,
                                                              const struct pd_model *model, struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * The text of a model from the file or the preset that a user names. */
#ifndef PD_MODEL_MODEL_FILE_H
#define PD_MODEL_MODEL_FILE_H

#include "base/buffer.h"

/* Appends the file to text. BAD_ARGUMENT when there is no such file or it is a folder: then the model is wrong, no
 * input.
 */
PADAN_MUST_CHECK enum padan_status pd_model_file_read(const char *path, struct pd_buffer *text,
                                                      struct padan_error *error);

/* Appends the model that comes with padan under a name. named_in: the file that asks for it, NULL
 * when the command line does. BAD_ARGUMENT, with the names there are, when there is none. */
PADAN_MUST_CHECK enum padan_status pd_model_preset_read(const char *name, const char *named_in, struct pd_buffer *text,
                                                        struct padan_error *error);

#endif

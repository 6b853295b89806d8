/* SPDX-License-Identifier: MIT */
#include "model/model_file.h"

#include "base/file.h"
#include "base/status.h"
#include "model/model.h"

#include <sys/stat.h>

enum padan_status pd_model_file_read(const char *path, struct pd_buffer *text, struct padan_error *error)
{
    struct stat facts;
    if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is a folder: name the file of a model", path);
    const enum padan_status status = pd_file_read(path, PD_MODEL_BYTES_MAX, text, error);
    if (status != PADAN_BAD_INPUT) return status;
    if (error != NULL) error->status = PADAN_BAD_ARGUMENT;
    return PADAN_BAD_ARGUMENT;
}

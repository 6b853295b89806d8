/* SPDX-License-Identifier: MIT */
#include "model/model_file.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/status.h"
#include "model/model.h"

#include <stdio.h>
#include <string.h>
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

static const char preset_folder[] = "models/", preset_ending[] = ".json";

/* The names of all presets, parted by commas. */
static void list_presets(char *names, size_t capacity)
{
    const size_t n_folder = sizeof preset_folder - 1, n_ending = sizeof preset_ending - 1;
    size_t length = 0;
    names[0] = '\0';
    for (size_t i = 0; pd_embedded_path(i) != NULL; i++) {
        const char *path = pd_embedded_path(i);
        const size_t n = strlen(path);
        if (strncmp(path, preset_folder, n_folder) != 0 || n < n_folder + n_ending) continue;
        if (strcmp(path + n - n_ending, preset_ending) != 0 || strchr(path + n_folder, '/') != NULL) continue;
        length += (size_t)snprintf(names + length, capacity - length, "%s%.*s", length > 0 ? ", " : "",
                                   (int)(n - n_folder - n_ending), path + n_folder);
        if (length >= capacity) return;
    }
}

enum padan_status pd_model_preset_read(const char *name, const char *named_in, struct pd_buffer *text,
                                       struct padan_error *error)
{
    char path[256], names[256];
    (void)snprintf(path, sizeof path, "%s%s%s", preset_folder, name, preset_ending);
    const struct pd_text content = pd_embedded(path);
    if (content.data == NULL) {
        list_presets(names, sizeof names);
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s%sthere is no preset \"%s\", only %s; name one, or a model file",
                named_in == NULL ? "" : named_in, named_in == NULL ? "" : ": ", name, names);
    }
    pd_append_text(text, content);
    return pd_buffer_status(text, error);
}

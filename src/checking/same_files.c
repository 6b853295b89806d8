/* SPDX-License-Identifier: MIT */
#include "checking/same_files.h"

#include "base/memory.h"

#include <string.h>

static bool is_meant(const struct pd_seen_file *a, const struct pd_seen_file *b)
{
    const bool with_register = a->program == PD_THE_REGISTER || b->program == PD_THE_REGISTER;
    if (strcmp(a->path, b->path) != 0) return false;
    if (with_register) return a->program == PD_NO_PROGRAM || b->program == PD_NO_PROGRAM;
    return a->program == PD_NO_PROGRAM || a->program != b->program;
}

enum padan_status pd_seen_files_add(struct pd_seen_files *files, const struct pd_seen_file *file,
                                    const struct pd_seen_file **earlier, struct padan_error *error)
{
    *earlier = NULL;
    PD_TRY(pd_grow(&files->items, &files->capacity, files->n + 1, sizeof *files->items, error));
    for (size_t i = 0; i < files->n && *earlier == NULL; i++)
        if (strcmp(files->items[i].digest, file->digest) == 0 && !is_meant(&files->items[i], file))
            *earlier = &files->items[i];
    files->items[files->n] = *file;
    return pd_arena_copy(&files->arena, file->name, &files->items[files->n++].name, error);
}

enum padan_status pd_seen_files_look(struct pd_seen_files *files, const struct pd_file_result *result, const char *path,
                                     int program, struct pd_file_alarms *alarms, struct padan_error *error)
{
    const struct pd_seen_file *earlier = NULL;
    struct pd_seen_file file = { .name = result->name, .path = path, .program = program };
    _Static_assert(sizeof file.digest == sizeof result->digest, "the same digests");
    if (result->status != PADAN_OK) return PADAN_OK;
    memcpy(file.digest, result->digest, sizeof file.digest);
    PD_TRY(pd_seen_files_add(files, &file, &earlier, error));
    if (earlier != NULL) pd_file_alarms_add_same(earlier->name, alarms);
    return PADAN_OK;
}

int pd_seen_program(const struct pd_job_source *source)
{
    return source->role == PD_ROLE_REGISTER ? PD_THE_REGISTER : source->program;
}

void pd_seen_files_reset(struct pd_seen_files *files)
{
    pd_free(files->items);
    pd_arena_reset(&files->arena);
    *files = (struct pd_seen_files){ 0 };
}

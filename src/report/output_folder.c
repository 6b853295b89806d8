/* SPDX-License-Identifier: MIT */
#include "report/output_folder.h"

#include "base/file.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

/* Nothing is lost by replacing the folder: it is empty or holds a manifest of ours. */
static bool replaceable(const char *path)
{
    DIR *stream = opendir(path);
    bool has_manifest = false;
    bool empty = true;
    if (stream == NULL) return access(path, F_OK) != 0;
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        empty = false;
        if (strcmp(entry->d_name, "manifest.json") == 0) has_manifest = true;
    }
    (void)closedir(stream);
    return empty || has_manifest;
}

/* The temporary folder, empty and ours: what a killed run left is removed, what a living one is making is not. */
static enum padan_status take_temporary(struct pd_run_folder *folder, const char *path, struct padan_error *error)
{
    int other = -1;
    if (access(path, F_OK) == 0) {
        PD_TRY(pd_folder_lock(path, false, &other, error));
        if (other < 0)
            PD_FAIL(error, PADAN_IO, "another padan is writing %s; wait until it has ended, or choose another --out",
                    folder->final.data);
        (void)close(other);
    }
    PD_TRY(pd_directory_remove(path, error));
    PD_TRY(pd_directory_make(path, error));
    return pd_folder_lock(path, false, &folder->lock, error);
}

enum padan_status pd_output_folder_open(struct pd_run_folder *folder, const char *path, struct padan_error *error)
{
    struct pd_text whole = pd_text_of(path);
    struct pd_buffer temporary = { 0 };
    *folder = (struct pd_run_folder){ .lock = -1, .held = -1 };
    while (whole.length > 1 && whole.data[whole.length - 1] == '/') whole.length--;
    PD_TRY(pd_arena_copy(&folder->arena, whole, &folder->final, error));
    if (!replaceable(folder->final.data))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is there and was not written by padan; choose another --out",
                folder->final.data);
    PD_TRY(pd_arena_copy(&folder->arena, pd_path_directory(folder->final), &folder->parent, error));
    PD_TRY(pd_arena_copy(&folder->arena, pd_path_base(folder->final), &folder->name, error));
    pd_append_text(&temporary, folder->final);
    pd_append_string(&temporary, ".sementara");
    enum padan_status status = pd_buffer_status(&temporary, error);
    struct pd_text work = PD_TEXT("");
    if (status == PADAN_OK)
        status = pd_arena_copy(&folder->arena, (struct pd_text){ temporary.data, temporary.length }, &work, error);
    pd_buffer_reset(&temporary);
    if (status != PADAN_OK) return status;
    int parent = -1;
    PD_TRY(pd_directory_make(folder->parent.data, error));
    PD_TRY(pd_folder_lock(folder->parent.data, true, &parent, error));
    status = take_temporary(folder, work.data, error);
    (void)close(parent);
    if (status == PADAN_OK) folder->temporary = work; /* ours to remove */
    return status;
}

enum padan_status pd_output_folder_publish(struct pd_run_folder *folder, struct padan_error *error)
{
    PD_TRY(pd_unsynced_close(&folder->unsynced, error));
    PD_TRY(pd_directory_remove(folder->final.data, error));
    PD_TRY(pd_directory_publish(folder->temporary.data, folder->final.data, error));
    folder->temporary = PD_TEXT("");
    return PADAN_OK;
}

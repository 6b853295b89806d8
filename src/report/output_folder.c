/* SPDX-License-Identifier: MIT */
#include "report/output_folder.h"

#include "base/file.h"
#include "base/memory.h"
#include "report/manifest_read.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* NULL: there is no manifest of a command that writes output folders. */
static const struct pd_node *outputs_of(struct pd_arena *arena, const char *path)
{
    struct pd_node *root = NULL;
    if (pd_manifest_read(arena, path, &root, NULL) != PADAN_OK) return NULL;
    const struct pd_node *command = pd_node_get(root, "command"), *outputs = pd_node_get(root, "outputs");
    if (pd_node_is_null(command) || pd_text_equal(command->text, PD_TEXT("run"))) return NULL;
    return outputs != NULL && outputs->kind == PD_NODE_SEQUENCE ? outputs : NULL;
}

static bool is_output(const struct pd_node *outputs, struct pd_text entry)
{
    if (pd_text_equal(entry, PD_TEXT("manifest.json"))) return true;
    for (size_t i = 0; i < outputs->n_children; i++) {
        const struct pd_node *name = pd_node_get(outputs->items[i], "name");
        if (!pd_node_is_null(name) && pd_text_equal(name->text, entry)) return true;
    }
    return false;
}

/* Nothing is lost by replacing the folder: all in it was written by such a command. */
static enum padan_status check_entries(const char *path, DIR *stream, struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    enum padan_status status = PADAN_OK;
    const struct pd_node *outputs = NULL;
    for (const struct dirent *entry = readdir(stream); entry != NULL && status == PADAN_OK; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (outputs == NULL) outputs = outputs_of(&arena, path);
        if (outputs == NULL)
            status = pd_fail(error, PADAN_BAD_ARGUMENT,
                             "%s is there and was not written by padan dedupe or link; choose another --out", path);
        else if (!is_output(outputs, pd_text_of(entry->d_name)))
            status = pd_fail(error, PADAN_BAD_ARGUMENT,
                             "%s would be replaced, and %s in it was not written by padan; take it out or choose "
                             "another --out",
                             path, entry->d_name);
    }
    pd_arena_reset(&arena);
    return status;
}

static enum padan_status check_replaceable(const char *path, struct padan_error *error)
{
    DIR *stream = opendir(path);
    if (stream == NULL && access(path, F_OK) != 0 && errno == ENOENT) return PADAN_OK;
    if (stream == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is there and is no folder that can be read; choose another --out", path);
    const enum padan_status status = check_entries(path, stream, error);
    (void)closedir(stream);
    return status;
}

/* The path, or where it leads when it is a link: the link is to stay one. */
static enum padan_status follow(struct pd_arena *arena, struct pd_text path, struct pd_text *final,
                                struct padan_error *error)
{
    PD_TRY(pd_arena_copy(arena, path, final, error));
    char *target = realpath(final->data, NULL);
    char byte;
    if (target == NULL || readlink(final->data, &byte, 1) < 0) {
        free(target);
        return PADAN_OK;
    }
    const enum padan_status status = pd_arena_copy(arena, pd_text_of(target), final, error);
    free(target);
    return status;
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
    if (!pd_directory_begin(path)) return pd_folder_failure("make the folder", path, error);
    PD_TRY(pd_folder_lock(path, false, &folder->lock, error));
    pd_disk_flush_begin(&folder->unsynced.flush, folder->lock);
    return PADAN_OK;
}

enum padan_status pd_output_folder_open(struct pd_run_folder *folder, const char *path, struct padan_error *error)
{
    struct pd_text whole = pd_text_of(path);
    struct pd_buffer temporary = { 0 };
    *folder = (struct pd_run_folder){ .lock = -1, .held = -1, .digest_kind = PD_DIGEST_XXH128 };
    while (whole.length > 1 && whole.data[whole.length - 1] == '/') whole.length--;
    PD_TRY(follow(&folder->arena, whole, &folder->final, error));
    PD_TRY(check_replaceable(folder->final.data, error));
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
    PD_TRY(pd_directory_publish(folder->temporary.data, folder->final.data, error));
    folder->temporary = PD_TEXT("");
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT */
#include "generate/output.h"

#include "base/file.h"
#include "generate/messy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char JOB[] = "job.yaml";

static enum padan_status failure(const char *what, const char *path, struct padan_error *error)
{
    return pd_fail(error, PADAN_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

static int lock_of(const char *folder)
{
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        (void)close(descriptor);
        return -1;
    }
    return descriptor;
}

/* What a killed generation left is removed, what a living one is making is not. */
static enum padan_status take_folder(struct pd_generated *generated, struct padan_error *error)
{
    const char *folder = generated->folder.data;
    if (access(folder, F_OK) == 0) {
        const int left = lock_of(folder);
        if (left < 0)
            PD_FAIL(error, PADAN_IO, "another padan is writing to %s; wait until it has ended, or choose another --out",
                    generated->out);
        const enum padan_status status = pd_directory_remove(folder, error);
        (void)close(left);
        if (status != PADAN_OK) return status;
    }
    if (!pd_directory_begin(folder)) return failure("make the folder", folder, error);
    generated->lock = lock_of(folder);
    return generated->lock >= 0 ? PADAN_OK : failure("lock the folder", folder, error);
}

enum padan_status pd_generated_begin(struct pd_generated *generated, const char *out, struct padan_error *error)
{
    *generated = (struct pd_generated){ .out = out, .lock = -1 };
    PD_TRY(pd_directory_make(out, error));
    pd_path_join(&generated->folder, pd_text_of(out), PD_TEXT(PD_TEMPORARY_ENDING));
    enum padan_status status = pd_buffer_status(&generated->folder, error);
    if (status == PADAN_OK) status = take_folder(generated, error);
    if (status != PADAN_OK) pd_buffer_reset(&generated->folder);
    return status;
}

static enum padan_status move_folder(const char *from, const char *to, struct padan_error *error);

/* A file takes its name, a folder's files theirs. */
static enum padan_status move_entry(const char *from, const char *to, struct padan_error *error)
{
    struct stat about;
    if (stat(from, &about) != 0) return failure("find", from, error);
    if (S_ISDIR(about.st_mode)) {
        PD_TRY(pd_directory_make(to, error));
        return move_folder(from, to, error);
    }
    return rename(from, to) == 0 ? PADAN_OK : failure("put in place", to, error);
}

static enum padan_status move_named(const char *from, const char *to, const char *name, struct padan_error *error)
{
    struct pd_buffer old = { 0 }, new = { 0 };
    pd_path_join(&old, pd_text_of(from), pd_text_of(name));
    pd_path_join(&new, pd_text_of(to), pd_text_of(name));
    enum padan_status status = pd_buffer_status(&old, error);
    if (status == PADAN_OK) status = pd_buffer_status(&new, error);
    if (status == PADAN_OK) status = move_entry(old.data, new.data, error);
    pd_buffer_reset(&old);
    pd_buffer_reset(&new);
    return status;
}

/* Everything but the job, which stands where there is something to run. */
static enum padan_status move_folder(const char *from, const char *to, struct padan_error *error)
{
    DIR *stream = opendir(from);
    if (stream == NULL) return failure("read the folder", from, error);
    enum padan_status status = PADAN_OK;
    for (const struct dirent *entry = readdir(stream); status == PADAN_OK && entry != NULL; entry = readdir(stream)) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, JOB) == 0) continue;
        status = move_named(from, to, name, error);
    }
    (void)closedir(stream);
    return status;
}

static enum padan_status publish(const struct pd_generated *generated, bool messy, struct padan_error *error)
{
    if (messy) PD_TRY(pd_messy_clear_folders(generated->out, error));
    PD_TRY(move_folder(generated->folder.data, generated->out, error));
    return move_named(generated->folder.data, generated->out, JOB, error);
}

enum padan_status pd_generated_end(struct pd_generated *generated, bool messy, enum padan_status status,
                                   struct padan_error *error)
{
    if (pd_file_hold_signals != NULL) pd_file_hold_signals();
    if (status == PADAN_OK) status = publish(generated, messy, error);
    const enum padan_status removed = pd_directory_remove(generated->folder.data, status == PADAN_OK ? error : NULL);
    if (pd_file_ended != NULL) pd_file_ended(generated->folder.data);
    if (pd_file_release_signals != NULL) pd_file_release_signals();
    if (generated->lock >= 0) (void)close(generated->lock);
    pd_buffer_reset(&generated->folder);
    return status == PADAN_OK ? removed : status;
}

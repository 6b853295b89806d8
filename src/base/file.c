/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE_BACK_BYTES = 8 << 20, LEAVING_BYTES = 32 << 20, PIECE_BYTES = 128 << 10 };

static enum padan_status system_failure(const char *doing, const char *path, struct padan_error *error)
{
    const int code = errno;
    const char *known = strerrordesc_np(code);
    const char *reason = known == NULL ? "unknown error" : known;
    const char *advice = code == ENOSPC   ? ": free some disk space and run again"
                         : code == EACCES ? ": check the rights of this file or folder"
                         : code == EROFS  ? ": choose a folder that can be written"
                                          : "";
    PD_FAIL(error, PADAN_IO, "cannot %s %s: %s%s", doing, path, reason, advice);
}

/* Why a file could not be opened, and what to do. */
static const char *reason_of(int code)
{
    switch (code) {
    case ENOENT: return "there is no such file; check the path";
    case ENOTDIR: return "a part of its path is a file, no folder; check the path";
    case ELOOP: return "its symbolic links lead in a circle; check the path";
    case ENAMETOOLONG: return "its name is too long; check the path";
    default: return "check the rights of this file";
    }
}

enum padan_status pd_file_open(const char *path, int *descriptor, struct padan_error *error)
{
    *descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (*descriptor >= 0) return PADAN_OK;
    if (errno == EMFILE || errno == ENFILE)
        PD_FAIL(error, PADAN_IO, "cannot open %s: too many files are open; raise the limit (ulimit -n)", path);
    PD_FAIL(error, PADAN_BAD_INPUT, "cannot open %s: %s", path, reason_of(errno));
}

enum padan_status pd_file_read(const char *path, size_t max_bytes, struct pd_buffer *buffer, struct padan_error *error)
{
    int descriptor = -1;
    PD_TRY(pd_file_open(path, &descriptor, error));
    enum padan_status status = PADAN_OK;
    const size_t begin = buffer->length;
    for (;;) {
        enum { STEP = 1 << 16 };
        char *to = pd_buffer_reserve(buffer, STEP);
        const ssize_t got = to == NULL ? 0 : read(descriptor, to, STEP - 1);
        if (got < 0 && pd_memory_call_again(to)) continue;
        if (got < 0) status = system_failure("read", path, error);
        if (got <= 0) break;
        buffer->length += (size_t)got;
        to[got] = '\0';
        if (buffer->length - begin > max_bytes) {
            status =
                pd_fail(error, PADAN_LIMIT, "%s is larger than %zu bytes, which is not expected here", path, max_bytes);
            break;
        }
    }
    (void)close(descriptor);
    if (status == PADAN_OK) status = pd_buffer_status(buffer, error);
    if (status == PADAN_OK && buffer->length == begin && buffer->data != NULL) buffer->data[begin] = '\0';
    return status;
}

void pd_path_join(struct pd_buffer *buffer, struct pd_text directory, struct pd_text name)
{
    const bool absolute = name.length > 0 && name.data[0] == '/';
    if (!absolute && directory.length > 0) {
        pd_append_text(buffer, directory);
        if (directory.data[directory.length - 1] != '/') pd_append_byte(buffer, '/');
    }
    pd_append_text(buffer, name);
    pd_append_byte(buffer, '\0');
    if (buffer->length > 0) buffer->length--;
}

struct pd_text pd_path_directory(struct pd_text path)
{
    size_t end = path.length;
    while (end > 0 && path.data[end - 1] != '/') end--;
    if (end == 0) return PD_TEXT(".");
    return pd_text_slice(path, 0, end > 1 ? end - 1 : 1);
}

struct pd_text pd_path_base(struct pd_text path)
{
    size_t begin = path.length;
    while (begin > 0 && path.data[begin - 1] != '/') begin--;
    return pd_text_slice(path, begin, path.length);
}

/* facts.st_ino 0: there is no such folder. */
static enum padan_status stat_folder(const char *path, struct stat *facts, struct padan_error *error)
{
    struct pd_buffer folder = { 0 };
    pd_append_text(&folder, pd_path_directory(pd_text_of(path)));
    pd_append_byte(&folder, '\0');
    const enum padan_status status = pd_buffer_status(&folder, error);
    if (status != PADAN_OK || stat(folder.data, facts) != 0) *facts = (struct stat){ .st_ino = 0 };
    pd_buffer_reset(&folder);
    return status;
}

enum padan_status pd_path_same_folder(const char *a, const char *b, bool *same, struct padan_error *error)
{
    struct stat of_a, of_b;
    PD_TRY(stat_folder(a, &of_a, error));
    PD_TRY(stat_folder(b, &of_b, error));
    *same = of_a.st_ino != 0 && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
    return PADAN_OK;
}

static void hold_signals(void)
{
    if (pd_file_hold_signals != NULL) pd_file_hold_signals();
}

static void release_signals(void)
{
    if (pd_file_release_signals != NULL) pd_file_release_signals();
}

bool pd_directory_begin(const char *path)
{
    hold_signals();
    const bool made = mkdir(path, 0700) == 0;
    if (made && pd_file_begun != NULL) pd_file_begun(path);
    release_signals();
    return made;
}

bool pd_path_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

enum padan_status pd_directory_make(const char *path, struct padan_error *error)
{
    char partial[4096];
    const size_t length = strlen(path);
    if (length >= sizeof partial) PD_FAIL(error, PADAN_IO, "path too long: %.200s...", path);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(partial, path, i);
        partial[i] = '\0';
        if (mkdir(partial, 0700) != 0 && errno != EEXIST) return system_failure("make the folder", path, error);
    }
    struct stat status;
    if (stat(path, &status) != 0) return system_failure("make the folder", path, error);
    if (!S_ISDIR(status.st_mode)) PD_FAIL(error, PADAN_IO, "%s is a file, a folder is needed there", path);
    return PADAN_OK;
}

static enum padan_status remove_entry(int parent, const char *name, const char *path, struct padan_error *error);

static enum padan_status remove_children(int directory, const char *path, struct padan_error *error)
{
    DIR *stream = fdopendir(directory);
    if (stream == NULL) {
        (void)close(directory);
        return system_failure("read the folder", path, error);
    }
    enum padan_status status = PADAN_OK;
    const struct dirent *entry = NULL;
    while (status == PADAN_OK && (entry = readdir(stream)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            status = remove_entry(directory, entry->d_name, path, error);
    (void)closedir(stream);
    return status;
}

static enum padan_status remove_entry(int parent, const char *name, const char *path, struct padan_error *error)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return PADAN_OK;
    if (errno != EISDIR && errno != EPERM) return system_failure("remove a file of", path, error);
    const int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0 && errno == ENOENT) return PADAN_OK;
    if (directory < 0) return system_failure("remove", path, error);
    PD_TRY(remove_children(directory, path, error));
    if (unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT) return system_failure("remove", path, error);
    return PADAN_OK;
}

enum padan_status pd_directory_remove(const char *path, struct padan_error *error)
{
    return remove_entry(AT_FDCWD, path, path, error);
}

static enum padan_status sync_directory(const char *path, struct padan_error *error)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_failure("open", path, error);
    const int failed = fsync(descriptor);
    (void)close(descriptor);
    return failed ? system_failure("write", path, error) : PADAN_OK;
}

/* The name of a file is on the disk once its folder is. */
static enum padan_status sync_parent(const char *path, struct padan_error *error)
{
    struct pd_buffer parent = { 0 };
    pd_path_join(&parent, PD_TEXT(""), pd_path_directory(pd_text_of(path)));
    enum padan_status status = pd_buffer_status(&parent, error);
    if (status == PADAN_OK) status = sync_directory(parent.data, error);
    pd_buffer_reset(&parent);
    return status;
}

/* Both names change hands at once, so that there is no moment without a result; what was there is removed afterwards.
 */
static enum padan_status replace_directory(const char *temporary, const char *final, struct padan_error *error)
{
    if (access(final, F_OK) == 0) {
        if (renameat2(AT_FDCWD, temporary, AT_FDCWD, final, RENAME_EXCHANGE) == 0)
            return pd_directory_remove(temporary, error);
        PD_TRY(pd_directory_remove(final, error)); /* a file system that cannot */
    }
    return rename(temporary, final) == 0 ? PADAN_OK : system_failure("put in place", final, error);
}

enum padan_status pd_directory_publish(const char *temporary, const char *final, struct padan_error *error)
{
    PD_TRY(sync_directory(temporary, error));
    if (pd_memory_check_mapped != NULL) PD_TRY(pd_memory_check_mapped(error));
    hold_signals(); /* to the end of the program: what comes now is short, and belongs to the result */
    PD_TRY(replace_directory(temporary, final, error));
    if (pd_file_ended != NULL) pd_file_ended(temporary);
    return sync_parent(final, error);
}

enum padan_status pd_sink_open(struct pd_sink *sink, const char *path, struct padan_error *error)
{
    *sink = (struct pd_sink){ .descriptor = -1 };
    const size_t length = strlen(path) + 1;
    PD_TRY(pd_allocate(&sink->path, length, 1, error));
    memcpy(sink->path, path, length);
    sink->descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (sink->descriptor >= 0) return PADAN_OK;
    const enum padan_status status = system_failure("write", path, error);
    pd_sink_abandon(sink);
    return status;
}

enum padan_status pd_sink_write_at(const struct pd_sink *sink, const void *bytes, size_t length, uint64_t offset,
                                   struct padan_error *error)
{
    const char *from = bytes;
    while (length > 0) {
        const ssize_t written = pwrite(sink->descriptor, from, length, (off_t)offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_failure("write", sink->path, error);
        from += written;
        length -= (size_t)written;
        offset += (uint64_t)written;
    }
    return PADAN_OK;
}

/* Lets what was told to the disk a while ago, and is there by now, go from the page cache. Its memory is the next to be
 * written to: at hand, where that of a cache that grows has to be found first. Nothing waits, and nothing is lost: what
 * is not on the disk yet stays. */
static void leave_cache(struct pd_sink *sink)
{
    if (sink->begun < sink->left + LEAVING_BYTES + WRITE_BACK_BYTES) return;
    const uint64_t end = sink->begun - LEAVING_BYTES;
    (void)posix_fadvise(sink->descriptor, (off_t)sink->left, (off_t)(end - sink->left), POSIX_FADV_DONTNEED);
    sink->left = end;
}

/* Writes what is held back, and `length` bytes behind it. */
static enum padan_status write_held_and(struct pd_sink *sink, const char *bytes, size_t length,
                                        struct padan_error *error)
{
    const struct iovec parts[] = { { sink->held, sink->n_held }, { (void *)(uintptr_t)bytes, length } };
    const uint64_t offset = sink->length - sink->n_held;
    const ssize_t got = pwritev(sink->descriptor, parts, 2, (off_t)offset);
    /* What is missing is written, or why it cannot be is told, piece by piece. */
    const size_t all = got < 0 ? 0 : (size_t)got;
    const size_t of_held = all < sink->n_held ? all : sink->n_held;
    const size_t of_bytes = all - of_held;
    PD_TRY(pd_sink_write_at(sink, sink->held + of_held, sink->n_held - of_held, offset + of_held, error));
    PD_TRY(pd_sink_write_at(sink, bytes + of_bytes, length - of_bytes, sink->length + of_bytes, error));
    sink->n_held = 0;
    sink->length += length;
    return PADAN_OK;
}

/* Whole pieces, each at a multiple of their size: a page that is written at once and whole is not looked for again, and
 * a run of them is one large one to the system. */
static enum padan_status append_in_pieces(struct pd_sink *sink, const char *bytes, size_t length,
                                          struct padan_error *error)
{
    if (sink->held == NULL) PD_TRY(pd_allocate_array(&sink->held, PIECE_BYTES, 1, error));
    const size_t all = sink->n_held + length;
    const size_t rest = all < PIECE_BYTES ? length : all % PIECE_BYTES;
    if (all >= PIECE_BYTES) PD_TRY(write_held_and(sink, bytes, length - rest, error));
    memcpy(sink->held + sink->n_held, bytes + (length - rest), rest);
    sink->n_held += rest;
    sink->length += rest;
    return PADAN_OK;
}

enum padan_status pd_sink_append(struct pd_sink *sink, const void *bytes, size_t length, struct padan_error *error)
{
    if (sink->leaves) {
        PD_TRY(append_in_pieces(sink, bytes, length, error));
    } else {
        PD_TRY(pd_sink_write_at(sink, bytes, length, sink->length, error));
        sink->length += length;
    }
    const uint64_t written = sink->length - sink->n_held;
    if (written - sink->begun < WRITE_BACK_BYTES) return PADAN_OK;
    /* Begins to write without waiting, so that fsync finds little to do; only fsync tells of failures. */
    (void)sync_file_range(sink->descriptor, (off_t)sink->begun, (off_t)(written - sink->begun), SYNC_FILE_RANGE_WRITE);
    pd_disk_flush_given(sink->flush, written - sink->begun);
    sink->begun = written;
    if (sink->leaves) leave_cache(sink);
    return PADAN_OK;
}

static enum padan_status write_held(struct pd_sink *sink, struct padan_error *error)
{
    return sink->n_held == 0 ? PADAN_OK : write_held_and(sink, "", 0, error);
}

static enum padan_status sync_sink(struct pd_sink *sink, struct padan_error *error)
{
    PD_TRY(write_held(sink, error));
    if (fsync(sink->descriptor) == 0 || errno == EINVAL) return PADAN_OK;
    return system_failure("write", sink->path, error);
}

enum padan_status pd_sink_close(struct pd_sink *sink, struct padan_error *error)
{
    enum padan_status status = sync_sink(sink, error);
    if (close(sink->descriptor) != 0 && status == PADAN_OK) status = system_failure("write", sink->path, error);
    sink->descriptor = -1;
    pd_sink_abandon(sink);
    return status;
}

enum padan_status pd_sink_close_later(struct pd_sink *sink, struct pd_unsynced *unsynced, struct padan_error *error)
{
    enum padan_status status = write_held(sink, error);
    pd_free(sink->held);
    sink->held = NULL;
    if (status == PADAN_OK)
        status = pd_grow(&unsynced->sinks, &unsynced->capacity, unsynced->n_sinks + 1, sizeof *unsynced->sinks, error);
    if (status != PADAN_OK) {
        pd_sink_abandon(sink);
        return status;
    }
    unsynced->sinks[unsynced->n_sinks++] = *sink;
    *sink = (struct pd_sink){ .descriptor = -1 };
    return PADAN_OK;
}

/* All files are begun before one is waited for: the file system then commits the places of all of them with the first,
 * and the others find theirs committed. */
enum padan_status pd_unsynced_close(struct pd_unsynced *unsynced, struct padan_error *error)
{
    for (size_t i = 0; i < unsynced->n_sinks; i++)
        (void)sync_file_range(unsynced->sinks[i].descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    errno = pd_disk_flush_end(&unsynced->flush);
    enum padan_status status = errno == 0 ? PADAN_OK : system_failure("write", "the folder of the results", error);
    for (size_t i = 0; i < unsynced->n_sinks && status == PADAN_OK; i++)
        status = pd_sink_close(&unsynced->sinks[i], error);
    pd_unsynced_abandon(unsynced);
    return status;
}

void pd_unsynced_abandon(struct pd_unsynced *unsynced)
{
    (void)pd_disk_flush_end(&unsynced->flush);
    for (size_t i = 0; i < unsynced->n_sinks; i++) pd_sink_abandon(&unsynced->sinks[i]);
    pd_free(unsynced->sinks);
    *unsynced = (struct pd_unsynced){ 0 };
}

void pd_sink_abandon(struct pd_sink *sink)
{
    if (sink->path == NULL) return;
    if (sink->descriptor >= 0) (void)close(sink->descriptor);
    pd_free(sink->path);
    pd_free(sink->held);
    *sink = (struct pd_sink){ .descriptor = -1 };
}

/* A file of this process alone, empty: what a killed one left there is overwritten, not what a living one writes.
 * *taken: the other one has just put it in place, and the name is free again. */
static enum padan_status open_alone(struct pd_sink *sink, bool *taken, struct padan_error *error)
{
    struct stat opened, named;
    *taken = false;
    sink->descriptor = open(sink->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (sink->descriptor < 0) return system_failure("write", sink->path, error);
    if (flock(sink->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        PD_FAIL(error, PADAN_IO, "cannot write %s: another padan is writing it; wait until it has ended", sink->path);
    if (fstat(sink->descriptor, &opened) != 0) return system_failure("write", sink->path, error);
    *taken = stat(sink->path, &named) != 0 || named.st_ino != opened.st_ino || named.st_dev != opened.st_dev;
    if (*taken) {
        (void)close(sink->descriptor);
        return PADAN_OK;
    }
    return ftruncate(sink->descriptor, 0) == 0 ? PADAN_OK : system_failure("write", sink->path, error);
}

/* A name that a file can be given without taking it from what is not to be replaced. */
static enum padan_status check_target(const char *path, struct padan_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0 || S_ISREG(facts.st_mode)) return PADAN_OK;
    PD_FAIL(error, PADAN_IO, "cannot write %s: it is a %s; name a file", path,
            S_ISDIR(facts.st_mode) ? "folder" : "device or pipe");
}

enum padan_status pd_sink_open_temporary(struct pd_sink *sink, const char *path, struct padan_error *error)
{
    const size_t length = strlen(path);
    bool taken = true;
    *sink = (struct pd_sink){ .descriptor = -1 };
    PD_TRY(check_target(path, error));
    PD_TRY(pd_allocate(&sink->path, length + sizeof PD_TEMPORARY_ENDING, 1, error));
    memcpy(sink->path, path, length);
    memcpy(sink->path + length, PD_TEMPORARY_ENDING, sizeof PD_TEMPORARY_ENDING);
    enum padan_status status = PADAN_OK;
    hold_signals();
    while (status == PADAN_OK && taken) status = open_alone(sink, &taken, error);
    if (status != PADAN_OK)
        pd_sink_abandon(sink);
    else if (pd_file_begun != NULL)
        pd_file_begun(sink->path);
    release_signals();
    return status;
}

/* A signal need not remove it any more. */
static void forget_unfinished(const struct pd_sink *sink)
{
    if (pd_file_ended != NULL) pd_file_ended(sink->path);
}

void pd_sink_discard(struct pd_sink *sink)
{
    if (sink->path != NULL) {
        (void)unlink(sink->path);
        forget_unfinished(sink);
    }
    pd_sink_abandon(sink);
}

enum padan_status pd_sink_publish(struct pd_sink *sink, const char *path, struct padan_error *error)
{
    enum padan_status status = sync_sink(sink, error);
    if (status == PADAN_OK && pd_memory_check_mapped != NULL) status = pd_memory_check_mapped(error);
    if (status == PADAN_OK && rename(sink->path, path) != 0) status = system_failure("put in place", path, error);
    if (status != PADAN_OK) (void)unlink(sink->path);
    forget_unfinished(sink);
    /* Not before: whoever waits for the name would empty what is about to get it. */
    pd_sink_abandon(sink);
    return status == PADAN_OK ? sync_parent(path, error) : status;
}

enum padan_status pd_file_write(const char *path, struct pd_text content, struct padan_error *error)
{
    struct pd_sink sink;
    PD_TRY(pd_sink_open_temporary(&sink, path, error));
    const enum padan_status status = pd_sink_append(&sink, content.data, content.length, error);
    if (status == PADAN_OK) return pd_sink_publish(&sink, path, error);
    pd_sink_discard(&sink);
    return status;
}

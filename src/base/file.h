/* SPDX-License-Identifier: MIT
 * Files: whole small files in, and outputs that appear whole or not at all. */
#ifndef PD_BASE_FILE_H
#define PD_BASE_FILE_H

#include "base/buffer.h"
#include "base/disk_flush.h"

#include <sys/types.h>

/* Opens a file to read it. BAD_INPUT says why it cannot be opened and what to do, IO that too many are. */
PADAN_MUST_CHECK enum padan_status pd_file_open(const char *path, int *descriptor, struct padan_error *error);
/* Reads a whole file into buffer (appended; a NUL that is not counted follows). BAD_INPUT when it is missing or
 * unreadable, LIMIT above max_bytes. */
PADAN_MUST_CHECK enum padan_status pd_file_read(const char *path, size_t max_bytes, struct pd_buffer *buffer,
                                                struct padan_error *error);

/* "directory/name", or name when it is absolute or directory is empty. Appends to buffer with a NUL not counted. */
void pd_path_join(struct pd_buffer *buffer, struct pd_text directory, struct pd_text name);
/* The folder part of a path ("." when there is none) and the part after the last '/'. */
struct pd_text pd_path_directory(struct pd_text path);
struct pd_text pd_path_base(struct pd_text path);
/* Whether two paths lie in one folder, however it is written; not when there is no such folder. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_path_same_folder(const char *a, const char *b, bool *same,
                                                       struct padan_error *error);

/* Whether two paths name one file; not when one of them names none. */
bool pd_path_same_file(const char *a, const char *b);

/* For a program that can be interrupted; the library alone has none of them. A file or folder is under a temporary
 * name, to be removed should the program end; it has its final name, or is gone. */
extern void pd_file_begun(const char *path) __attribute__((weak));
extern void pd_file_ended(const char *path) __attribute__((weak));
/* Names are being taken or given, which is short and is to be finished first; it is finished. Calls may be nested. */
extern void pd_file_hold_signals(void) __attribute__((weak));
extern void pd_file_release_signals(void) __attribute__((weak));
/* mkdir, mode 0700, of a folder under a temporary name: false, and errno, when it cannot be made. No signal comes
 * before pd_file_begun. */
bool pd_directory_begin(const char *path);

/* Makes a folder and its missing parents, mode 0700 for new ones. */
PADAN_MUST_CHECK enum padan_status pd_directory_make(const char *path, struct padan_error *error);
/* Removes a folder with everything in it; nothing when it is absent. */
PADAN_MUST_CHECK enum padan_status pd_directory_remove(const char *path, struct padan_error *error);
/* Renames a finished folder (already fsynced files inside) to its final name and fsyncs the parent. What has that name
 * already, a folder too, is replaced in one step where the file system can do that, and removed. */
PADAN_MUST_CHECK enum padan_status pd_directory_publish(const char *temporary, const char *final,
                                                        struct padan_error *error);

/* A file being written, mode 0600. Blocks may be written at any offset by several threads (pwrite). */
struct pd_sink {
    int descriptor;
    char *path;
    uint64_t length; /* bytes appended by pd_sink_append */
    uint64_t begun;  /* of those: told to the disk already */
    uint64_t left;   /* of those: no longer in the page cache */
    bool leaves;     /* what is on the disk leaves the page cache: a big file that is not read again soon. It is written
                        in whole pieces, and what is appended may be held back until it is closed */
    char *held;      /* [n_held] the last of those, not written yet; NULL before the first */
    size_t n_held;
    struct pd_disk_flush *flush; /* is told what is on its way to the disk; NULL = nobody */
};

PADAN_MUST_CHECK enum padan_status pd_sink_open(struct pd_sink *sink, const char *path, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_sink_append(struct pd_sink *sink, const void *bytes, size_t length,
                                                  struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_sink_write_at(const struct pd_sink *sink, const void *bytes, size_t length,
                                                    uint64_t offset, struct padan_error *error);
/* fsync and close; reports the first failure. */
PADAN_MUST_CHECK enum padan_status pd_sink_close(struct pd_sink *sink, struct padan_error *error);
/* What the temporary name ends with. */
#define PD_TEMPORARY_ENDING ".sementara"
/* Opens a file under a temporary name beside its final one; pd_sink_publish closes it and gives it that name once it is
 * on the disk, pd_sink_discard removes it. A failure to publish removes it too. IO when another process has it open, or
 * when the final name is that of a folder, a device or a pipe. */
PADAN_MUST_CHECK enum padan_status pd_sink_open_temporary(struct pd_sink *sink, const char *path,
                                                          struct padan_error *error);
void pd_sink_discard(struct pd_sink *sink);
PADAN_MUST_CHECK enum padan_status pd_sink_publish(struct pd_sink *sink, const char *path, struct padan_error *error);
/* Files that are whole but not known to be on the disk. To wait for all of them once costs one wait, not one a file:
 * their blocks have been on their way since they were appended. {0} is empty. */
struct pd_unsynced {
    struct pd_sink *sinks;
    size_t n_sinks, capacity;
    struct pd_disk_flush flush; /* of the files that will be handed over, while they are written */
};

/* Hands the sink over instead of closing it; the sink is closed after a failure too. */
PADAN_MUST_CHECK enum padan_status pd_sink_close_later(struct pd_sink *sink, struct pd_unsynced *unsynced,
                                                       struct padan_error *error);
/* Begins to write all of them, then fsync and close of each; reports the first failure. Leaves the list empty. */
PADAN_MUST_CHECK enum padan_status pd_unsynced_close(struct pd_unsynced *unsynced, struct padan_error *error);
/* Close without caring; harmless on an empty list. */
void pd_unsynced_abandon(struct pd_unsynced *unsynced);
/* Close without caring, after a failure elsewhere; harmless on a closed sink. */
void pd_sink_abandon(struct pd_sink *sink);

/* Writes a whole file through a temporary name, fsync and rename. */
PADAN_MUST_CHECK enum padan_status pd_file_write(const char *path, struct pd_text content, struct padan_error *error);

#endif

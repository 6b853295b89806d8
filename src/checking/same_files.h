/* SPDX-License-Identifier: MIT
 * Files of one command that have the same bytes: one was sent twice, or instead of another, and all its rows would be
 * told as duplicates, overlaps or a registry that has not changed. */
#ifndef PD_CHECKING_SAME_FILES_H
#define PD_CHECKING_SAME_FILES_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "checking/file_alarms.h"
#include "job/job.h"

#include <stddef.h>

enum { PD_NO_PROGRAM = -1, PD_THE_REGISTER = -2 };

struct pd_seen_file {
    struct pd_text name;
    const char *path;
    int program; /* that its rows are of, by number; PD_NO_PROGRAM, PD_THE_REGISTER */
    char digest[PD_DIGEST_ROOM];
};

/* Starts as {0}. Borrows paths; names are kept, as check forgets a file when it reads the next. */
struct pd_seen_files {
    struct pd_arena arena;
    struct pd_seen_file *items;
    size_t n, capacity;
};

/* Notes a file. earlier is the first one noted that has its bytes, until the next call, NULL when there is none; a job
 * that names one path for two programs, or for a registry and a program, means it; but nobody pays all whom the
 * register knows. Compares with every file noted. */
PADAN_MUST_CHECK enum padan_status pd_seen_files_add(struct pd_seen_files *files, const struct pd_seen_file *file,
                                                     const struct pd_seen_file **earlier, struct padan_error *error);
/* Notes a file that was read, of path, and adds the alarm when an earlier one has its bytes. */
PADAN_MUST_CHECK enum padan_status pd_seen_files_look(struct pd_seen_files *files, const struct pd_file_result *result,
                                                      const char *path, int program, struct pd_file_alarms *alarms,
                                                      struct padan_error *error);
/* What the rows of a source of a job are of. */
int pd_seen_program(const struct pd_job_source *source);
void pd_seen_files_reset(struct pd_seen_files *files);

#endif

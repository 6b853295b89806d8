/* SPDX-License-Identifier: MIT
 * A name for a file that a target writes, in a folder of its own, in memory where there is such a place. The folder
 * goes when the program ends. */
#ifndef TESTS_FUZZ_SCRATCH_FILE_H
#define TESTS_FUZZ_SCRATCH_FILE_H

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

static char scratch_folder[64];

static void scratch_remove(void)
{
    if (pd_directory_remove(scratch_folder, NULL) != PADAN_OK) abort();
}

static void scratch_make(void)
{
    static const char *const parents[] = { "/dev/shm", "/tmp" };
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(scratch_folder, sizeof scratch_folder, "%s/padan-fuzz-XXXXXX", parents[i]);
        if (mkdtemp(scratch_folder) != NULL) break;
        if (i == 1) abort();
    }
    (void)atexit(scratch_remove);
}

static const char *scratch_file(void)
{
    static char path[96];
    if (path[0] == '\0') scratch_make();
    (void)snprintf(path, sizeof path, "%s/file", scratch_folder);
    return path;
}

#endif

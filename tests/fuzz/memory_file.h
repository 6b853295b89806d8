/* SPDX-License-Identifier: MIT
 * Bytes as a file without a disk, for readers that take a path. */
#ifndef TESTS_FUZZ_MEMORY_FILE_H
#define TESTS_FUZZ_MEMORY_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct memory_file {
    int descriptor;
    char path[40];
};

static inline struct memory_file memory_file_make(const void *bytes, size_t size)
{
    struct memory_file file = { .descriptor = memfd_create("fuzz", 0) };
    if (file.descriptor < 0 || write(file.descriptor, bytes, size) != (ssize_t)size) abort();
    (void)snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.descriptor);
    return file;
}

static inline void memory_file_close(struct memory_file *file)
{
    (void)close(file->descriptor);
}

#endif

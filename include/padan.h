/* SPDX-License-Identifier: MIT
 *
 * padan: record linkage for national registers. This is the only public header and the manual of the library.
 *
 * The library never prints, never exits and keeps no global state. Every function that can fail returns an
 * enum padan_status and, when `error` is not NULL, leaves one sentence in it that says what is wrong, where, and
 * what to do. Objects may be used by one thread at a time; different objects are independent. */
#ifndef PADAN_H
#define PADAN_H

#include <stddef.h>
#include <stdint.h>

#define PADAN_VERSION_MAJOR 0
#define PADAN_VERSION_MINOR 1
#define PADAN_VERSION_PATCH 0
#define PADAN_VERSION "0.1.0"

#if defined(__GNUC__)
#define PADAN_PUBLIC __attribute__((visibility("default")))
#define PADAN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define PADAN_PUBLIC
#define PADAN_MUST_CHECK
#endif

/* What went wrong, by whom it can be mended. The command line turns these into exit codes. */
enum padan_status {
    PADAN_OK = 0,
    PADAN_BAD_ARGUMENT,  /* usage, job file, model or rules: exit code 2 */
    PADAN_BAD_INPUT,     /* an input file cannot be used at all: exit code 3 */
    PADAN_IO,            /* reading or writing failed, disk full: exit code 4 */
    PADAN_OUT_OF_MEMORY, /* allocation failed or the memory limit is too small: exit code 4 */
    PADAN_LIMIT,         /* a stated limit (sizes, counts) was passed: exit code 4 */
    PADAN_UNSUPPORTED,   /* a form the model language does not have: exit code 2 */
    PADAN_CANCELLED      /* interrupted: exit code 5 */
};

/* Caller-owned; may be NULL wherever it is taken. Never holds personal data. */
struct padan_error {
    enum padan_status status;
    char message[640];
};

/* The library's version, "major.minor.patch". Static storage. */
PADAN_PUBLIC const char *padan_version(void);

/* The exit code of the command line for a status (CONTRACT 8): 0, 2, 3, 4 or 5. */
PADAN_PUBLIC int padan_exit_code(enum padan_status status);

#endif

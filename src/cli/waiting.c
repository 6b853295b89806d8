/* SPDX-License-Identifier: MIT
 * The OpenMP library lets a thread that waits spin for some milliseconds. Where other programs want the processor (a
 * shared machine, a virtual one with busy neighbours) the spinning takes it from the thread that is waited for: small
 * jobs took twice the time (docs/performance.md). The library reads the environment before main() and has no call for
 * it, so the program sets the variable and starts itself again, once. */
#include "cli/waiting.h"

#include <stdlib.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

void pd_sleep_while_waiting(char **argv)
{
    if (getenv("OMP_WAIT_POLICY") != NULL || getenv("GOMP_SPINCOUNT") != NULL) return;
    char path[PATH_BYTES];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0 || setenv("OMP_WAIT_POLICY", "passive", 0) != 0) return;
    path[length] = '\0';
    (void)execv(path, argv);
}

/* SPDX-License-Identifier: MIT
 * What the user allows of the processor: PADAN_CPU=scalar, no special instructions; PADAN_CPU=avx2, none newer than
 * AVX2. Whether it has them is asked where they are used. */
#ifndef PD_BASE_CPU_H
#define PD_BASE_CPU_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool pd_cpu_is_limited_to(const char *kind)
{
    const char *wanted = getenv("PADAN_CPU");
    return wanted != NULL && strcmp(wanted, kind) == 0;
}

#endif

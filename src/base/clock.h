/* SPDX-License-Identifier: MIT
 * Time that work took, for what is told of it; no result depends on it. */
#ifndef PD_BASE_CLOCK_H
#define PD_BASE_CLOCK_H

#include <time.h>

static inline double pd_seconds_by(clockid_t clock)
{
    struct timespec time = { 0 };
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Of all threads of this process. */
static inline double pd_processor_seconds(void)
{
    return pd_seconds_by(CLOCK_PROCESS_CPUTIME_ID);
}

static inline double pd_clock_seconds(void)
{
    return pd_seconds_by(CLOCK_MONOTONIC);
}

#endif

/* SPDX-License-Identifier: MIT
 * Brings a cache line near ahead of its use. The empty statement matters: without it gcc takes a function that only
 * prefetches for one without effect, and drops its calls without a word. Nothing else in the code asks the compiler for
 * a prefetch (tools/lint/prefetch.sh). */
#ifndef PD_BASE_PREFETCH_H
#define PD_BASE_PREFETCH_H

static inline void pd_prefetch(const void *address)
{
    __builtin_prefetch(address);
    __asm__ volatile("");
}

/* The same of a line that will be changed. */
static inline void pd_prefetch_to_write(const void *address)
{
    __builtin_prefetch(address, 1);
    __asm__ volatile("");
}

#endif

/* SPDX-License-Identifier: MIT
 * Every allocation of the library goes through here: checked multiplication, a status instead of a NULL nobody
 * looks at, and (in builds with PADAN_FAULT) failure of the n-th allocation for torture tests. */
#ifndef PD_BASE_MEMORY_H
#define PD_BASE_MEMORY_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* *out = count * size bytes, zeroed, aligned for any type; count or size 0 gives a valid pointer to free. */
PADAN_MUST_CHECK enum padan_status pd_allocate(void *out, size_t count, size_t size, struct padan_error *error);

/* As pd_allocate, but 64-byte aligned, backed by huge pages where the system has them, contents unspecified.
 * For big arrays that are written before they are read. Freed with pd_free. */
PADAN_MUST_CHECK enum padan_status pd_allocate_array(void *out, size_t count, size_t size, struct padan_error *error);

/* Grows *array (of *capacity elements of size bytes) to hold at least needed elements; at least doubles. Old elements
 * are kept, new ones are unspecified. `array` is the address of the caller's pointer. */
PADAN_MUST_CHECK enum padan_status pd_grow(void *array, size_t *capacity, size_t needed, size_t size,
                                           struct padan_error *error);

/* Gives back what an array has beyond `needed` items; nothing happens when that cannot be done. */
void pd_shrink(void *array, size_t *capacity, size_t needed, size_t size);
/* Gives freed memory back to the system now instead of after a while: between stages, whose needs differ. */
void pd_memory_release(void);
/* Gives the pages of the first `bytes` of an array back to the system, as far as they are whole ones: nobody will read
 * what was there. The array is freed as before. */
void pd_memory_discard(void *array, size_t bytes);
/* Words to a program that keeps its memory within a bound, which defines these functions; the library does not, and
 * must ask whether they are there. Pause: between chunks of parallel work, by the thread that did one. Hold: what lies
 * here will be read in no order until it is freed; better to give other memory back. Full folder: where the disk had no
 * room for memory that was asked for, NULL when it had. */
extern void pd_memory_pause(void) __attribute__((weak));
extern void pd_memory_hold(const void *memory, size_t bytes) __attribute__((weak));
/* What lies here will not be needed for a while: other memory should rather stay. */
extern void pd_memory_idle(const void *memory, size_t bytes) __attribute__((weak));
/* Whether the program moves what lies here from time to time; waits for it when it does so now. */
extern bool pd_memory_settle(const void *memory) __attribute__((weak));
extern const char *pd_memory_full_folder(void) __attribute__((weak));

/* A part of a file as an array, with room for more behind it, which is zeros. */
struct pd_memory_part {
    int descriptor;   /* may be closed afterwards */
    const char *path; /* for messages */
    uint64_t offset;
    size_t length, room; /* bytes */
};
/* Words to a program that can lay arrays into files, which defines all four; the library does not, and must ask whether
 * they are there. Map: a private array that begins with the bytes of the part, read when they are touched; what is
 * written to it stays in memory. NULL: it cannot be done, read the file instead. It is grown and freed as any other
 * memory. Unmap: whether it was such an array; it is none any more. Check: BAD_INPUT when a file of an array was
 * changed since; to be asked before results are given out. */
extern void *pd_memory_map(const struct pd_memory_part *part) __attribute__((weak));
extern bool pd_memory_is_mapped(const void *memory) __attribute__((weak));
extern bool pd_memory_unmap(const void *memory) __attribute__((weak));
extern enum padan_status pd_memory_check_mapped(struct padan_error *error) __attribute__((weak));

/* Whether a call of the system that was to write to memory and failed, as errno says, should be tried again: it was
 * interrupted, or the memory was being moved, which is waited for. */
bool pd_memory_call_again(const void *memory);

/* Frees what the functions above gave; NULL is allowed. */
void pd_free(void *memory);

/* The most bytes this process had in memory so far (VmHWM), 0 where the system does not say. */
size_t pd_memory_peak(void);

#ifdef PADAN_FAULT
/* Torture tests: the n-th allocation from now fails (n >= 1); 0 turns it off. Counts over all threads. */
void pd_memory_fail_after(long n);
#endif

#endif

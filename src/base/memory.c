/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE_BYTES = 2 << 20, LINE_BYTES = 64 };
/* Arrays of up to so many bytes become four times as long when they are full, longer ones twice: what grows from
 * nothing is copied a third as often, and room that nothing was written to is not backed by pages. */
enum { SHORT_BYTES = 256 << 10 };

#ifdef PADAN_FAULT
#include <stdatomic.h>
static atomic_long fail_countdown;

void pd_memory_fail_after(long n)
{
    atomic_store(&fail_countdown, n);
}

static int should_fail(void)
{
    return atomic_load(&fail_countdown) > 0 && atomic_fetch_sub(&fail_countdown, 1) == 1;
}
#else
static int should_fail(void)
{
    return 0;
}
#endif

static enum padan_status out_of_memory(size_t count, size_t size, struct padan_error *error)
{
    const char *folder = pd_memory_full_folder != NULL ? pd_memory_full_folder() : NULL;
    if (folder != NULL)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY,
                "the disk of %s has no room left for what does not fit into memory: free some disk space, write to "
                "another folder (--out), or allow more memory",
                folder);
    PD_FAIL(error, PADAN_OUT_OF_MEMORY,
            "out of memory while asking for %zu x %zu bytes: allow more memory or give less input", count, size);
}

/* Pages of 2 MB: fewer faults, and fewer misses of the processor's table of pages, which cost more than those of its
 * caches where memory is read in no order. Not at the ends, which would be backed by whole ones whatever is used. */
static void prefer_huge_pages(void *memory, size_t bytes)
{
    const uintptr_t begin = ((uintptr_t)memory + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
    const uintptr_t end = ((uintptr_t)memory + bytes) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
    if (begin < end) (void)madvise((char *)memory + (begin - (uintptr_t)memory), end - begin, MADV_HUGEPAGE);
}

enum padan_status pd_allocate(void *out, size_t count, size_t size, struct padan_error *error)
{
    size_t bytes = 0;
    const int impossible = __builtin_mul_overflow(count, size, &bytes) || should_fail();
    void *memory = impossible ? NULL : calloc(bytes ? bytes : 1, 1);
    if (memory == NULL) return out_of_memory(count, size, error);
    prefer_huge_pages(memory, bytes);
    memcpy(out, &memory, sizeof memory);
    return PADAN_OK;
}

enum padan_status pd_allocate_array(void *out, size_t count, size_t size, struct padan_error *error)
{
    size_t bytes = 0;
    void *memory = NULL;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2 || should_fail())
        return out_of_memory(count, size, error);
    const size_t alignment = bytes >= HUGE_PAGE_BYTES ? HUGE_PAGE_BYTES : LINE_BYTES;
    if (posix_memalign(&memory, alignment, bytes ? bytes : 1) != 0) return out_of_memory(count, size, error);
    prefer_huge_pages(memory, bytes);
    memcpy(out, &memory, sizeof memory);
    return PADAN_OK;
}

void pd_memory_discard(void *array, size_t bytes)
{
    const uintptr_t begin = ((uintptr_t)array + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
    const uintptr_t end = ((uintptr_t)array + bytes) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
    if (begin < end) (void)madvise((char *)array + (begin - (uintptr_t)array), end - begin, MADV_DONTNEED);
}

static bool is_mapped(const void *memory)
{
    return pd_memory_is_mapped != NULL && pd_memory_is_mapped(memory);
}

/* realloc, of an array in a file too. */
static void *resize(void *memory, size_t bytes_before, size_t bytes)
{
    if (!is_mapped(memory)) return realloc(memory, bytes);
    void *other = malloc(bytes);
    if (other == NULL) return NULL;
    memcpy(other, memory, bytes_before);
    pd_free(memory);
    return other;
}

enum padan_status pd_grow(void *array, size_t *capacity, size_t needed, size_t size, struct padan_error *error)
{
    if (needed <= *capacity) return PADAN_OK;
    void *memory = NULL;
    memcpy(&memory, array, sizeof memory);
    size_t wanted = *capacity * (*capacity * size <= SHORT_BYTES ? 4 : 2);
    if (wanted < needed) wanted = needed;
    if (wanted < 16) wanted = 16;
    size_t bytes = 0;
    if (__builtin_mul_overflow(wanted, size, &bytes) || should_fail()) return out_of_memory(wanted, size, error);
    void *grown = resize(memory, *capacity * size, bytes);
    if (grown == NULL) return out_of_memory(wanted, size, error);
    prefer_huge_pages(grown, bytes);
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return PADAN_OK;
}

void pd_shrink(void *array, size_t *capacity, size_t needed, size_t size)
{
    void *memory = NULL;
    memcpy(&memory, array, sizeof memory);
    if (memory == NULL || needed == 0 || needed >= *capacity || is_mapped(memory)) return;
    void *smaller = realloc(memory, needed * size);
    if (smaller == NULL) return;
    memcpy(array, &smaller, sizeof smaller);
    *capacity = needed;
}

/* jemalloc's, in programs that are linked with it; the library does not ask for it. */
extern int mallctl(const char *name, void *old, size_t *old_length, void *new, size_t new_length) __attribute__((weak));

void pd_memory_release(void)
{
    if (mallctl != NULL)
        (void)mallctl("arena.4096.purge", NULL, NULL, NULL, 0); /* 4096: MALLCTL_ARENAS_ALL */
    else
        (void)malloc_trim(0);
}

void pd_free(void *memory)
{
    if (!is_mapped(memory))
        free(memory);
    else if (pd_memory_unmap != NULL)
        (void)pd_memory_unmap(memory);
}

bool pd_memory_call_again(const void *memory)
{
    if (errno == EINTR) return true;
    return errno == EFAULT && pd_memory_settle != NULL && pd_memory_settle(memory);
}

size_t pd_memory_peak(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    if (file == NULL) return 0;
    char line[256];
    size_t kilobytes = 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %zu kB", &kilobytes) == 1) break;
    (void)fclose(file);
    return kilobytes * 1024;
}

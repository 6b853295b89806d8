/* SPDX-License-Identifier: MIT
 * jemalloc has an arena of its own for large allocations, whose memory goes back to the system when it is freed; that
 * of all others has a decay time. Here the large ones get one too. */
#include "cli/freed.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

enum { LARGE_BYTES = 8 << 20 /* jemalloc's oversize_threshold */, KEPT_MS = 2000 };

extern int mallctl(const char *name, void *old, size_t *old_length, void *new, size_t new_length) __attribute__((weak));

/* Gives an arena that keeps nothing a decay time. */
static void keep_in(unsigned arena)
{
    char name[64];
    ssize_t before = 0, kept = KEPT_MS;
    size_t length = sizeof before;
    (void)snprintf(name, sizeof name, "arena.%u.dirty_decay_ms", arena);
    if (mallctl(name, &before, &length, NULL, 0) != 0 || before != 0) return;
    (void)mallctl(name, NULL, NULL, &kept, sizeof kept);
}

void pd_keep_freed(void)
{
    unsigned n_arenas = 0;
    size_t length = sizeof n_arenas;
    if (mallctl == NULL) return;
    /* The arena of large allocations is made with the first of them. Volatile: or compilers leave both calls out. */
    void *volatile large = malloc(LARGE_BYTES);
    free(large);
    if (mallctl("arenas.narenas", &n_arenas, &length, NULL, 0) != 0) return;
    for (unsigned i = 0; i < n_arenas; i++) keep_in(i);
}

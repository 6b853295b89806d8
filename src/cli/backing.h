/* SPDX-License-Identifier: MIT
 * Memory that can be moved to a file without a name: what the keeper (cli/keeper.h) gives out and takes away again.
 *
 *   pieces   lie in the file from the beginning: small allocations, which the system may write to at any time
 *   arrays   are memory like any other, with huge pages, until a step of them is moved
 *
 * A step that is moved is made read-only, written to the file and mapped from there at the same addresses. Whoever
 * reads goes on meanwhile; whoever writes waits in a handler of signals for the few milliseconds that it takes.
 *
 * What was moved comes back by page faults and is the file's from then on: to take it out once more costs nothing, the
 * system writes what was changed. What is freed is given back to the disk, and is memory again.
 *
 * The system's calls do not wait but fail with EFAULT where they write to a step on its way: pd_memory_settle
 * (base/memory.h) waits for them. That user space can move pages under running programs by write protection and signals
 * is as old as distributed shared memory (K. Li, P. Hudak 1989). */
#ifndef PD_CLI_BACKING_H
#define PD_CLI_BACKING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PD_BACKING_STEP = 4 << 20 };

/* Addresses given out one after another. */
struct pd_addresses {
    char *base;
    size_t size;
    atomic_size_t used;
};

struct pd_backing {
    char *base;     /* of pieces and of all; a place in the file is the distance from here */
    size_t n_bytes; /* of all, arrays included */
    struct pd_addresses pieces, arrays;
    int descriptor, pagemap;
    size_t page_bytes;
    atomic_uchar *steps;                    /* [n_bytes / step] enum step_state */
    atomic_size_t moving_begin, moving_end; /* places on their way to the file */
    atomic_bool is_full;                    /* the disk had no room: nothing is moved any more */
};

/* The next bytes, at `at` when that is not NULL; NULL when they are not to be had. */
void *pd_addresses_take(struct pd_addresses *addresses, void *at, size_t size, size_t alignment);
bool pd_addresses_have(const struct pd_addresses *addresses, const void *address);

/* Addresses for so many bytes of each kind, backed by a file that is open and empty. false: not on this system. Once
 * per process; it lives as long as that. */
bool pd_backing_make(struct pd_backing *backing, int descriptor, size_t n_bytes);
bool pd_backing_has(const struct pd_backing *backing, const void *address);
/* Takes pages out of the process, of one step at the most, and not while others do so or free some of them. false: the
 * disk is full. */
bool pd_backing_take_out(struct pd_backing *backing, size_t begin, size_t end);
/* Freed pages: zero when they are touched again, and no longer on the disk. Not while others take out. */
bool pd_backing_give_back(struct pd_backing *backing, size_t begin, size_t length);

#endif

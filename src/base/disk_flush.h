/* SPDX-License-Identifier: MIT
 * A disk keeps what it was given in a cache of its own, and puts it where it stays only when it is told to: more than a
 * second for the gigabyte and a half of a night of a million people. Told now and then while files are still being
 * written, it does that beside the work; told once at the end, everybody waits for all of it. */
#ifndef PD_BASE_DISK_FLUSH_H
#define PD_BASE_DISK_FLUSH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* {0} never flushes. Not to be moved once it has begun. */
struct pd_disk_flush {
    bool begun;
    int folder;                 /* descriptor, owned by the caller: its fsync reaches the disk below */
    _Atomic uint64_t n_waiting; /* bytes given to the disk since it was last told */
    atomic_bool busy;           /* a thread waits for the disk */
    bool has_thread;            /* to be joined */
    pthread_t thread;
    atomic_int failure; /* errno of the first flush that failed, 0 without */
};

void pd_disk_flush_begin(struct pd_disk_flush *flush, int folder);
/* Notes bytes that are on their way to the disk, and lets a thread wait for the disk when they are many. Never waits
 * itself; where no thread can be had, the end waits for all. Callable from several threads; NULL does nothing. */
void pd_disk_flush_given(struct pd_disk_flush *flush, uint64_t n_bytes);
/* Waits for the flush that is under way; errno of the first that failed, or 0. What was given is not all on the disk by
 * that: each file has an fsync to come. Leaves {0}. */
int pd_disk_flush_end(struct pd_disk_flush *flush);

#endif

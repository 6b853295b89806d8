/* SPDX-License-Identifier: MIT
 * Method: slots under one lock, taken twice a chunk. Who has made a chunk uses all that are next and made, unless
 * somebody is at it already: that worker looks again before it stops. Who finds no free slot does the same, and sleeps
 * when there is nothing to use. The slot that was freed last is taken first: it is in the cache, and the others are
 * there for the time in which the one who uses chunks waits for the disk or for a processor. */
#include "base/ordered.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdbool.h>

struct ordered {
    const struct pd_ordered_work *work;
    pthread_mutex_t lock;
    pthread_cond_t used; /* a slot became free, or something failed */
    size_t next;         /* chunk to be used next */
    size_t *slots;       /* [n_slots] of chunk c at c % n_slots, once it has one: fewer than n_slots are under way */
    bool *made;          /* [n_slots] likewise */
    size_t *free;        /* [n_free] */
    size_t n_free;
    bool using; /* somebody is */
    bool failed;
};

/* Uses what is next and made; called and left with the lock, which is not held while a chunk is used. The lowest
 * failing chunk is the one in use: those before it are used, those behind it wait. */
static enum padan_status use_made(struct ordered *ordered, struct padan_error *error)
{
    const struct pd_ordered_work *work = ordered->work;
    while (!ordered->using && !ordered->failed && ordered->made[ordered->next % work->n_slots]) {
        const size_t chunk = ordered->next;
        const size_t slot = ordered->slots[chunk % work->n_slots];
        ordered->using = true;
        (void)pthread_mutex_unlock(&ordered->lock);
        const enum padan_status status = work->use(work->context, chunk, slot, error);
        (void)pthread_mutex_lock(&ordered->lock);
        ordered->using = false;
        ordered->free[ordered->n_free++] = slot;
        ordered->failed = ordered->failed || status != PADAN_OK;
        ordered->made[chunk % work->n_slots] = false;
        ordered->next++;
        (void)pthread_cond_broadcast(&ordered->used);
        if (status != PADAN_OK) return status;
    }
    return PADAN_OK;
}

/* Waits until a chunk may have a slot, using what is to be used meanwhile. */
static enum padan_status await_slot(struct ordered *ordered, size_t chunk, struct padan_error *error)
{
    for (;;) {
        PD_TRY(use_made(ordered, error));
        if (ordered->failed || chunk < ordered->next + ordered->work->n_slots) return PADAN_OK;
        (void)pthread_cond_wait(&ordered->used, &ordered->lock);
    }
}

/* Of the n_slots chunks from the next on this is one, and each of the others has at most one slot. */
static size_t take_slot(struct ordered *ordered, size_t chunk)
{
    const size_t slot = ordered->free[--ordered->n_free];
    ordered->slots[chunk % ordered->work->n_slots] = slot;
    return slot;
}

static enum padan_status run_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct ordered *ordered = context;
    const struct pd_ordered_work *work = ordered->work;
    (void)worker;
    (void)pthread_mutex_lock(&ordered->lock);
    enum padan_status status = await_slot(ordered, chunk, error);
    const bool stop = status != PADAN_OK || ordered->failed;
    const size_t slot = stop ? 0 : take_slot(ordered, chunk);
    (void)pthread_mutex_unlock(&ordered->lock);
    if (stop) return status;
    status = work->make(work->context, chunk, slot, error);
    (void)pthread_mutex_lock(&ordered->lock);
    if (status == PADAN_OK) {
        ordered->made[chunk % work->n_slots] = true;
        status = use_made(ordered, error);
    } else {
        ordered->failed = true;
        (void)pthread_cond_broadcast(&ordered->used);
    }
    (void)pthread_mutex_unlock(&ordered->lock);
    return status;
}

/* The first slots are taken first. */
static enum padan_status make_slots(struct ordered *ordered, struct padan_error *error)
{
    const size_t n = ordered->work->n_slots;
    PD_TRY(pd_allocate(&ordered->made, n, sizeof *ordered->made, error));
    PD_TRY(pd_allocate(&ordered->slots, n, sizeof *ordered->slots, error));
    PD_TRY(pd_allocate(&ordered->free, n, sizeof *ordered->free, error));
    for (size_t i = 0; i < n; i++) ordered->free[i] = n - 1 - i;
    ordered->n_free = n;
    return PADAN_OK;
}

enum padan_status pd_ordered_run(const struct pd_ordered_work *work, int n_threads, struct padan_error *error)
{
    struct ordered ordered = { .work = work };
    enum padan_status status = make_slots(&ordered, error);
    (void)pthread_mutex_init(&ordered.lock, NULL);
    (void)pthread_cond_init(&ordered.used, NULL);
    if (status == PADAN_OK) status = pd_parallel_in_order(work->n_chunks, n_threads, run_chunk, &ordered, error);
    (void)pthread_cond_destroy(&ordered.used);
    (void)pthread_mutex_destroy(&ordered.lock);
    pd_free(ordered.made);
    pd_free(ordered.slots);
    pd_free(ordered.free);
    return status;
}

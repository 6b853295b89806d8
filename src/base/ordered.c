/* SPDX-License-Identifier: MIT
 * Method: a ring of slots under one lock, taken twice a chunk. Who has made a chunk uses all that are next and made,
 * unless somebody is at it already: that worker looks again before it stops. Who finds no free slot does the same, and
 * sleeps when there is nothing to use. */
#include "base/ordered.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdbool.h>

struct ordered {
    const struct pd_ordered_work *work;
    pthread_mutex_t lock;
    pthread_cond_t used; /* a slot became free, or something failed */
    size_t next;         /* chunk to be used next */
    bool *made;          /* [n_slots] */
    bool using;          /* somebody is */
    bool failed;
};

/* Uses what is next and made; called and left with the lock, which is not held while a chunk is used. The lowest
 * failing chunk is the one in use: those before it are used, those behind it wait. */
static enum padan_status use_made(struct ordered *ordered, int worker, struct padan_error *error)
{
    const struct pd_ordered_work *work = ordered->work;
    while (!ordered->using && !ordered->failed && ordered->made[ordered->next % work->n_slots]) {
        const size_t chunk = ordered->next;
        ordered->using = true;
        (void)pthread_mutex_unlock(&ordered->lock);
        const enum padan_status status = work->use(work->context, chunk, worker, error);
        (void)pthread_mutex_lock(&ordered->lock);
        ordered->using = false;
        ordered->failed = ordered->failed || status != PADAN_OK;
        ordered->made[chunk % work->n_slots] = false;
        ordered->next++;
        (void)pthread_cond_broadcast(&ordered->used);
        if (status != PADAN_OK) return status;
    }
    return PADAN_OK;
}

/* Waits for the slot of a chunk, using what is to be used meanwhile. */
static enum padan_status await_slot(struct ordered *ordered, size_t chunk, int worker, struct padan_error *error)
{
    for (;;) {
        PD_TRY(use_made(ordered, worker, error));
        if (ordered->failed || chunk < ordered->next + ordered->work->n_slots) return PADAN_OK;
        (void)pthread_cond_wait(&ordered->used, &ordered->lock);
    }
}

static enum padan_status run_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct ordered *ordered = context;
    const struct pd_ordered_work *work = ordered->work;
    (void)pthread_mutex_lock(&ordered->lock);
    enum padan_status status = await_slot(ordered, chunk, worker, error);
    const bool stop = status != PADAN_OK || ordered->failed;
    (void)pthread_mutex_unlock(&ordered->lock);
    if (stop) return status;
    status = work->make(work->context, chunk, worker, error);
    (void)pthread_mutex_lock(&ordered->lock);
    if (status == PADAN_OK) {
        ordered->made[chunk % work->n_slots] = true;
        status = use_made(ordered, worker, error);
    } else {
        ordered->failed = true;
        (void)pthread_cond_broadcast(&ordered->used);
    }
    (void)pthread_mutex_unlock(&ordered->lock);
    return status;
}

enum padan_status pd_ordered_run(const struct pd_ordered_work *work, int n_threads, struct padan_error *error)
{
    struct ordered ordered = { .work = work };
    PD_TRY(pd_allocate(&ordered.made, work->n_slots, sizeof *ordered.made, error));
    (void)pthread_mutex_init(&ordered.lock, NULL);
    (void)pthread_cond_init(&ordered.used, NULL);
    const enum padan_status status = pd_parallel_for(work->n_chunks, n_threads, run_chunk, &ordered, error);
    (void)pthread_cond_destroy(&ordered.used);
    (void)pthread_mutex_destroy(&ordered.lock);
    pd_free(ordered.made);
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "base/ordered.h"

#include "base/hash.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <string.h>

enum { CHUNKS_MAX = 500, NEVER = 1000 };

struct ring {
    size_t n_chunks, n_slots, fail_make, fail_use;
    uint64_t slots[CHUNKS_MAX];
    atomic_bool taken[CHUNKS_MAX];
    atomic_size_t n_made, n_used;
    atomic_bool wrong;
};

static enum padan_status make(void *context, size_t chunk, size_t slot, struct padan_error *error)
{
    struct ring *ring = context;
    if (chunk == ring->fail_make) PD_FAIL(error, PADAN_BAD_INPUT, "made %zu", chunk);
    volatile uint64_t sum = 0;
    for (size_t i = 0; i < pd_mix64(chunk) % 3000; i++) sum += i; /* some take longer than others */
    if (slot >= ring->n_slots || atomic_exchange(&ring->taken[slot], true)) atomic_store(&ring->wrong, true);
    if (chunk >= atomic_load(&ring->n_used) + ring->n_slots) atomic_store(&ring->wrong, true);
    ring->slots[slot] = pd_mix64(chunk);
    atomic_fetch_add(&ring->n_made, 1);
    return PADAN_OK;
}

static enum padan_status use(void *context, size_t chunk, size_t slot, struct padan_error *error)
{
    struct ring *ring = context;
    if (chunk == ring->fail_use) PD_FAIL(error, PADAN_IO, "used %zu", chunk);
    if (chunk != atomic_load(&ring->n_used) || ring->slots[slot] != pd_mix64(chunk)) atomic_store(&ring->wrong, true);
    atomic_store(&ring->taken[slot], false);
    atomic_fetch_add(&ring->n_used, 1);
    return PADAN_OK;
}

static const struct {
    size_t n_chunks, n_slots;
    int n_threads;
} rings[] = { { 0, 1, 1 },   { 1, 4, 2 },    { 500, 1, 1 },  { 500, 16, 1 }, { 500, 1, 2 },
              { 500, 2, 2 }, { 500, 16, 2 }, { 500, 56, 7 }, { 3, 56, 7 },   { 500, 3, 7 } };

Test(ordered, chunks_are_used_in_order_out_of_their_own_slots)
{
    static struct ring ring;
    for (size_t i = 0; i < sizeof rings / sizeof *rings; i++) {
        memset(&ring, 0, sizeof ring);
        ring.n_chunks = rings[i].n_chunks;
        ring.n_slots = rings[i].n_slots;
        ring.fail_make = ring.fail_use = NEVER;
        const struct pd_ordered_work work = { ring.n_chunks, ring.n_slots, make, use, &ring };
        cr_assert_eq(pd_ordered_run(&work, rings[i].n_threads, NULL), PADAN_OK);
        cr_expect_eq(atomic_load(&ring.n_made), rings[i].n_chunks);
        cr_expect_eq(atomic_load(&ring.n_used), rings[i].n_chunks, "ring %zu", i);
        cr_expect(!atomic_load(&ring.wrong), "ring %zu", i);
    }
}

Test(ordered, a_failure_ends_the_work_and_nothing_behind_it_is_used)
{
    static struct ring ring;
    for (size_t i = 0; i < sizeof rings / sizeof *rings; i++)
        for (int in_make = 0; in_make < 2 && rings[i].n_chunks > 100; in_make++) {
            struct padan_error error = { PADAN_OK, "" };
            memset(&ring, 0, sizeof ring);
            ring.n_chunks = rings[i].n_chunks;
            ring.n_slots = rings[i].n_slots;
            ring.fail_make = in_make ? 77 : NEVER;
            ring.fail_use = in_make ? NEVER : 77;
            const struct pd_ordered_work work = { ring.n_chunks, ring.n_slots, make, use, &ring };
            cr_assert_eq(pd_ordered_run(&work, rings[i].n_threads, &error), in_make ? PADAN_BAD_INPUT : PADAN_IO);
            cr_expect_str_eq(error.message, in_make ? "made 77" : "used 77");
            cr_expect_leq(atomic_load(&ring.n_used), 77);
            cr_expect(!atomic_load(&ring.wrong));
        }
}

/* A chunk of one thread has the slot of the one before it, which is in the cache. */
static enum padan_status use_first(void *context, size_t chunk, size_t slot, struct padan_error *error)
{
    if (slot != 0) atomic_store(&((struct ring *)context)->wrong, true);
    return use(context, chunk, slot, error);
}

Test(ordered, no_more_slots_are_touched_than_are_needed)
{
    static struct ring ring;
    ring = (struct ring){ .n_chunks = 100, .n_slots = 16, .fail_make = NEVER, .fail_use = NEVER };
    const struct pd_ordered_work work = { ring.n_chunks, ring.n_slots, make, use_first, &ring };
    cr_assert_eq(pd_ordered_run(&work, 1, NULL), PADAN_OK);
    cr_expect(!atomic_load(&ring.wrong));
}

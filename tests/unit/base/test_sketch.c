/* SPDX-License-Identifier: MIT */
#include "base/sketch.h"

#include "base/parallel.h"
#include "base/random.h"

#include <criterion/criterion.h>

enum { HASHES = 40000, CHUNK = 1000 };

static uint64_t hash_at(uint64_t stream, size_t i)
{
    return pd_mix64(stream << 32 | i);
}

static enum padan_status add_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    for (size_t i = 0; i < CHUNK; i++) (void)pd_sketch_add(context, hash_at(1, chunk * CHUNK + i));
    return PADAN_OK;
}

Test(sketch, what_was_met_is_never_denied_and_little_else_passes)
{
    struct pd_sketch sketch;
    size_t n_false = 0;
    cr_assert_eq(pd_sketch_make(&sketch, HASHES, NULL), PADAN_OK);
    cr_assert_not(pd_sketch_has(&sketch, hash_at(1, 0)));
    cr_assert_eq(pd_parallel_for(HASHES / CHUNK, 3, add_chunk, &sketch, NULL), PADAN_OK);
    for (size_t i = 0; i < HASHES; i++) cr_assert(pd_sketch_has(&sketch, hash_at(1, i)));
    for (size_t i = 0; i < HASHES; i++) n_false += pd_sketch_has(&sketch, hash_at(2, i)) ? 1 : 0;
    cr_expect_gt(n_false, HASHES / 40);
    cr_expect_lt(n_false, HASHES / 7);
    pd_sketch_reset(&sketch);
}

Test(sketch, an_addition_tells_whether_it_is_the_first)
{
    struct pd_sketch sketch;
    cr_assert_eq(pd_sketch_make(&sketch, 0, NULL), PADAN_OK);
    cr_expect_not(pd_sketch_add(&sketch, UINT64_MAX));
    cr_expect(pd_sketch_add(&sketch, UINT64_MAX));
    cr_expect_not(pd_sketch_add(&sketch, 0));
    cr_expect(pd_sketch_add(&sketch, 0));
    pd_sketch_reset(&sketch);
}

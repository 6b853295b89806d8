/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/memory.h"

#include <criterion/criterion.h>

Test(arena, objects_are_zeroed_aligned_and_apart)
{
    enum { N = 3000 };
    struct pd_arena arena = { 0 };
    unsigned char *objects[N];
    for (size_t i = 0; i < N; i++) {
        const size_t bytes = i % 100 == 99 ? 50000 : i % 40;
        cr_assert_eq(pd_arena_allocate(&arena, &objects[i], bytes, NULL), PADAN_OK);
        cr_assert_eq((uintptr_t)objects[i] % 16, 0);
        for (size_t j = 0; j < bytes; j++) cr_assert_eq(objects[i][j], 0);
        memset(objects[i], (int)(i % 251), bytes);
    }
    for (size_t i = 0; i < N; i++)
        if (i % 40 > 0) cr_assert_eq(objects[i][0], i % 251, "object %zu was written over", i);
    pd_arena_reset(&arena);
    cr_expect_null(arena.chunk);
    pd_arena_reset(&arena);
}

Test(arena, copies_are_ended_by_a_nul_that_is_not_counted)
{
    struct pd_arena arena = { 0 };
    struct pd_text copy;
    cr_assert_eq(pd_arena_copy(&arena, pd_text_slice(PD_TEXT("padanan"), 0, 5), &copy, NULL), PADAN_OK);
    cr_expect(pd_text_equal(copy, PD_TEXT("padan")));
    cr_expect_eq(copy.data[5], '\0');
    cr_assert_eq(pd_arena_copy(&arena, (struct pd_text){ NULL, 0 }, &copy, NULL), PADAN_OK);
    cr_expect_eq(copy.length, 0);
    cr_expect_eq(copy.data[0], '\0');
    pd_arena_reset(&arena);
}

Test(arena, what_a_buffer_holds_is_kept_and_the_buffer_freed)
{
    struct pd_arena arena = { 0 };
    struct pd_buffer buffer = { 0 };
    struct pd_text kept = { NULL, 0 };
    pd_append_string(&buffer, "padan");
    cr_assert_eq(pd_arena_keep(&arena, &buffer, &kept, NULL), PADAN_OK);
    cr_expect(pd_text_equal(kept, PD_TEXT("padan")));
    cr_expect_eq(kept.data[5], '\0');
    cr_expect_null(buffer.data);
    buffer.status = PADAN_OUT_OF_MEMORY;
    cr_expect_eq(pd_arena_keep(&arena, &buffer, &kept, NULL), PADAN_OUT_OF_MEMORY);
    cr_expect(pd_text_equal(kept, PD_TEXT("padan")), "a failure leaves the text as it was");
    cr_expect_eq(buffer.status, PADAN_OK, "the buffer is usable again");
    pd_arena_reset(&arena);
}

Test(arena, clearing_keeps_one_chunk_and_gives_zeroed_memory_again)
{
    struct pd_arena arena = { 0 };
    pd_arena_clear(&arena);
    unsigned char *first = NULL, *object = NULL;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            cr_assert_eq(pd_arena_allocate(&arena, &object, 1000, NULL), PADAN_OK);
            if (i == 0 && round == 0) first = object;
            if (i == 0) cr_expect_eq(object, first);
            for (int j = 0; j < 1000; j++) cr_assert_eq(object[j], 0);
            memset(object, 0xA5, 1000);
        }
        pd_arena_clear(&arena);
    }
    pd_arena_reset(&arena);
}

#ifdef PADAN_FAULT
Test(arena, reports_a_failed_chunk_and_stays_usable)
{
    struct pd_arena arena = { 0 };
    void *object = NULL;
    pd_memory_fail_after(1);
    cr_expect_eq(pd_arena_allocate(&arena, &object, 100, NULL), PADAN_OUT_OF_MEMORY);
    cr_expect_eq(pd_arena_allocate(&arena, &object, 100, NULL), PADAN_OK);
    pd_arena_reset(&arena);
}
#endif

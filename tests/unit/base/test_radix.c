/* SPDX-License-Identifier: MIT
 * The radix sort against a textbook stable sort, over sizes that reach every path (insertion, one pass, two passes,
 * partitions) and over shapes of keys that would hurt a careless one. */
#include "base/radix.h"

#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum shape { RANDOM, CONSTANT, SMALL_INTEGERS, FEW_VALUES, HALF_ONE_VALUE, LOW_BITS, DESCENDING, TOP_ONLY, N_SHAPES };

static uint64_t shaped_hash(enum shape shape, size_t i, size_t n)
{
    const uint64_t random = pd_mix64(i + 77);
    switch (shape) {
    case CONSTANT: return 42;
    case SMALL_INTEGERS: return random % 1000;
    case FEW_VALUES: return pd_mix64(random % 7);
    case HALF_ONE_VALUE: return i % 2 ? random : pd_mix64(5);
    case LOW_BITS: return (pd_mix64(i % 3) & ~UINT64_C(0xffff)) | (random & 0xffff);
    case DESCENDING: return n - i;
    case TOP_ONLY: return random & (UINT64_C(0xfff) << 52);
    default: return random;
    }
}

/* By hash, then by place in the input: what a stable sort gives. */
static int by_hash_then_place(const void *left, const void *right)
{
    const struct pd_key *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static int by_value(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* The hashes alone, in any order. */
static void check_words(const struct pd_key *sorted, const struct pd_key *keys, size_t n, int threads)
{
    uint64_t *words = NULL, *scratch = NULL, *oracle = NULL;
    cr_assert_eq(pd_allocate_array(&words, n, sizeof *words, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&scratch, n, sizeof *scratch, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&oracle, n, sizeof *oracle, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) oracle[i] = words[i] = keys[(i * 7) % n].hash ^ sorted[i].record;
    qsort(oracle, n, sizeof *oracle, by_value);
    cr_assert_eq(pd_radix_sort_words(words, scratch, n, threads, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(words[i], oracle[i], "%zu words, %d threads: place %zu differs", n, threads, i);
    pd_free(oracle);
    pd_free(scratch);
    pd_free(words);
}

static void check_sort(enum shape shape, size_t n, int threads)
{
    struct pd_key *items = NULL, *scratch = NULL, *oracle = NULL;
    cr_assert_eq(pd_keys_make(n, &items, &scratch, NULL), PADAN_OK);
    cr_assert(((uintptr_t)items | (uintptr_t)scratch) % 64 == 0 && scratch >= items + n, "%zu keys", n);
    cr_assert_eq(pd_allocate_array(&oracle, n, sizeof *oracle, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++)
        items[i] = oracle[i] = (struct pd_key){ shaped_hash(shape, i, n), (uint32_t)i, (uint32_t)(n - i) };
    qsort(oracle, n, sizeof *oracle, by_hash_then_place);
    cr_assert_eq(pd_radix_sort(items, scratch, n, threads, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++)
        cr_assert(items[i].hash == oracle[i].hash && items[i].record == oracle[i].record &&
                      items[i].tag == oracle[i].tag,
                  "shape %d, %zu keys, %d threads: place %zu differs", (int)shape, n, threads, i);
    check_words(oracle, items, n, threads);
    pd_free(oracle);
    pd_free(items);
}

Test(radix, agrees_with_a_textbook_stable_sort)
{
    static const size_t sizes[] = { 0, 1, 2, 24, 25, 300, 1023, 8191, 8192, 70001 };
    for (int shape = 0; shape < N_SHAPES; shape++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) check_sort((enum shape)shape, sizes[i], 1);
}

Test(radix, gives_the_same_for_any_number_of_threads)
{
    for (int shape = 0; shape < N_SHAPES; shape++)
        for (int threads = 2; threads <= 7; threads += 5) check_sort((enum shape)shape, 300007, threads);
}

Test(radix, sorts_partitions_too_big_for_one_digit)
{
    check_sort(LOW_BITS, 2000003, 2);
    check_sort(RANDOM, 2000003, 2);
}

#ifdef PADAN_FAULT
Test(radix, leaves_items_alone_when_memory_runs_out)
{
    enum { N = 20000 };
    struct pd_key *items = NULL, *scratch = NULL;
    cr_assert_eq(pd_allocate_array(&items, N, sizeof *items, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&scratch, N, sizeof *scratch, NULL), PADAN_OK);
    for (long nth = 1; nth <= 3; nth++) {
        for (uint32_t i = 0; i < N; i++) items[i] = (struct pd_key){ pd_mix64(i), i, 0 };
        pd_memory_fail_after(nth);
        cr_expect_eq(pd_radix_sort(items, scratch, N, 2, NULL), PADAN_OUT_OF_MEMORY);
        pd_memory_fail_after(0);
        for (uint32_t i = 0; i < N; i++) cr_assert_eq(items[i].record, i);
    }
    pd_free(scratch);
    pd_free(items);
}
#endif

/* SPDX-License-Identifier: MIT
 * Pattern counts against a plain array of all patterns. */
#include "train/patterns.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <string.h>

enum { WIDTH = 3, VALUES = 11, N = 20000 };

static size_t number(const int8_t *pattern)
{
    size_t result = 0;
    for (size_t i = 0; i < WIDTH; i++) result = result * VALUES + (size_t)(pattern[i] + 1);
    return result;
}

Test(patterns, counts_are_those_of_a_plain_array_in_any_order_of_merging)
{
    uint64_t plain[VALUES * VALUES * VALUES] = { 0 };
    struct pd_patterns parts[3] = { { .width = WIDTH }, { .width = WIDTH }, { .width = WIDTH } };
    struct pd_patterns forward = { .width = WIDTH };
    struct pd_patterns backward = { .width = WIDTH };
    struct pd_random random = pd_random_stream(3, 1);
    for (size_t i = 0; i < N; i++) {
        int8_t pattern[WIDTH];
        for (size_t j = 0; j < WIDTH; j++) pattern[j] = (int8_t)((int)pd_random_below(&random, VALUES) - 1);
        plain[number(pattern)] += 1 + i % 2;
        cr_assert_eq(pd_patterns_add(&parts[i % 3], pattern, 1 + i % 2, NULL), PADAN_OK);
    }
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(pd_patterns_merge(&forward, &parts[i], NULL), PADAN_OK);
        cr_assert_eq(pd_patterns_merge(&backward, &parts[2 - i], NULL), PADAN_OK);
    }
    cr_assert_eq(pd_patterns_sort(&forward, NULL), PADAN_OK);
    cr_assert_eq(pd_patterns_sort(&backward, NULL), PADAN_OK);
    cr_assert_eq(forward.n, backward.n);
    cr_assert_eq(memcmp(forward.bytes, backward.bytes, forward.n * WIDTH), 0);
    for (size_t i = 0; i < forward.n; i++) {
        cr_assert_eq(forward.counts[i], plain[number(pd_pattern(&forward, i))]);
        cr_assert_eq(forward.counts[i], backward.counts[i]);
        plain[number(pd_pattern(&forward, i))] = 0;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) cr_assert_eq(plain[i], 0);
    for (size_t i = 0; i < 3; i++) pd_patterns_reset(&parts[i]);
    pd_patterns_reset(&forward);
    pd_patterns_reset(&backward);
}

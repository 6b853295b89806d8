/* SPDX-License-Identifier: MIT */
#include "base/ranges.h"

#include <criterion/criterion.h>

enum { N = 1000 };

static void count(void *context, struct pd_range range)
{
    unsigned *calls = context;
    for (size_t place = 0; place < N; place++)
        if (pd_range_has(range, place)) calls[place]++; /* of others nothing is written */
}

Test(ranges, every_place_lies_in_one_of_them)
{
    static const size_t sizes[] = { 0, 1, 2, 7, 8, 9, N };
    static const int threads[] = { 0, 1, 2, 3, 8, 40 };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            const size_t n = sizes[s];
            unsigned n_calls[N] = { 0 };
            cr_assert_eq(pd_ranges_for(n, threads[t], count, n_calls, NULL), PADAN_OK);
            for (size_t place = 0; place < N; place++)
                cr_assert_eq(n_calls[place], place < n, "place %zu of %zu, %d threads", place, n, threads[t]);
        }
}

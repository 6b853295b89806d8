/* SPDX-License-Identifier: MIT
 * Places of few rows against counting them. */
#include "base/few_rows.h"

#include "base/random.h"

#include <criterion/criterion.h>

Test(few_rows, have_places_in_the_order_of_rows)
{
    static const size_t sizes[] = { 0, 1, 63, 64, 65, 1000 };
    struct pd_random random = pd_random_stream(8, 2);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        bool wanted[1000] = { false };
        struct pd_few_rows few;
        size_t n = 0;
        cr_assert_eq(pd_few_rows_make(sizes[k], &few, NULL), PADAN_OK);
        for (size_t row = 0; row < sizes[k]; row++) {
            wanted[row] = row + 1 == sizes[k] || pd_random_below(&random, 5) == 0;
            if (wanted[row]) pd_few_rows_add(&few, row);
        }
        const size_t n_all = pd_few_rows_number(&few);
        for (size_t row = 0; row < sizes[k]; row++) {
            cr_assert_eq(pd_few_rows_have(&few, row), wanted[row], "row %zu of %zu", row, sizes[k]);
            if (wanted[row]) cr_assert_eq(pd_few_rows_place(&few, row), n++, "row %zu of %zu", row, sizes[k]);
        }
        cr_assert_eq(n_all, n);
        pd_few_rows_reset(&few);
    }
}

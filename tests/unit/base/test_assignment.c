/* SPDX-License-Identifier: MIT
 * The matching that is worth most, against all matchings. */
#include "base/assignment.h"

#include "base/random.h"

#include <criterion/criterion.h>

/* The most that rows from one on can be worth with the columns that are not taken. */
static double best_of_all(const double worths[PD_ASSIGNMENT_MAX][PD_ASSIGNMENT_MAX], size_t n, size_t row,
                          uint32_t taken)
{
    if (row == n) return 0;
    double best = best_of_all(worths, n, row + 1, taken);
    for (size_t j = 0; j < n; j++) {
        if ((taken >> j & 1) != 0 || worths[row][j] <= 0) continue;
        const double here = worths[row][j] + best_of_all(worths, n, row + 1, taken | 1u << j);
        if (here > best) best = here;
    }
    return best;
}

Test(assignment, no_matching_is_worth_more)
{
    struct pd_random random = pd_random_stream(1, 2);
    for (size_t turn = 0; turn < 3000; turn++) {
        double worths[PD_ASSIGNMENT_MAX][PD_ASSIGNMENT_MAX] = { { 0 } };
        uint8_t matched[PD_ASSIGNMENT_MAX];
        double sum = 0;
        uint32_t taken = 0;
        const size_t n = 1 + pd_random_below(&random, 6);
        const uint64_t values = 2 + pd_random_below(&random, 40); /* few: many are as good as each other */
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                worths[i][j] = pd_random_below(&random, 3) == 0 ? 0 : (double)pd_random_below(&random, values);
        const double found = pd_assign(worths, n, matched);
        for (size_t i = 0; i < PD_ASSIGNMENT_MAX; i++) {
            if (matched[i] == PD_ASSIGNMENT_NONE) continue;
            cr_assert_eq(taken >> matched[i] & 1, 0, "one is matched twice");
            taken |= 1u << matched[i];
            sum += worths[i][matched[i]];
        }
        cr_expect_float_eq(found, sum, 1e-9);
        cr_expect_float_eq(found, best_of_all(worths, n, 0, 0), 1e-9, "turn %zu", turn);
    }
}

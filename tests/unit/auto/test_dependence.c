/* SPDX-License-Identifier: MIT
 * Columns that predict each other hang together, the finest on top; independent ones stay alone. */
#include <criterion/criterion.h>

#include "auto/dependence.h"

/* village > district > province, and a surname that depends on nothing. */
Test(dependence, a_chain_of_places_hangs_on_the_next_finer_one)
{
    enum { VILLAGE, DISTRICT, PROVINCE, SURNAME, N };
    const double equal[N] = { .005, .05, .25, .01 };
    struct pd_agreement given[N * N];
    int parents[N];
    for (size_t a = 0; a < N; a++)
        for (size_t b = 0; b < N; b++) given[a * N + b] = (struct pd_agreement){ 1000, 1000 * equal[b] };
    given[VILLAGE * N + DISTRICT].n_equal = 1000;
    given[VILLAGE * N + PROVINCE].n_equal = 1000;
    given[DISTRICT * N + PROVINCE].n_equal = 1000;
    given[DISTRICT * N + VILLAGE].n_equal = 100;
    given[PROVINCE * N + DISTRICT].n_equal = 200;
    given[PROVINCE * N + VILLAGE].n_equal = 20;
    const struct pd_dependence dependence = { N, equal, given };
    cr_assert_eq(pd_dependence_forest(&dependence, parents, NULL), PADAN_OK);
    cr_expect_eq(parents[VILLAGE], -1);
    cr_expect_eq(parents[DISTRICT], VILLAGE);
    cr_expect_eq(parents[PROVINCE], DISTRICT);
    cr_expect_eq(parents[SURNAME], -1);
}

Test(dependence, a_few_pairs_prove_nothing)
{
    const double equal[2] = { .01, .01 };
    struct pd_agreement given[4] = { { 5, 5 }, { 5, 5 }, { 5, 5 }, { 5, 5 } };
    int parents[2];
    const struct pd_dependence dependence = { 2, equal, given };
    cr_assert_eq(pd_dependence_forest(&dependence, parents, NULL), PADAN_OK);
    cr_expect_eq(parents[0], -1);
    cr_expect_eq(parents[1], -1);
}

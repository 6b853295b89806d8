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
        for (size_t b = 0; b < N; b++)
            given[a * N + b] = (struct pd_agreement){ .n = 1000, .n_equal = 1000 * equal[b] };
    given[VILLAGE * N + DISTRICT].n_equal = 1000;
    given[VILLAGE * N + PROVINCE].n_equal = 1000;
    given[DISTRICT * N + PROVINCE].n_equal = 1000;
    given[DISTRICT * N + VILLAGE].n_equal = 100;
    given[PROVINCE * N + DISTRICT].n_equal = 200;
    given[PROVINCE * N + VILLAGE].n_equal = 20;
    const struct pd_dependence dependence = { N, equal, given, NULL };
    cr_assert_eq(pd_dependence_forest(&dependence, parents, NULL), PADAN_OK);
    cr_expect_eq(parents[VILLAGE], -1);
    cr_expect_eq(parents[DISTRICT], VILLAGE);
    cr_expect_eq(parents[PROVINCE], DISTRICT);
    cr_expect_eq(parents[SURNAME], -1);
}

Test(dependence, a_few_pairs_prove_nothing)
{
    const double equal[2] = { .01, .01 };
    struct pd_agreement given[4];
    for (size_t i = 0; i < 4; i++) given[i] = (struct pd_agreement){ .n = 5, .n_equal = 5 };
    int parents[2];
    const struct pd_dependence dependence = { 2, equal, given, NULL };
    cr_assert_eq(pd_dependence_forest(&dependence, parents, NULL), PADAN_OK);
    cr_expect_eq(parents[0], -1);
    cr_expect_eq(parents[1], -1);
}

/* Addresses of namesakes and of those who share a telephone are alike, and none is equal; a town says nothing of them.
 */
Test(dependence, what_is_alike_hangs_on_what_makes_most_of_it)
{
    enum { MAIL, NAME, TELEPHONE, TOWN, N };
    const double equal[N] = { 0, .004, .0001, .02 };
    const struct pd_agreement at_random[N] = { [MAIL] = { 1e6, 0, 2000 } };
    struct pd_agreement given[N * N] = { [NAME * N + MAIL] = { 1000, 0, 60 },
                                         [TELEPHONE * N + MAIL] = { 1000, 0, 250 },
                                         [TOWN * N + MAIL] = { 1000, 0, 2 } };
    const struct pd_dependence dependence = { N, equal, given, at_random };
    cr_expect_eq(pd_dependence_of_alike(&dependence, MAIL), NAME);
    given[NAME * N + MAIL].n_alike = 9;
    cr_expect_eq(pd_dependence_of_alike(&dependence, MAIL), TELEPHONE);
    given[TELEPHONE * N + MAIL].n_alike = 7; /* a few pairs prove nothing */
    given[NAME * N + MAIL].n_alike = 7;
    cr_expect_eq(pd_dependence_of_alike(&dependence, MAIL), -1);
}

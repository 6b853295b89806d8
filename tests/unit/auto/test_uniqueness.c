/* SPDX-License-Identifier: MIT
 * Rows repeat inside a source where rows of another one have two candidates there that are as good as each other, and
 * agree: relatives are less good. */
#include <criterion/criterion.h>

#include "auto/uniqueness.h"

enum { PEOPLE = 40, RECORDS = 3 * PEOPLE, SECOND = 2 * PEOPLE };

static const double BEST_BITS = 20;

/* The weight of the two candidates of a row. */
static double score(void *context, uint32_t left, uint32_t right)
{
    cr_assert_lt(left, right);
    return *(const double *)context;
}

/* Person i of the first source has row PEOPLE + i of the second, and the first n_two have one more there. */
static struct pd_uniqueness look(size_t n_two, double second_bits, double each_other)
{
    struct pd_edge edges[2 * PEOPLE];
    double weights[2 * PEOPLE];
    bool best[2 * PEOPLE];
    uint16_t source_of[RECORDS];
    struct pd_uniqueness out;
    size_t n = 0;
    for (size_t i = 0; i < RECORDS; i++) source_of[i] = i >= PEOPLE;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        edges[n] = (struct pd_edge){ .left = i, .right = PEOPLE + i };
        weights[n++] = BEST_BITS;
        if (i >= n_two) continue;
        edges[n] = (struct pd_edge){ .left = i, .right = SECOND + i };
        weights[n++] = second_bits;
    }
    const struct pd_rivals rivals = { edges, source_of, RECORDS, 2, NULL };
    struct padan_error error;
    cr_assert_eq(pd_auto_uniqueness(&rivals, weights, n, score, &each_other, &out, best, &error), PADAN_OK);
    for (size_t i = 0; i < n; i++) cr_expect_eq(best[i], weights[i] >= BEST_BITS);
    return out;
}

Test(auto_uniqueness, rows_are_unique_where_none_has_two_candidates)
{
    const struct pd_uniqueness out = look(0, 0, 0);
    cr_expect(out.one_to_one);
    cr_expect_eq(out.n_rows, 2 * PEOPLE);
    cr_expect_eq(out.n_repeated, 0);
}

Test(auto_uniqueness, a_fifth_of_one_source_that_has_two_rows_in_the_other_repeats_there)
{
    const struct pd_uniqueness out = look(PEOPLE / 5, BEST_BITS - 1, BEST_BITS);
    cr_expect_lt(out.n_repeated, .125 * out.n_rows, "rows of the other source have one each");
    cr_expect_not(out.one_to_one);
    cr_expect_not(out.several);
}

Test(auto_uniqueness, a_relative_of_the_match_is_not_as_good_as_it)
{
    cr_expect(look(PEOPLE / 5, .7 * BEST_BITS, BEST_BITS).one_to_one);
}

Test(auto_uniqueness, candidates_that_do_not_agree_are_two_people)
{
    const struct pd_uniqueness out = look(PEOPLE / 5, BEST_BITS - 1, -3);
    cr_expect(out.one_to_one);
    cr_expect_eq(out.n_repeated, 0);
}

Test(auto_uniqueness, half_of_a_source_with_two_good_candidates_has_several)
{
    cr_expect(look(PEOPLE / 2, .7 * BEST_BITS, BEST_BITS).several);
}

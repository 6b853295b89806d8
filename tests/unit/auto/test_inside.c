/* SPDX-License-Identifier: MIT
 * Links hold when they are more than the pairs inside the sources that are as much alike. */
#include <criterion/criterion.h>

#include "auto/inside.h"

enum { N = 100, MANY = 1000000 }; /* links that there can be: hardly a row has a match of its own */

static struct pd_inside look(double *links, size_t n_links, double *inside, size_t n_inside, double scale)
{
    struct pd_inside_input input = { links, inside, n_links, n_inside, scale, MANY, MANY, false, 0 };
    struct pd_inside out;
    pd_inside_look(&input, &out);
    return out;
}

/* Weights from `top` down by one. */
static void fill(double *weights, size_t n, double top)
{
    for (size_t i = 0; i < n; i++) weights[i] = top - (double)i;
}

Test(auto_inside, all_links_hold_where_hardly_a_pair_inside_is_as_much_alike)
{
    double links[N], inside[N];
    fill(links, N, 120);
    fill(inside, N, 30); /* ten of them reach the weakest link, 21 */
    const struct pd_inside out = look(links, N, inside, N, 1);
    cr_expect_eq(out.n_links, N);
    cr_expect_float_eq(out.n_inside, 10, 1e-9);
    cr_expect_eq(out.n_kept, N);
    cr_expect_not(out.cannot_tell);
}

Test(auto_inside, no_link_holds_where_as_many_pairs_inside_are_as_much_alike)
{
    double links[N], inside[N];
    fill(links, N, 120);
    fill(inside, N, 120);
    const struct pd_inside out = look(links, N, inside, N, 1);
    cr_expect_eq(out.n_kept, 0);
    cr_expect(out.cannot_tell);
}

Test(auto_inside, the_best_links_hold_where_the_others_do_not)
{
    double links[N], inside[N];
    fill(links, N, 120);
    fill(inside, N, 60); /* of k links, k - 60 pairs inside reach the weakest */
    const struct pd_inside out = look(links, N, inside, N, 1);
    size_t expected = 0;
    for (size_t k = 1; k <= N; k++)
        if (3 * ((k > 60 ? k - 60 : 0) + 1) <= k) expected = k;
    cr_expect_eq(out.n_kept, expected, "%zu, not %zu", out.n_kept, expected);
    cr_expect_not(out.cannot_tell);
}

Test(auto_inside, pairs_inside_count_for_the_pairs_across_that_they_stand_for)
{
    double links[N], inside[N];
    fill(links, N, 120);
    fill(inside, 12, 130); /* thirteen of a hundred: few; three times as many: too many */
    cr_expect_eq(look(links, N, inside, 12, 1).n_kept, N);
    cr_expect(look(links, N, inside, 12, 3).cannot_tell);
}

Test(auto_inside, of_too_few_links_those_that_are_far_better_stand)
{
    double links[] = { 40, 24.9 };
    double inside[] = { 15, -3 };
    const struct pd_inside out = look(links, 2, inside, 2, 1);
    cr_expect(out.cannot_tell);
    cr_expect_eq(out.n_kept, 1);
    double weak[] = { 8, 9 };
    cr_expect_eq(look(weak, 2, inside, 0, 1).n_kept, 0);
}

Test(auto_inside, relatives_are_linked_where_a_row_has_no_match_of_its_own)
{
    double links[N], inside[N];
    fill(links, N, 140);  /* weakest 41; sixty of them are above all pairs inside */
    fill(inside, 50, 90); /* fifty reach the weakest: too many, if no row had a match */
    struct pd_inside_input input = { links, inside, N, 50, 1, MANY, MANY, false, 0 };
    struct pd_inside out;
    pd_inside_look(&input, &out);
    cr_expect_lt(out.n_kept, N);
    cr_expect_not(out.few_inside);
    input.most_links = N; /* half of the rows have one for certain */
    pd_inside_look(&input, &out);
    cr_expect_float_eq(out.without_match, .51, .02, "%g", out.without_match);
    cr_expect_eq(out.n_kept, N);
    cr_expect_not(out.few_inside);
    fill(inside, 99, 140); /* as many pairs inside as links: nothing says that a row has a match */
    input.n_inside = 99;
    pd_inside_look(&input, &out);
    cr_expect_float_eq(out.without_match, 1, 1e-9);
    cr_expect(out.cannot_tell);
}

Test(auto_inside, a_pair_inside_stands_for_wrong_links_as_far_as_neither_row_has_a_match)
{
    double links[N], inside[20];
    fill(links, N, 200);   /* weakest 101 */
    fill(inside, 20, 120); /* all of them below the eightieth link */
    struct pd_inside_input input = { links, inside, N, 20, 1, 2 * N, 4 * N, true, 0 };
    struct pd_inside out;
    pd_inside_look(&input, &out);
    /* Of 200 rows 80 and more have a match of their own, and of 400 as many. */
    cr_expect_gt(out.n_right, 100 - 20 * .6 * .8);
    cr_expect_lt(out.n_right, 100 - 20 * .5 * .75);
    cr_expect_float_eq((double)out.n_kept - out.n_wrong, out.n_right, 1e-9);
}

Test(auto_inside, relatives_of_whom_fewer_are_left_alone_than_by_chance_stand_for_fewer_wrong_links)
{
    double links[N], inside[20];
    fill(links, N, 200);
    fill(inside, 20, 120);
    struct pd_inside_input input = { links, inside, N, 20, 1, MANY, MANY, true, 0 };
    struct pd_inside all, few;
    pd_inside_look(&input, &all);
    input.apart = .25;
    pd_inside_look(&input, &few);
    cr_expect_float_eq(all.n_right, 80, .1, "%g", all.n_right);
    cr_expect_float_eq(few.n_right, 95, .1, "%g", few.n_right);
}

Test(auto_inside, links_one_to_one_are_taken_as_far_as_the_highest_f1)
{
    double links[N], inside[40];
    fill(links, N, 200);   /* sixty, then forty that as many pairs inside reach: relatives */
    fill(inside, 40, 140); /* a third of a hundred at most, as rows have matches */
    struct pd_inside_input input = { links, inside, N, 40, 1, 2 * N, 10 * N, true, 0 };
    struct pd_inside out;
    pd_inside_look(&input, &out);
    cr_expect(out.all_hold);
    cr_expect_eq(out.n_kept, 60, "%zu", out.n_kept);
    cr_expect_float_eq(out.n_wrong, 0, 1e-9);
    input.one_to_one = false;
    pd_inside_look(&input, &out);
    cr_expect_eq(out.n_kept, N);
}

Test(auto_inside, links_of_one_weight_stand_or_fall_together)
{
    double links[] = { 30, 29, 28, 20, 20, 20 };
    double inside[] = { 20, 20, 20 };
    struct pd_inside_input input = { links, inside, 6, 3, 1, 6, 60, true, 0 };
    struct pd_inside out;
    links[5] -= 1e-9; /* a sum in another order */
    pd_inside_look(&input, &out);
    cr_expect(out.n_kept == 3 || out.n_kept == 6, "%zu", out.n_kept);
}

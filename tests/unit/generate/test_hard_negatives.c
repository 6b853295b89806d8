/* SPDX-License-Identifier: MIT
 * Hard negatives are what they are called: each kind of pair agrees in what makes it hard, and its two people differ.
 */
#include "generate/hard_negatives.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { N_PAIRS = 300 };

static struct pd_hard_nation nation;

static void build(void)
{
    const unsigned provinces[] = { 34, 52 };
    const struct pd_generate_options options = { .n_people = 8 * N_PAIRS,
                                                 .n_hard_pairs = N_PAIRS,
                                                 .seed = 11,
                                                 .regime = PD_REGIME_DAERAH,
                                                 .provinces = provinces,
                                                 .n_provinces = 2 };
    cr_assert_eq(pd_hard_nation_build(&nation, &options, NULL), PADAN_OK);
}

static void reset(void)
{
    pd_hard_nation_reset(&nation);
}

static void pair_of(enum pd_hard_kind kind, uint64_t i, struct pd_row rows[2])
{
    const uint64_t first = ((uint64_t)kind * N_PAIRS + i) * 2;
    cr_assert_eq(pd_hard_kind_of(&nation, first), kind);
    cr_assert_eq(pd_hard_kind_of(&nation, first + 1), kind);
    for (unsigned side = 0; side < 2; side++) pd_hard_row(&nation, first + side, &rows[side]);
}

static bool same_text(const struct pd_name *a, const struct pd_name *b)
{
    return pd_text_equal(pd_name_text(a), pd_name_text(b));
}

static int year_of(const struct pd_row *row)
{
    return pd_date_to_civil(row->birth_day).year;
}

Test(hard_negatives, twins_differ_in_name_and_number_alone, .init = build, .fini = reset)
{
    size_t n_next = 0, n_same_sex = 0;
    for (uint64_t i = 0; i < N_PAIRS; i++) {
        struct pd_row rows[2];
        pair_of(PD_HARD_TWINS, i, rows);
        cr_assert_eq(rows[0].birth_day, rows[1].birth_day);
        cr_assert_str_eq(rows[0].kk, rows[1].kk);
        cr_assert_str_eq(rows[0].address, rows[1].address);
        cr_assert(same_text(&rows[0].mother, &rows[1].mother));
        cr_assert(!same_text(&rows[0].name, &rows[1].name));
        if (rows[0].sex != rows[1].sex) continue;
        n_same_sex++;
        n_next += strtoull(rows[1].nik, NULL, 10) - strtoull(rows[0].nik, NULL, 10) == 1;
    }
    cr_assert(n_same_sex > N_PAIRS / 2);
    cr_assert_eq(n_next, n_same_sex);
}

Test(hard_negatives, siblings_share_a_name_and_not_a_birth_date, .init = build, .fini = reset)
{
    for (uint64_t i = 0; i < N_PAIRS; i++) {
        struct pd_row rows[2];
        pair_of(PD_HARD_SIBLINGS, i, rows);
        cr_assert(same_text(&rows[0].name, &rows[1].name));
        cr_assert(same_text(&rows[0].mother, &rows[1].mother));
        cr_assert_str_eq(rows[0].kk, rows[1].kk);
        cr_assert_neq(rows[0].birth_day, rows[1].birth_day);
        cr_assert_eq(rows[0].sex, rows[1].sex);
    }
}

Test(hard_negatives, namesakes_share_name_year_and_desa, .init = build, .fini = reset)
{
    size_t n_same_day = 0;
    for (uint64_t i = 0; i < N_PAIRS; i++) {
        struct pd_row rows[2];
        pair_of(PD_HARD_NAMESAKES, i, rows);
        cr_assert(same_text(&rows[0].name, &rows[1].name));
        cr_assert_eq(year_of(&rows[0]), year_of(&rows[1]));
        cr_assert_eq(rows[0].village, rows[1].village);
        cr_assert_eq(rows[0].sex, rows[1].sex);
        cr_assert_str_neq(rows[0].kk, rows[1].kk);
        n_same_day += rows[0].birth_day == rows[1].birth_day;
    }
    cr_assert(n_same_day > N_PAIRS / 12 && n_same_day < N_PAIRS / 4, "%zu on one 1 July", n_same_day);
}

Test(hard_negatives, neighbours_have_numbers_that_follow_each_other, .init = build, .fini = reset)
{
    for (uint64_t i = 0; i < N_PAIRS; i++) {
        struct pd_row rows[2];
        pair_of(PD_HARD_NEIGHBOURS, i, rows);
        cr_assert_eq(rows[0].birth_day, rows[1].birth_day);
        cr_assert_eq(rows[0].sex, rows[1].sex);
        cr_assert_str_neq(rows[0].kk, rows[1].kk);
        cr_assert_eq(strtoull(rows[1].nik, NULL, 10) - strtoull(rows[0].nik, NULL, 10), 1);
    }
}

static int order_of_numbers(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

Test(hard_negatives, nobody_has_the_number_of_another, .init = build, .fini = reset)
{
    const size_t n = pd_hard_n_people(&nation);
    uint64_t *const numbers = calloc(n, sizeof *numbers);
    cr_assert_not_null(numbers);
    memcpy(numbers, nation.nik, n * sizeof *numbers);
    qsort(numbers, n, sizeof *numbers, order_of_numbers);
    for (size_t i = 1; i < n; i++) cr_assert_neq(numbers[i - 1], numbers[i]);
    for (size_t i = 0; i < n; i++) cr_assert(numbers[i] % 10000 >= 9000 && numbers[i] % 10000 <= 9998);
    free(numbers);
}

/* SPDX-License-Identifier: MIT
 * Equal pairs of large files are counted on a part of the rows: as many are found whatever rows stand beside each
 * other, and of two sources one may be small. */
#include <criterion/criterion.h>

#include "auto/equal_pairs.h"
#include "base/row_sample.h"
#include "two_sources.h"

enum { N_ROWS = 400000, FAMILY = 4 };

static void set_words(struct pd_table *table, uint32_t word_of(size_t row))
{
    struct pd_column *column = column_of(table, "kk");
    for (size_t i = 0; i < table->n_records; i++) ((uint32_t *)column->words)[i] = word_of(i);
}

static double count(struct pd_table *table, bool across)
{
    const int column = 0;
    double pairs = 0;
    struct pd_auto_data data = { .table = table, .inside = !across, .across = across, .threads = 2 };
    cr_assert_eq(pd_counted_rows_make(table, &data.counted, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_equal_pairs(&data, &column, 1, &pairs, NULL), PADAN_OK);
    pd_counted_rows_reset(&data.counted);
    return pairs;
}

static uint32_t beside(size_t row)
{
    return (uint32_t)(1 + row / FAMILY);
}

static uint32_t apart(size_t row)
{
    return (uint32_t)(1 + row % (N_ROWS / 2) % (N_ROWS / 2 / FAMILY));
}

Test(auto_counted_rows, families_that_stand_together_are_counted_as_those_that_do_not)
{
    const double truly = (double)N_ROWS / FAMILY * FAMILY * (FAMILY - 1) / 2;
    uint32_t (*const orders[])(size_t row) = { beside, apart };
    for (size_t i = 0; i < 2; i++) {
        struct pd_table table;
        make_two_sources(&table, N_ROWS);
        set_words(&table, orders[i]);
        const double counted = count(&table, false);
        cr_assert_float_eq(counted, truly, .04 * truly, "order %zu: %.0f pairs counted of %.0f", i, counted, truly);
        pd_table_reset(&table);
    }
}

static uint32_t thousand(size_t row)
{
    return (uint32_t)(1 + row % 1000);
}

Test(auto_counted_rows, a_small_source_stands_whole_beside_a_large_one)
{
    struct pd_table table;
    struct pd_counted_rows counted;
    make_two_sources(&table, N_ROWS);
    table.sources[0].end = table.sources[1].begin = 1000;
    for (size_t i = 0; i < N_ROWS; i++) table.source_of[i] = i >= 1000;
    set_words(&table, thousand);
    cr_assert_eq(pd_counted_rows_make(&table, &counted, NULL), PADAN_OK);
    cr_assert_float_eq(counted.shares[0], 1, 0);
    cr_assert_lt(counted.shares[1], .5);
    for (uint32_t i = 0; i < 1000; i++) cr_assert_eq(counted.rows[i], i);
    cr_assert_float_eq((double)(counted.n - 1000), counted.shares[1] * (N_ROWS - 1000), .01 * N_ROWS);
    cr_assert_float_eq(count(&table, true), N_ROWS - 1000, .01 * N_ROWS);
    pd_counted_rows_reset(&counted);
    pd_table_reset(&table);
}

Test(auto_counted_rows, few_rows_are_taken_whole)
{
    const struct pd_row_sample all = pd_row_sample_make(1000, 1000);
    const struct pd_row_sample none = pd_row_sample_make(1000000, 0);
    for (size_t i = 0; i < 1000; i++) cr_assert(pd_row_sample_has(all, i) && !pd_row_sample_has(none, i));
    cr_assert_float_eq(pd_row_sample_share(all), 1, 0);
}

/* SPDX-License-Identifier: MIT
 * Keys collected slice by slice: each record's is in one slice, and a slice takes no more memory than it has keys. */
#include "block/items.h"

#include "../table/even_sources.h"
#include "base/memory.h"
#include "number_columns.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 300000, LINE_WORDS = 8 };

/* Counts the records of the slice at hand; how many there are. */
static size_t count_records(const struct pd_block_items *items, uint8_t *times)
{
    size_t n = 0;
    for (size_t chunk = 0; chunk < items->n_chunks; chunk++) {
        const uint64_t *words = items->words + items->chunk_begins[chunk];
        const size_t n_words = items->begins[chunk * (items->n_parts + 1) + items->n_parts];
        for (size_t i = 0; i < n_words; i++) times[pd_item_record(items, words[i])]++;
        n += n_words;
    }
    return n;
}

static void check(const struct pd_table *table, const struct pd_packed_rows *rows, int column, int threads)
{
    static uint8_t times[N_RECORDS];
    struct pd_pass pass = { .keys = { { column, column, false } }, .n_keys = 1, .symmetric = true };
    const struct pd_passes all = { &pass, 1, 1, 1, { 0 } };
    static const uint8_t matrix[] = { PD_SCOPE_ALWAYS };
    const struct pd_scope scope = { .n_sources = 1, .matrix = matrix };
    const struct pd_pair_filter filter = { .rows = rows, .all_alive = true };
    const struct pd_block_run run = { .table = table,
                                      .passes = &all,
                                      .scope = &scope,
                                      .filter = &filter,
                                      .threads = threads,
                                      .slice_words = N_RECORDS / 3 };
    struct pd_block_items items;
    cr_assert_eq(pd_items_init(&run, 1, &items, NULL), PADAN_OK);
    cr_assert_eq(pd_items_begin(&items, &pass, NULL), PADAN_OK);
    cr_assert_eq(items.n_slices, 4);
    memset(times, 0, sizeof times);
    for (size_t slice = 0; slice < items.n_slices; slice++) {
        cr_assert_eq(pd_items_collect(&items, slice, NULL), PADAN_OK);
        const size_t n = count_records(&items, times);
        cr_expect_leq(items.n_words, n + items.n_chunks * LINE_WORDS, "%zu words lie within %zu", n, items.n_words);
        for (size_t chunk = 0; chunk < items.n_chunks; chunk++)
            cr_expect_lt(items.chunk_begins[chunk], items.n_words + 1);
    }
    for (size_t i = 0; i < N_RECORDS; i++) cr_assert_eq(times[i], 1, "record %zu is in %d slices", i, times[i]);
    pd_items_reset(&items);
}

Test(items, a_slice_takes_the_memory_of_its_keys)
{
    struct pd_table table;
    make_even_sources(&table, N_RECORDS, 1);
    struct pd_packed_rows rows = { .table = &table };
    int32_t *numbers = add_number_column(&table, "a");
    for (size_t i = 0; i < N_RECORDS; i++) numbers[i] = (int32_t)(i / 2);
    const int column = pack_last_column(&table, &rows);
    cr_assert_eq(pd_packed_fill(&rows, 2, NULL), PADAN_OK);
    for (int threads = 1; threads <= 3; threads++) check(&table, &rows, column, threads);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

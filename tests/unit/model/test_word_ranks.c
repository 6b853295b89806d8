/* SPDX-License-Identifier: MIT
 * Ranks of words against a loop over all pairs, and rows that store them. */
#include "model/word_ranks.h"

#include "base/random.h"
#include "model/packed_rows.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 1500 };

/* Half of the numbers stand once; some differ in their length only. */
static void make_table(struct pd_table *table, uint64_t n_numbers)
{
    struct pd_random random = pd_random_stream(n_numbers, 1);
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N_RECORDS };
    cr_assert_eq(pd_table_add(table, PD_TEXT("kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint64_t number = i % 2 == 0 ? n_numbers + i : pd_random_below(&random, n_numbers);
        const uint64_t length = 15 + i % 3;
        ((uint64_t *)column->words)[i] = i % 17 == 0 || n_numbers == 0 ? 0 : length << PD_DIGITS_SHIFT | number;
    }
}

static size_t count_different(const struct pd_column *column)
{
    size_t n = 0;
    for (size_t i = 0; i < N_RECORDS; i++) {
        bool again = pd_column_is_null(column, i);
        for (size_t j = 0; j < i && !again; j++) again = pd_column_word(column, j) == pd_column_word(column, i);
        n += !again;
    }
    return n;
}

static void check_ranks(const struct pd_column *column, int threads)
{
    static uint64_t found[N_RECORDS];
    struct pd_word_ranks ranks;
    cr_assert_eq(pd_word_ranks_make(column, N_RECORDS, threads, &ranks, NULL), PADAN_OK);
    cr_assert_eq(ranks.n, count_different(column));
    for (size_t begin = 0; begin < N_RECORDS; begin += PD_WORD_RANKS_AT_ONCE) {
        const size_t left = N_RECORDS - begin;
        pd_word_ranks_find(&ranks, column, begin, left < PD_WORD_RANKS_AT_ONCE ? left : PD_WORD_RANKS_AT_ONCE,
                           found + begin);
    }
    for (size_t a = 0; a < N_RECORDS; a++)
        for (size_t b = 0; b < a && !pd_column_is_null(column, a); b++) {
            const bool same = pd_column_word(column, a) == pd_column_word(column, b);
            cr_assert_lt(found[a], ranks.n);
            cr_assert_eq(found[a] == found[b] && !pd_column_is_null(column, b), same, "records %zu and %zu", a, b);
        }
    pd_word_ranks_reset(&ranks);
}

Test(word_ranks, are_equal_where_words_are)
{
    static const uint64_t n_numbers[] = { 0, 1, 5, 700, 100000 };
    for (size_t i = 0; i < sizeof n_numbers / sizeof *n_numbers; i++) {
        struct pd_table table;
        make_table(&table, n_numbers[i]);
        for (int threads = 1; threads <= 3; threads++) check_ranks(&table.columns[0], threads);
        pd_table_reset(&table);
    }
}

Test(word_ranks, tell_equality_in_rows)
{
    struct pd_table table;
    struct pd_packed_rows rows = { 0 };
    bool added = false;
    make_table(&table, 700);
    const struct pd_column *column = &table.columns[0];
    cr_assert_eq(pd_packed_add(&rows, &table, 0, &added, NULL), PADAN_OK);
    cr_assert_eq(pd_packed_rank(&rows, 0, 2, NULL), PADAN_OK);
    cr_assert(rows.fields[0].exact);
    cr_assert_lt(rows.fields[0].width, 12);
    cr_assert_eq(pd_packed_fill(&rows, 2, NULL), PADAN_OK);
    cr_assert_null(rows.fields[0].ranks.mixed);
    for (uint32_t a = 0; a < N_RECORDS; a++)
        for (uint32_t b = 0; b < N_RECORDS; b++) {
            const bool unequal = pd_column_is_null(column, a) || pd_column_is_null(column, b) ||
                                 pd_column_word(column, a) != pd_column_word(column, b);
            const uint64_t guards =
                pd_packed_unequal(*pd_packed_row(&rows, a), *pd_packed_row(&rows, b), rows.guards[0], rows.values[0]);
            cr_assert_eq(guards != 0, unequal, "records %u and %u", a, b);
        }
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

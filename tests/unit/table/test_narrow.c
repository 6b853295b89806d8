/* SPDX-License-Identifier: MIT
 * Short columns against the columns they were made of. */
#include "table/narrow.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 80000 };

struct numbers {
    const char *what;
    enum pd_encoding wide, narrow;
    int64_t base, step;
    uint64_t n_distinct;
};

static const struct numbers all_numbers[] = {
    { "years", PD_ENCODING_INT32, PD_ENCODING_NUMBER8, 1900, 1, 120 },
    { "as many as a byte has", PD_ENCODING_INT32, PD_ENCODING_NUMBER8, -5, 1, 255 },
    { "one more than a byte has", PD_ENCODING_INT32, PD_ENCODING_NUMBER16, -5, 1, 256 },
    { "days", PD_ENCODING_INT32, PD_ENCODING_NUMBER16, -20000, 1, 40000 },
    { "codes of districts", PD_ENCODING_INT32, PD_ENCODING_NUMBER16, 110101, 97, 7200 },
    { "a few amounts", PD_ENCODING_INT, PD_ENCODING_NUMBER8, 150000, 750000000, 62 },
    { "codes of villages", PD_ENCODING_INT, PD_ENCODING_NUMBER16, INT64_C(9101012001), 1000003, 40000 },
    { "more than two bytes have", PD_ENCODING_INT, PD_ENCODING_NUMBER32, INT64_C(1101012001), 100003, 70000 },
    { "too many for what is gained", PD_ENCODING_INT32, PD_ENCODING_INT32, 0, 3, 70000 },
    { "nothing at all", PD_ENCODING_INT, PD_ENCODING_NUMBER8, 0, 0, 0 },
};

static void set(const struct pd_column *column, size_t record, int64_t number)
{
    if (column->encoding == PD_ENCODING_INT)
        ((int64_t *)column->words)[record] = number;
    else
        ((int32_t *)column->words)[record] = (int32_t)number;
}

/* Every distinct number once, then by chance; each ninth record has none. */
static void fill(const struct pd_column *column, const struct numbers *numbers, int64_t *expected)
{
    struct pd_random random = pd_random_stream(5, numbers->n_distinct);
    for (size_t i = 0; i < N_RECORDS; i++) {
        expected[i] = PD_NULL_INT;
        if (numbers->n_distinct == 0 || i % 9 == 8) continue;
        const uint64_t once = i - i / 9;
        const uint64_t which = once < numbers->n_distinct ? once : pd_random_below(&random, numbers->n_distinct);
        expected[i] = numbers->base + (int64_t)which * numbers->step;
        set(column, i, expected[i]);
    }
}

Test(narrow, numbers_are_the_same_in_fewer_bytes)
{
    int64_t *expected = NULL;
    struct pd_value items[PD_LIST_MAX];
    char scratch[24];
    cr_assert_eq(pd_allocate_array(&expected, N_RECORDS, sizeof *expected, NULL), PADAN_OK);
    for (size_t c = 0; c < sizeof all_numbers / sizeof *all_numbers; c++) {
        const struct numbers *numbers = &all_numbers[c];
        struct pd_table table = { .n_records = N_RECORDS };
        struct pd_column *column = NULL;
        int64_t least[2], most[2];
        cr_assert_eq(pd_table_add(&table, PD_TEXT("n"), PD_TYPE_INT, numbers->wide, &column, NULL), PADAN_OK);
        fill(column, numbers, expected);
        const bool any = pd_column_range(column, N_RECORDS, &least[0], &most[0]);
        cr_assert_eq(pd_column_narrow_numbers(column, N_RECORDS, NULL), PADAN_OK);
        cr_assert_eq(column->encoding, numbers->narrow, "%s: %d", numbers->what, column->encoding);
        cr_assert_eq(pd_column_range(column, N_RECORDS, &least[1], &most[1]), any, "%s", numbers->what);
        cr_assert(!any || (least[0] == least[1] && most[0] == most[1]), "%s", numbers->what);
        for (size_t i = 0; i < N_RECORDS; i++) {
            const struct pd_value value = pd_column_value(column, i, scratch, items);
            cr_assert_eq(pd_column_integer(column, i), expected[i], "%s: record %zu", numbers->what, i);
            cr_assert_eq((int64_t)pd_column_word(column, i), expected[i], "%s: record %zu", numbers->what, i);
            cr_assert_eq(pd_column_is_null(column, i), expected[i] == PD_NULL_INT);
            cr_assert(value.null ? expected[i] == PD_NULL_INT : value.integer == expected[i]);
        }
        pd_table_drop(&table, 0);
        pd_table_reset(&table);
    }
    pd_free(expected);
}

Test(narrow, texts_are_the_same_in_fewer_bytes_and_back)
{
    static const struct {
        size_t n_texts;
        enum pd_encoding narrow;
    } cases[] = { { 255, PD_ENCODING_CODE8 },
                  { 256, PD_ENCODING_CODE16 },
                  { 65535, PD_ENCODING_CODE16 },
                  { 65536, PD_ENCODING_CODE } };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct pd_table table = { .n_records = N_RECORDS };
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(&table, PD_TEXT("t"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
        for (size_t i = 0; i < N_RECORDS; i++) {
            char text[24];
            const int length = snprintf(text, sizeof text, "%zu", i % cases[c].n_texts);
            if (i % 9 == 8 && i >= cases[c].n_texts) continue;
            cr_assert_eq(pd_column_put(column, i, (struct pd_text){ text, (size_t)length }, NULL), PADAN_OK);
        }
        for (size_t round = 0; round < 2; round++) {
            cr_assert_eq(round == 0 ? pd_column_narrow(column, N_RECORDS, NULL)
                                    : pd_column_widen(column, N_RECORDS, NULL),
                         PADAN_OK);
            cr_assert_eq(column->encoding, round == 0 ? cases[c].narrow : PD_ENCODING_CODE);
            for (size_t i = 0; i < N_RECORDS; i++) {
                const bool is_null = i % 9 == 8 && i >= cases[c].n_texts;
                const uint32_t code = is_null ? 0 : (uint32_t)(i % cases[c].n_texts + 1);
                cr_assert_eq(pd_column_word(column, i), code);
                cr_assert_eq(pd_column_held_code(column, i), code);
                cr_assert_eq(pd_column_is_null(column, i), is_null);
            }
        }
        pd_table_reset(&table);
    }
}

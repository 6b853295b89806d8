/* SPDX-License-Identifier: MIT
 * The record store: NULLs of each encoding, digits that keep their zeros, values for the interpreter. */
#include <criterion/criterion.h>

#include "base/hash.h"
#include "base/memory.h"
#include "table/table.h"

static struct pd_column *add(struct pd_table *table, struct pd_text name, enum pd_type type, enum pd_encoding encoding)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, name, type, encoding, &column, NULL), PADAN_OK);
    return column;
}

Test(table, new_columns_are_null_in_every_encoding)
{
    struct pd_table table = { .n_records = 5 };
    for (int encoding = PD_ENCODING_CODE; encoding <= PD_ENCODING_SMALL; encoding++) {
        const char name[2] = { (char)('a' + encoding), '\0' };
        const struct pd_column *column = add(&table, pd_text_of(name), PD_TYPE_TEXT, (enum pd_encoding)encoding);
        for (size_t i = 0; i < table.n_records; i++) cr_assert(pd_column_is_null(column, i), "encoding %d", encoding);
    }
    cr_assert_eq(pd_table_find(&table, PD_TEXT("c")), 2);
    cr_assert_eq(pd_table_find(&table, PD_TEXT("C")), -1);
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, PD_TEXT("a"), PD_TYPE_INT, PD_ENCODING_INT, &column, NULL), PADAN_BAD_ARGUMENT);
    pd_table_reset(&table);
}

Test(table, digits_keep_leading_zeros_and_refuse_the_rest)
{
    static const struct {
        const char *text;
        bool digits;
    } cases[] = {
        { "0", true },
        { "0000000000000000", true },
        { "3310055207829501", true },
        { "00123", true },
        { "12345678901234567", true },
        { "123456789012345678", false },
        { "", false },
        { "12a", false },
        { "-1", false },
    };
    struct pd_table table = { .n_records = 1 };
    struct pd_column *column = add(&table, PD_TEXT("nik"), PD_TYPE_TEXT, PD_ENCODING_DIGITS);
    char scratch[24];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_text text = pd_text_of(cases[i].text);
        const uint64_t word = pd_digits_encode(text);
        cr_assert_eq(word != 0, cases[i].digits, "%s", cases[i].text);
        if (word == 0) continue;
        ((uint64_t *)column->words)[0] = word;
        cr_assert(pd_text_equal(pd_column_text(column, 0, scratch), text), "%s", cases[i].text);
    }
    uint32_t code = 0;
    const struct pd_text odd = PD_TEXT("33.10");
    cr_assert_eq(pd_dictionary_insert(column->dictionary, odd, pd_hash_text(odd), &code, NULL), PADAN_OK);
    ((uint64_t *)column->words)[0] = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
    cr_assert(pd_text_equal(pd_column_text(column, 0, scratch), odd));
    pd_table_reset(&table);
}

Test(table, lists_and_numbers_become_values)
{
    struct pd_table table = { .n_records = 1 };
    struct pd_value items[PD_LIST_MAX];
    char scratch[24];
    uint32_t code = 0;
    struct pd_column *column = add(&table, PD_TEXT("l"), PD_TYPE_DOUBLE_LIST, PD_ENCODING_CODE);
    const struct pd_text text = PD_TEXT("1.5\x1fx\x1f-2");
    cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    ((uint32_t *)column->words)[0] = code;
    struct pd_value value = pd_column_value(column, 0, scratch, items);
    cr_assert_eq(value.list.n_items, 3);
    cr_assert_eq(value.list.items[0].real, 1.5);
    cr_assert(value.list.items[1].null);
    cr_assert_eq(value.list.items[2].real, -2.0);
    column->type = PD_TYPE_TEXT_LIST;
    value = pd_column_value(column, 0, scratch, items);
    cr_assert(pd_text_equal(value.list.items[1].text, PD_TEXT("x")));
    column = add(&table, PD_TEXT("b"), PD_TYPE_BOOL, PD_ENCODING_SMALL);
    cr_assert(pd_column_value(column, 0, scratch, items).null);
    ((uint8_t *)column->words)[0] = 1;
    cr_assert(pd_column_value(column, 0, scratch, items).boolean);
    pd_table_reset(&table);
}

Test(table, short_integers_read_as_long_ones)
{
    static const int32_t numbers[] = { 0, 7, -7, INT32_MAX, -INT32_MAX, PD_NULL_INT32 };
    enum { N = sizeof numbers / sizeof *numbers };
    struct pd_table table = { .n_records = N };
    char scratch[24];
    (void)add(&table, PD_TEXT("short"), PD_TYPE_DATE, PD_ENCODING_INT32);
    (void)add(&table, PD_TEXT("long"), PD_TYPE_DATE, PD_ENCODING_INT);
    const struct pd_column *narrow = &table.columns[0], *wide = &table.columns[1];
    for (size_t i = 0; i < N; i++) {
        ((int32_t *)narrow->words)[i] = numbers[i];
        ((int64_t *)wide->words)[i] = numbers[i] == PD_NULL_INT32 ? PD_NULL_INT : numbers[i];
        cr_expect_eq(pd_column_is_null(narrow, i), pd_column_is_null(wide, i), "%d", numbers[i]);
        cr_expect_eq(pd_column_word(narrow, i), pd_column_word(wide, i), "%d", numbers[i]);
        cr_expect_eq(pd_column_integer(narrow, i), pd_column_integer(wide, i), "%d", numbers[i]);
        const struct pd_value value = pd_column_value(narrow, i, scratch, NULL);
        cr_expect_eq(value.null, numbers[i] == PD_NULL_INT32);
        cr_expect(value.null || value.integer == numbers[i], "%d", numbers[i]);
    }
    pd_table_reset(&table);
}

/* Two columns of one dictionary: it goes with the last of them, whoever owned it first (asan sees the rest). */
Test(table, a_dropped_column_leaves_a_shared_dictionary_to_the_other)
{
    struct pd_table table = { .n_records = 3 };
    const char *const names[] = { "a", "b", "c" };
    for (size_t i = 0; i < 3; i++) (void)add(&table, pd_text_of(names[i]), PD_TYPE_TEXT, PD_ENCODING_CODE);
    struct pd_column *columns = table.columns;
    pd_dictionary_reset(columns[1].dictionary);
    pd_free(columns[1].dictionary);
    columns[1].dictionary = columns[0].dictionary;
    columns[1].owns_dictionary = false;
    uint32_t *codes = columns[1].words;
    const struct pd_text text = PD_TEXT("SITI");
    cr_assert_eq(pd_dictionary_insert(columns[0].dictionary, text, pd_hash_text(text), &codes[2], NULL), PADAN_OK);
    pd_table_drop(&table, 0);
    pd_table_drop(&table, 2);
    cr_expect_null(columns[0].words);
    cr_expect_null(columns[2].dictionary);
    cr_expect(columns[1].owns_dictionary);
    cr_expect(pd_text_equal(pd_dictionary_text(columns[1].dictionary, codes[2]), text));
    pd_table_trim(&table);
    pd_table_drop(&table, 1);
    cr_expect_null(columns[1].dictionary);
    pd_table_reset(&table);
}

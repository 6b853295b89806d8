/* SPDX-License-Identifier: MIT
 * A column told by the codes of another one is the column with a code per record, however it is read. */
#include "table/by_code.h"

#include "base/memory.h"
#include "table/narrow.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 40000, N_TEXTS = 600, FEW_TEXTS = 200 };

static struct pd_column *add(struct pd_table *table, struct pd_text name)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, name, PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    return column;
}

/* Column 0 has names, 1 their first letters as words, and 2 the same by the codes of 0; shorter names have none. */
static void make_table_of(struct pd_table *table, size_t n_texts, bool is_narrow)
{
    *table = (struct pd_table){ .n_records = N_RECORDS };
    (void)add(table, PD_TEXT("name"));
    (void)add(table, PD_TEXT("letters"));
    (void)add(table, PD_TEXT("by_code"));
    struct pd_column *names = &table->columns[0], *letters = &table->columns[1];
    uint32_t *codes = NULL;
    for (size_t i = 0; i < N_RECORDS; i++) {
        char name[24];
        const int n = snprintf(name, sizeof name, "%zu NAME", i * 7919 % n_texts);
        const struct pd_text text = { name, i % 9 == 0 ? 0 : (size_t)n };
        cr_assert_eq(pd_column_put(names, i, text, NULL), PADAN_OK);
        cr_assert_eq(pd_column_put(letters, i, pd_text_slice(text, 0, text.length > 6 ? 2 : 0), NULL), PADAN_OK);
    }
    cr_assert_eq(pd_allocate(&codes, (size_t)names->dictionary->n_entries + 1, sizeof *codes, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) codes[pd_column_word(names, i)] = (uint32_t)pd_column_word(letters, i);
    struct pd_column *by_code = &table->columns[2];
    pd_dictionary_reset(by_code->dictionary);
    pd_free(by_code->dictionary);
    by_code->dictionary = letters->dictionary;
    by_code->owns_dictionary = false;
    if (is_narrow) cr_assert_eq(pd_column_narrow(names, N_RECORDS, NULL), PADAN_OK);
    cr_assert(pd_column_is_worth_by_code(names, N_RECORDS));
    cr_assert_not(pd_column_is_worth_by_code(names, n_texts));
    pd_column_make_by_code(by_code, names, codes);
}

static void make_table(struct pd_table *table)
{
    make_table_of(table, N_TEXTS, false);
}

static void expect_same(const struct pd_column *a, const struct pd_column *b)
{
    size_t n_nulls = 0;
    for (size_t i = 0; i < N_RECORDS; i++) {
        char scratch[24];
        cr_assert_eq(pd_column_word(a, i), pd_column_word(b, i), "record %zu", i);
        cr_assert_eq(pd_column_stored(a, i), pd_column_stored(b, i));
        cr_assert_eq(pd_column_is_null(a, i), pd_column_is_null(b, i));
        cr_assert(pd_text_equal(pd_column_text(a, i, scratch), pd_column_text(b, i, scratch)));
        const struct pd_value x = pd_column_value(a, i, scratch, NULL), y = pd_column_value(b, i, scratch, NULL);
        cr_assert(x.null == y.null && pd_text_equal(x.text, y.text));
        n_nulls += pd_column_is_null(a, i);
    }
    cr_assert(n_nulls > N_RECORDS / 9 && n_nulls < N_RECORDS / 2);
}

Test(by_code, reads_as_a_code_per_record)
{
    struct pd_table table;
    make_table(&table);
    expect_same(&table.columns[1], &table.columns[2]);
    pd_table_reset(&table);
}

Test(by_code, is_written_out_with_words_of_its_own)
{
    struct pd_table table;
    make_table(&table);
    cr_assert_eq(pd_column_write_out(&table.columns[2], N_RECORDS, 2, NULL), PADAN_OK);
    cr_assert_eq(table.columns[2].encoding, PD_ENCODING_CODE);
    cr_assert_neq(table.columns[2].words, table.columns[0].words);
    expect_same(&table.columns[1], &table.columns[2]);
    const void *words = table.columns[0].words;
    cr_assert_eq(pd_column_write_out(&table.columns[0], N_RECORDS, 2, NULL), PADAN_OK);
    cr_assert_eq(table.columns[0].words, words);
    pd_table_reset(&table);
}

Test(by_code, may_be_told_by_narrow_codes)
{
    static const struct {
        size_t n_texts;
        enum pd_encoding encoding;
    } cases[] = { { N_TEXTS, PD_ENCODING_BY_CODE16 }, { FEW_TEXTS, PD_ENCODING_BY_CODE8 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_table table;
        make_table_of(&table, cases[i].n_texts, true);
        cr_assert_eq(table.columns[2].encoding, cases[i].encoding);
        expect_same(&table.columns[1], &table.columns[2]);
        cr_assert_eq(pd_column_write_out(&table.columns[2], N_RECORDS, 2, NULL), PADAN_OK);
        cr_assert_eq(table.columns[2].encoding, PD_ENCODING_CODE);
        expect_same(&table.columns[1], &table.columns[2]);
        pd_table_reset(&table);
        make_table_of(&table, cases[i].n_texts, true);
        pd_table_drop(&table, 0);
        cr_assert_null(table.columns[2].words);
        pd_table_reset(&table);
    }
}

Test(by_code, goes_with_the_column_it_is_told_by)
{
    struct pd_table table;
    make_table(&table);
    pd_table_drop(&table, 0);
    cr_assert_null(table.columns[0].words);
    cr_assert_null(table.columns[2].words);
    cr_assert_not_null(table.columns[1].words);
    pd_table_reset(&table);
}

Test(by_code, goes_alone)
{
    struct pd_table table;
    make_table(&table);
    pd_table_drop(&table, 2);
    cr_assert_null(table.columns[2].words);
    cr_assert_not_null(table.columns[0].words);
    pd_table_drop_words(&table, 0);
    cr_assert_null(table.columns[0].words);
    cr_assert_eq(pd_dictionary_text(table.columns[0].dictionary, 1).length, 8);
    pd_table_reset(&table);
}

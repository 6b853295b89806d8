/* SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "model/column_types.h"

#include <criterion/criterion.h>

enum { N = 5 };

static void add_texts(struct pd_table *table, const char *name, const char *const *texts)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N; i++) {
        const struct pd_text text = pd_text_of(texts[i]);
        if (text.length == 0) continue;
        cr_assert_eq(
            pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), (uint32_t *)column->words + i, NULL),
            PADAN_OK);
    }
}

static void make(struct pd_table *table)
{
    static const char *const dates[N] = { "1970-01-02", "", "soon", "1970-01-02", "1969-12-31" };
    static const char *const numbers[N] = { "1.5", "-2", "1e3", "", "x" };
    static const char *const lists[N] = { "[a, b]", "[]", "[\"a,b\", null]", "", "a" };
    *table = (struct pd_table){ .n_records = N };
    add_texts(table, "d", dates);
    add_texts(table, "n", numbers);
    add_texts(table, "l", lists);
}

static struct pd_value value_at(const struct pd_table *table, const char *name, size_t record,
                                struct pd_value items[PD_LIST_MAX])
{
    static char scratch[24];
    return pd_column_value(&table->columns[pd_table_find(table, pd_text_of(name))], record, scratch, items);
}

Test(column_types, a_doubled_quote_is_one_of_the_item)
{
    struct pd_table table = { .n_records = N };
    struct pd_value items[PD_LIST_MAX];
    struct pd_column_types_report report;
    add_texts(&table, "l",
              (const char *const[N]){ "[\"a\"\"b\", \"\"\"\"]", "['it''s', \"x\"]", "[\"\", b]", "[\"open]", "" });
    cr_assert_eq(pd_column_types_apply(&table, PD_TEXT("l=VARCHAR[]"), &report, NULL), PADAN_OK);
    static const char *const expected[][2] = { { "a\"b", "\"" }, { "it's", "x" }, { "", "b" } };
    for (size_t i = 0; i < 3; i++) {
        const struct pd_value list = value_at(&table, "l", i, items);
        cr_assert_eq(list.list.n_items, 2, "row %zu: %zu items", i, list.list.n_items);
        for (size_t j = 0; j < 2; j++)
            cr_expect(pd_text_equal(list.list.items[j].text, pd_text_of(expected[i][j])), "row %zu, item %zu: %.*s", i,
                      j, PD_TEXT_ARGS(list.list.items[j].text));
    }
    pd_table_reset(&table);
}

Test(column_types, texts_become_dates_numbers_and_lists_and_what_does_not_fit_is_counted)
{
    struct pd_table table;
    struct pd_value items[PD_LIST_MAX];
    struct pd_column_types_report report;
    make(&table);
    cr_assert_eq(pd_column_types_apply(&table, PD_TEXT("d=DATE, n=double,l=VARCHAR[]"), &report, NULL), PADAN_OK);
    cr_expect_eq(report.n_unreadable, 3);
    cr_expect(pd_text_equal(report.column, PD_TEXT("d")));
    cr_expect_eq(value_at(&table, "d", 0, items).integer, 1);
    cr_expect_eq(value_at(&table, "d", 4, items).integer, -1);
    cr_expect(value_at(&table, "d", 1, items).null);
    cr_expect(value_at(&table, "d", 2, items).null);
    cr_expect_eq(value_at(&table, "n", 2, items).real, 1000);
    cr_expect(value_at(&table, "n", 3, items).null);
    cr_expect_eq(value_at(&table, "l", 0, items).list.n_items, 2);
    cr_expect(!value_at(&table, "l", 1, items).null);
    cr_expect_eq(value_at(&table, "l", 1, items).list.n_items, 0);
    const struct pd_value list = value_at(&table, "l", 2, items);
    cr_assert_eq(list.list.n_items, 2);
    cr_expect(pd_text_equal(list.list.items[0].text, PD_TEXT("a,b")));
    cr_expect(list.list.items[1].null);
    cr_expect(value_at(&table, "l", 3, items).null);
    cr_expect(value_at(&table, "l", 4, items).null);
    pd_table_reset(&table);
}

Test(column_types, unknown_columns_and_types_are_refused)
{
    static const char *const wrong[] = { "d", "d=SOMETHING", "=", "d=DATE,,n=INT" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pd_table table;
        struct padan_error error = { 0 };
        struct pd_column_types_report report;
        make(&table);
        cr_expect_eq(pd_column_types_apply(&table, pd_text_of(wrong[i]), &report, &error), PADAN_BAD_ARGUMENT, "%s",
                     wrong[i]);
        cr_expect(error.message[0] != '\0');
        pd_table_reset(&table);
    }
}

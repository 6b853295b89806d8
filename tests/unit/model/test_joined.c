/* SPDX-License-Identifier: MIT
 * Columns that one source has in parts: read from a model, written again, and put together in a table. */
#include "model/joined.h"

#include "base/memory.h"
#include "linking/linker.h"
#include "table/narrow.h"

#include <criterion/criterion.h>
#include <stdio.h>

static enum padan_status read(struct pd_model *model, const char *joined, struct padan_error *error)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "{\"probability_two_random_records_match\": 0.01, \"padan_joined_columns\": %s,"
                   "\"blocking_rules_to_generate_predictions\": [\"l.name = r.name\"],"
                   "\"comparisons\": [{\"output_column_name\": \"name\", \"comparison_levels\": ["
                   "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.9, \"u_probability\": 0.1},"
                   "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.9}]}]}",
                   joined);
    return pd_model_read(model, pd_text_of(text), "m.json", pd_linker_functions(), error);
}

#define TWO                                                                                                            \
    "[{\"into\": \"name\", \"columns\": [\"first\", \"last\"], \"between\": \" \"},"                                   \
    " {\"into\": \"born\", \"columns\": [\"y\", \"m\", \"d\"], \"between\": \"-\"}]"

static struct pd_table table_of(const char *const (*cells)[4], size_t n_columns)
{
    struct pd_table table = { .n_records = 3 };
    for (size_t i = 0; i < n_columns; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(&table, pd_text_of(cells[i][0]), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL),
                     PADAN_OK);
        for (size_t row = 0; row < 3; row++)
            cr_assert_eq(pd_column_put(column, row, pd_text_of(cells[i][row + 1]), NULL), PADAN_OK);
    }
    return table;
}

static void expect(const struct pd_table *table, const char *name, size_t row, const char *text)
{
    char scratch[24];
    const int column = pd_table_find(table, pd_text_of(name));
    cr_assert_geq(column, 0);
    const struct pd_text found = pd_column_is_null(&table->columns[column], row)
                                     ? PD_TEXT("")
                                     : pd_column_text(&table->columns[column], row, scratch);
    cr_expect(pd_text_equal(found, pd_text_of(text)), "%s of row %zu is %.*s", name, row, PD_TEXT_ARGS(found));
}

static void expect_joined(bool are_narrow)
{
    static const char *const cells[][4] = { { "name", "EKA PUTRI", "", "" },
                                            { "first", "", "BUDI", "SITI" },
                                            { "last", "", "SANTOSO", "" },
                                            { "y", "", "1980", "1990" },
                                            { "m", "", "3", "" },
                                            { "d", "", "12", "1" } };
    struct pd_table table = table_of(cells, 6);
    for (size_t i = 0; i < table.n_columns && are_narrow; i++)
        cr_assert_eq(pd_column_narrow(&table.columns[i], table.n_records, NULL), PADAN_OK);
    struct padan_error error = { 0 };
    struct pd_model model, again;
    struct pd_buffer written = { 0 };
    cr_assert_eq(read(&model, TWO, &error), PADAN_OK, "%s", error.message);
    pd_model_write(&model, &written);
    cr_assert_eq(pd_model_read(&again, (struct pd_text){ written.data, written.length }, "w.json",
                               pd_linker_functions(), &error),
                 PADAN_OK, "%s", error.message);
    cr_assert_eq(again.n_joined, 2);
    cr_assert_eq(pd_model_join_columns(&again, &table, &error), PADAN_OK);
    expect(&table, "name", 0, "EKA PUTRI");
    expect(&table, "name", 1, "BUDI SANTOSO");
    expect(&table, "name", 2, "SITI");
    expect(&table, "first", 1, "");
    expect(&table, "born", 1, "1980-3-12"); /* a column that no file has is made */
    expect(&table, "born", 2, "");          /* half a date is none */
    pd_model_reset(&model);
    pd_model_reset(&again);
    pd_buffer_reset(&written);
    pd_table_reset(&table);
}

Test(joined, columns_are_put_together_as_the_model_says)
{
    expect_joined(false);
}

/* As files give them: the whole gets texts that it has no room for. */
Test(joined, narrow_columns_are_put_together_like_others)
{
    expect_joined(true);
}

Test(joined, a_column_may_be_a_part_of_itself)
{
    static const char *const cells[][4] = { { "name", "EKA PUTRI", "BUDI", "SITI" }, { "last", "", "SANTOSO", "" } };
    struct pd_table table = table_of(cells, 2);
    struct padan_error error = { 0 };
    struct pd_model model;
    cr_assert_eq(read(&model, "[{\"into\": \"name\", \"columns\": [\"name\", \"last\"], \"between\": \" \"}]", &error),
                 PADAN_OK);
    cr_assert_eq(pd_model_join_columns(&model, &table, &error), PADAN_OK);
    expect(&table, "name", 0, "EKA PUTRI");
    expect(&table, "name", 1, "BUDI SANTOSO");
    expect(&table, "name", 2, "SITI");
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(joined, what_is_no_list_of_columns_is_refused)
{
    static const char *const wrong[] = { "{\"name\": \"first\"}",
                                         "[\"first\"]",
                                         "[{\"into\": \"name\", \"columns\": [\"first\"], \"between\": \" \"}]",
                                         "[{\"columns\": [\"first\", \"last\"], \"between\": \" \"}]",
                                         "[{\"into\": \"name\", \"columns\": [\"first\", \"last\"]}]",
                                         "[{\"into\": \"name\", \"columns\": [\"first\", [1]]}]" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pd_model model;
        struct padan_error error = { 0 };
        cr_expect_eq(read(&model, wrong[i], &error), PADAN_BAD_ARGUMENT, "case %zu", i);
        cr_expect(strstr(error.message, "padan_joined_columns") != NULL, "%s", error.message);
    }
}

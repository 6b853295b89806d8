/* SPDX-License-Identifier: MIT
 * Lists that a condition reads stay readable while it reads others. */
#include "model/row_reader.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 60 };

static struct pd_table table_of_lists(void)
{
    struct pd_table table = { .n_records = N_RECORDS };
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, PD_TEXT("list"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[24];
        const int length = snprintf(text, sizeof text, "%zu%cx", i, PD_LIST_SEPARATOR);
        cr_assert_eq(pd_column_put(column, i, (struct pd_text){ text, (size_t)length }, NULL), PADAN_OK);
    }
    column->type = PD_TYPE_TEXT_LIST;
    return table;
}

static void expect_list(struct pd_value list, size_t record)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%zu", record);
    cr_assert_eq(list.list.n_items, 2);
    cr_assert(pd_text_equal(list.list.items[0].text, pd_text_of(text)), "list of row %zu is %.*s", record,
              PD_TEXT_ARGS(list.list.items[0].text));
}

/* One row against many, by one reader: more lists than it has places. */
Test(row_reader, a_list_that_is_read_again_is_not_the_next_to_go)
{
    static struct pd_pair_reader reader;
    struct pd_table table = table_of_lists();
    reader.table = &table;
    const struct pd_row_reader rows = pd_pair_row_reader(&reader);
    for (uint32_t right = 1; right < N_RECORDS; right++) {
        reader.left = 0;
        reader.right = right;
        const struct pd_value a = rows.read(rows.context, PD_SIDE_LEFT, 0);
        const struct pd_value b = rows.read(rows.context, PD_SIDE_RIGHT, 0);
        expect_list(a, 0);
        expect_list(b, right);
    }
    pd_table_reset(&table);
}

Test(row_reader, as_many_lists_as_it_has_places_are_readable_at_once)
{
    static struct pd_pair_reader reader;
    struct pd_table table = table_of_lists();
    struct pd_value lists[PD_READER_LISTS];
    reader.table = &table;
    const struct pd_row_reader rows = pd_pair_row_reader(&reader);
    for (uint32_t first = 0; first + PD_READER_LISTS <= N_RECORDS; first += 7) {
        for (uint32_t i = 0; i < PD_READER_LISTS; i++) {
            reader.left = first + i;
            lists[i] = rows.read(rows.context, PD_SIDE_NONE, 0);
        }
        for (uint32_t i = 0; i < PD_READER_LISTS; i++) expect_list(lists[i], first + i);
    }
    pd_table_reset(&table);
}

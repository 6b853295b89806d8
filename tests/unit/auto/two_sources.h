/* SPDX-License-Identifier: MIT
 * A table of two sources, each with half of its rows, whose columns may have values in one of them alone. */
#ifndef PD_TESTS_AUTO_TWO_SOURCES_H
#define PD_TESTS_AUTO_TWO_SOURCES_H

#include "base/memory.h"
#include "table/table.h"

#include <criterion/criterion.h>

static void make_two_sources(struct pd_table *table, size_t n_rows)
{
    uint16_t *source_of = NULL;
    struct pd_source *sources = NULL;
    cr_assert_eq(pd_allocate_array(&source_of, n_rows, sizeof *source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&sources, 2, sizeof *sources, NULL), PADAN_OK);
    for (size_t i = 0; i < n_rows; i++) source_of[i] = i >= n_rows / 2;
    sources[0] = (struct pd_source){ .name = PD_TEXT("a"), .begin = 0, .end = n_rows / 2 };
    sources[1] = (struct pd_source){ .name = PD_TEXT("b"), .begin = n_rows / 2, .end = n_rows };
    *table = (struct pd_table){ .n_records = n_rows, .sources = sources, .n_sources = 2, .source_of = source_of };
}

/* The column of a name, made where there is none. */
static struct pd_column *column_of(struct pd_table *table, const char *name)
{
    struct pd_column *column = NULL;
    const int found = pd_table_find(table, pd_text_of(name));
    if (found >= 0) return &table->columns[found];
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    return column;
}

#endif

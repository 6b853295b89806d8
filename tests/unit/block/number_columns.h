/* SPDX-License-Identifier: MIT
 * Columns of numbers that packed rows hold: added empty, filled by the test, then packed. */
#ifndef PD_TESTS_BLOCK_NUMBER_COLUMNS_H
#define PD_TESTS_BLOCK_NUMBER_COLUMNS_H

#include "model/packed_rows.h"

#include <criterion/criterion.h>

/* The words of a new column, to be filled. */
static int32_t *add_number_column(struct pd_table *table, const char *name)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_INT, PD_ENCODING_INT32, &column, NULL), PADAN_OK);
    return column->words;
}

/* Gives the column that was added last a place in the rows; its number. */
static int pack_last_column(const struct pd_table *table, struct pd_packed_rows *rows)
{
    const int number = (int)(table->n_columns - 1);
    bool added = false;
    cr_assert_eq(pd_packed_add(rows, table, number, &added, NULL), PADAN_OK);
    cr_assert(added);
    return number;
}

#endif

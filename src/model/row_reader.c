/* SPDX-License-Identifier: MIT */
#include "model/row_reader.h"

static int find_column(const void *context, struct pd_text name, enum pd_type *type)
{
    const struct pd_table *table = context;
    const int index = pd_table_find_identifier(table, name);
    if (index >= 0) *type = table->columns[index].type;
    return index;
}

struct pd_column_resolver pd_table_resolver(const struct pd_table *table)
{
    return (struct pd_column_resolver){ find_column, table };
}

static struct pd_value read_value(void *context, unsigned side, int column_index)
{
    struct pd_pair_reader *reader = context;
    const struct pd_column *column = &reader->table->columns[column_index];
    const uint32_t record = side == PD_SIDE_RIGHT ? reader->right : reader->left;
    if (column->type == PD_TYPE_TEXT_LIST || column->type == PD_TYPE_DOUBLE_LIST)
        reader->next_list = (reader->next_list + 1) % PD_READER_LISTS;
    reader->next = (reader->next + 1) % PD_READER_RING;
    return pd_column_value(column, record, reader->digits[reader->next], reader->items[reader->next_list]);
}

struct pd_row_reader pd_pair_row_reader(struct pd_pair_reader *reader)
{
    return (struct pd_row_reader){ read_value, reader };
}

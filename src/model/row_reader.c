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

/* The place of a list: the one it has, or the next. */
static struct pd_value *list_room(struct pd_pair_reader *reader, int column, uint32_t record)
{
    for (unsigned i = 0; i < reader->n_lists; i++)
        if (reader->lists[i].column == column && reader->lists[i].record == record) return reader->items[i];
    const unsigned place = reader->next_list;
    reader->next_list = (place + 1) % PD_READER_LISTS;
    if (reader->n_lists < PD_READER_LISTS) reader->n_lists++;
    reader->lists[place].column = column;
    reader->lists[place].record = record;
    return reader->items[place];
}

static struct pd_value read_value(void *context, unsigned side, int column_index)
{
    struct pd_pair_reader *reader = context;
    const struct pd_column *column = &reader->table->columns[column_index];
    const uint32_t record = side == PD_SIDE_RIGHT ? reader->right : reader->left;
    struct pd_value *items = NULL;
    if (column->type == PD_TYPE_TEXT_LIST || column->type == PD_TYPE_DOUBLE_LIST)
        items = list_room(reader, column_index, record);
    reader->next = (reader->next + 1) % PD_READER_RING;
    return pd_column_value(column, record, reader->digits[reader->next], items);
}

struct pd_row_reader pd_pair_row_reader(struct pd_pair_reader *reader)
{
    reader->next_list = reader->n_lists = 0;
    return (struct pd_row_reader){ read_value, reader };
}

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

/* The place of a list: the one it has, the next that is free, or that of the list that was read longest ago. */
static struct pd_value *list_room(struct pd_pair_reader *reader, int column, uint32_t record)
{
    unsigned place = 0, oldest = 0;
    for (; place < reader->n_lists; place++) {
        if (reader->lists[place].column == column && reader->lists[place].record == record) break;
        if (reader->lists[place].last_read < reader->lists[oldest].last_read) oldest = place;
    }
    if (place == PD_READER_LISTS) place = oldest;
    if (place == reader->n_lists) reader->n_lists++;
    reader->lists[place].column = column;
    reader->lists[place].record = record;
    reader->lists[place].last_read = reader->n_reads++;
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
    reader->n_lists = 0;
    return (struct pd_row_reader){ read_value, reader };
}

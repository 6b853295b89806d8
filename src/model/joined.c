/* SPDX-License-Identifier: MIT */
#include "model/joined.h"

#include "model/read_level.h"
#include "table/join.h"

static enum padan_status read_entry(const struct pd_model_reader *reader, const struct pd_node *node,
                                    struct pd_joined_columns *joined)
{
    static const char *const known[] = { "into", "columns", "between", NULL };
    static const char wrong[] =
        "an entry of padan_joined_columns has \"into\", the name of a column, \"columns\", two to "
        "six names of what it is joined from, and \"between\", what stands between them";
    if (node->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, node, "%s", wrong);
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "into", &joined->into));
    PD_TRY(pd_model_text(reader, node, "between", &joined->between));
    const struct pd_node *columns = pd_node_get(node, "columns");
    if (joined->into.length == 0 || pd_node_is_null(pd_node_get(node, "between")) || pd_node_is_null(columns) ||
        columns->kind != PD_NODE_SEQUENCE || columns->n_children < 2 || columns->n_children > PD_JOINED_MAX)
        return pd_model_wrong(reader, node, "%s", wrong);
    for (size_t i = 0; i < columns->n_children; i++) {
        if (columns->items[i]->kind != PD_NODE_SCALAR) return pd_model_wrong(reader, columns->items[i], "%s", wrong);
        PD_TRY(pd_arena_copy(&reader->model->arena, columns->items[i]->text, &joined->columns[joined->n_columns++],
                             reader->error));
    }
    return PADAN_OK;
}

enum padan_status pd_model_read_joined(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_joined_columns");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_SEQUENCE) return pd_model_wrong(reader, node, "padan_joined_columns must be a list");
    PD_TRY(pd_arena_allocate(&model->arena, &model->joined, (node->n_children + 1) * sizeof *model->joined,
                             reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        struct pd_joined_columns *joined = &model->joined[model->n_joined++];
        *joined = (struct pd_joined_columns){ .n_columns = 0 };
        PD_TRY(read_entry(reader, node->items[i], joined));
    }
    return PADAN_OK;
}

void pd_joined_append(struct pd_buffer *out, const struct pd_joined_columns *joined)
{
    pd_append_string(out, "{\"into\": ");
    pd_append_json(out, joined->into);
    pd_append_string(out, ", \"columns\": [");
    for (size_t i = 0; i < joined->n_columns; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, joined->columns[i]);
    }
    pd_append_string(out, "], \"between\": ");
    pd_append_json(out, joined->between);
    pd_append_byte(out, '}');
}

void pd_model_append_joined(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_joined == 0) return;
    pd_append_string(out, ",\n  \"padan_joined_columns\": [");
    for (size_t i = 0; i < model->n_joined; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_joined_append(out, &model->joined[i]);
    }
    pd_append_byte(out, ']');
}

/* The column of a name; of the whole, one that no file has is made. */
static enum padan_status find_whole(struct pd_table *table, struct pd_text name, int *found, struct padan_error *error)
{
    struct pd_column *column = NULL;
    *found = pd_table_find(table, name);
    if (*found >= 0) return PADAN_OK;
    *found = (int)table->n_columns;
    return pd_table_add(table, name, PD_TYPE_TEXT, PD_ENCODING_CODE, &column, error);
}

static enum padan_status join(struct pd_table *table, const struct pd_joined_columns *joined, struct padan_error *error)
{
    size_t columns[PD_JOINED_MAX];
    int into = -1;
    for (size_t i = 0; i < joined->n_columns; i++) {
        const int found = pd_table_find(table, joined->columns[i]);
        if (found < 0) return PADAN_OK; /* not the files that it was made for */
        columns[i] = (size_t)found;
    }
    PD_TRY(find_whole(table, joined->into, &into, error));
    const struct pd_column_parts parts = { columns, joined->n_columns, joined->between };
    return pd_table_join(table, (size_t)into, &parts, error);
}

enum padan_status pd_model_join_columns(const struct pd_model *model, struct pd_table *table, struct padan_error *error)
{
    for (size_t i = 0; i < model->n_joined; i++) PD_TRY(join(table, &model->joined[i], error));
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT */
#include "model/date_columns.h"

#include "model/columns.h"
#include "model/read_level.h"

/* A column that nothing reads would be one written wrongly. */
static enum padan_status check_is_read(const struct pd_model_reader *reader, const struct pd_node *node,
                                       struct pd_text column)
{
    struct pd_text *names = NULL;
    size_t n_names = 0;
    PD_TRY(pd_model_columns(reader->model, &reader->model->arena, &names, &n_names, reader->error));
    for (size_t i = 0; i < n_names; i++)
        if (pd_text_equal(names[i], column)) return PADAN_OK;
    return pd_model_wrong(reader, node, "padan_dates names \"%.*s\", which no condition of the model reads",
                          PD_TEXT_ARGS(column));
}

enum padan_status pd_model_read_dates(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_dates");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_SEQUENCE) return pd_model_wrong(reader, node, "padan_dates must be a list of columns");
    PD_TRY(
        pd_arena_allocate(&model->arena, &model->dates, (node->n_children + 1) * sizeof *model->dates, reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        if (node->items[i]->kind != PD_NODE_SCALAR)
            return pd_model_wrong(reader, node->items[i], "padan_dates must be a list of columns");
        PD_TRY(check_is_read(reader, node->items[i], node->items[i]->text));
        PD_TRY(pd_arena_copy(&model->arena, node->items[i]->text, &model->dates[model->n_dates++], reader->error));
    }
    return PADAN_OK;
}

void pd_model_append_dates(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_dates == 0) return;
    pd_append_string(out, ",\n  \"padan_dates\": [");
    for (size_t i = 0; i < model->n_dates; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, model->dates[i]);
    }
    pd_append_byte(out, ']');
}

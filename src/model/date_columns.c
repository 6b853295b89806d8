/* SPDX-License-Identifier: MIT */
#include "model/date_columns.h"

#include "model/columns.h"
#include "model/read_level.h"

static enum padan_status is_read(struct pd_model *model, struct pd_text column, bool *found, struct padan_error *error)
{
    struct pd_text *names = NULL;
    size_t n_names = 0;
    *found = false;
    PD_TRY(pd_model_columns(model, &model->arena, &names, &n_names, error));
    for (size_t i = 0; i < n_names && !*found; i++) *found = pd_text_equal(names[i], column);
    return PADAN_OK;
}

/* A column that nothing reads would be one written wrongly. */
static enum padan_status check_is_read(const struct pd_model_reader *reader, const struct pd_node *node,
                                       struct pd_text column)
{
    bool found = false;
    PD_TRY(is_read(reader->model, column, &found, reader->error));
    if (found) return PADAN_OK;
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

/* A column may be read as another one that is itself read as a third. */
static struct pd_text name_in(const struct pd_model *model, struct pd_text column)
{
    for (size_t i = 0; i < model->n_aliases; i++)
        if (pd_text_equal(model->aliases[i].from, column)) column = model->aliases[i].into;
    return column;
}

enum padan_status pd_model_add_date(struct pd_model *model, struct pd_text column, struct padan_error *error)
{
    const struct pd_text name = name_in(model, column);
    struct pd_text *dates = NULL;
    bool found = false;
    for (size_t i = 0; i < model->n_dates; i++)
        if (pd_text_equal(model->dates[i], name)) return PADAN_OK;
    PD_TRY(is_read(model, name, &found, error));
    if (!found) return PADAN_OK;
    PD_TRY(pd_arena_allocate(&model->arena, &dates, (model->n_dates + 1) * sizeof *dates, error));
    for (size_t i = 0; i < model->n_dates; i++) dates[i] = model->dates[i];
    PD_TRY(pd_arena_copy(&model->arena, name, &dates[model->n_dates], error));
    model->dates = dates;
    model->n_dates++;
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

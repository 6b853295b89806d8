/* SPDX-License-Identifier: MIT */
#include "model/derived_columns.h"

#include "model/derive.h"
#include "model/read_level.h"

#include <stdio.h>

static enum padan_status read_entry(const struct pd_model_reader *reader, const char *key, const struct pd_node *name,
                                    const struct pd_node *node, struct pd_column_expression *out)
{
    char where[256];
    (void)snprintf(where, sizeof where, "%s:%u, %s", reader->name, node->line, key);
    PD_TRY(pd_arena_copy(&reader->model->arena, name->text, &out->column, reader->error));
    if (node->kind != PD_NODE_SCALAR || name->text.length == 0)
        return pd_model_wrong(reader, node, "an entry of %s is a name and an expression", key);
    return pd_expression_parse(&reader->model->arena, node->text, PD_MODE_ROW, reader->functions, where,
                               &out->expression, reader->error);
}

enum padan_status pd_column_expressions_read(const struct pd_model_reader *reader, const struct pd_node *root,
                                             const char *key, struct pd_column_expression **list, size_t *n)
{
    const struct pd_node *node = pd_node_get(root, key);
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, node, "%s must map columns to expressions", key);
    PD_TRY(pd_arena_allocate(&reader->model->arena, list, (node->n_children + 1) * sizeof **list, reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        PD_TRY(read_entry(reader, key, node->keys[i], node->items[i], &(*list)[i]));
        (*n)++;
    }
    return PADAN_OK;
}

void pd_column_expressions_append(struct pd_buffer *out, const char *key, const struct pd_column_expression *list,
                                  size_t n)
{
    pd_append_format(out, ",\n  \"%s\": {", key);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, list[i].column);
        pd_append_string(out, ": ");
        pd_append_json(out, list[i].expression->text);
    }
    pd_append_byte(out, '}');
}

bool pd_model_derives(const struct pd_model *model, struct pd_text name)
{
    for (size_t i = 0; i < model->n_derived; i++)
        if (pd_text_equal(model->derived[i].column, name)) return true;
    return false;
}

static enum padan_status make(struct pd_deriver *deriver, const struct pd_column_expression *derived,
                              struct padan_error *error)
{
    struct pd_table *table = deriver->table;
    const size_t n_before = table->n_columns;
    const struct pd_column_resolver resolver = pd_table_resolver(table);
    char where[256];
    int column = -1;
    (void)snprintf(where, sizeof where, "padan_derived_columns, %.*s", PD_TEXT_ARGS(derived->column));
    if (pd_table_find_identifier(table, derived->column) >= 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: there is a column of this name; call the derived one otherwise", where);
    PD_TRY(pd_expression_bind(derived->expression, &resolver, where, error));
    if (!pd_derivable(derived->expression))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: the expression must give a text, a number or a date", where);
    PD_TRY(pd_derive(deriver, derived->expression, &column, error));
    if ((size_t)column < n_before)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: it is the same as column %.*s; read that", where,
                PD_TEXT_ARGS(table->columns[column].name));
    return pd_arena_copy(&table->arena, derived->column, &table->columns[column].name, error);
}

enum padan_status pd_model_derive_columns(const struct pd_model *model, struct pd_table *table, int threads,
                                          struct padan_error *error)
{
    struct pd_deriver deriver = { .table = table, .threads = threads };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < model->n_derived && status == PADAN_OK; i++)
        status = make(&deriver, &model->derived[i], error);
    pd_deriver_reset(&deriver);
    return status;
}

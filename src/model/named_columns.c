/* SPDX-License-Identifier: MIT */
#include "model/named_columns.h"

#include "model/columns.h"
#include "table/fold.h"

/* The column of a name, else the first whose name differs in case and signs only; -1: there is none. */
static int find_named(const struct pd_table *table, struct pd_text name)
{
    const int found = pd_table_find_identifier(table, name);
    if (found >= 0) return found;
    for (size_t i = 0; i < table->n_columns; i++)
        if (pd_text_same_name(table->columns[i].name, name)) return (int)i;
    return -1;
}

static enum padan_status rename_column(struct pd_table *table, int from, struct pd_text into, struct padan_error *error)
{
    if (from < 0 || pd_table_find_identifier(table, into) >= 0) return PADAN_OK;
    return pd_arena_copy(&table->arena, into, &table->columns[from].name, error);
}

enum padan_status pd_model_rename_columns(const struct pd_model *model, struct pd_table *table,
                                          struct padan_error *error)
{
    for (size_t i = 0; i < model->n_aliases; i++) {
        const struct pd_column_alias *alias = &model->aliases[i];
        /* A column that is called as the model calls it, but for case and signs, comes before all other names. */
        PD_TRY(rename_column(table, find_named(table, alias->into), alias->into, error));
        PD_TRY(rename_column(table, find_named(table, alias->from), alias->into, error));
    }
    return PADAN_OK;
}

enum padan_status pd_model_fold_columns(const struct pd_model *model, struct pd_table *table, struct padan_error *error)
{
    for (size_t i = 0; i < model->n_aliases; i++) {
        const int into = pd_table_find(table, model->aliases[i].into);
        const int from = find_named(table, model->aliases[i].from);
        if (into < 0 || from < 0 || into == from) continue;
        PD_TRY(pd_table_fold(table, (size_t)into, (size_t)from, error));
    }
    return PADAN_OK;
}

/* --- columns that are not there --- */

static bool is_alias(const struct pd_model *model, struct pd_text name)
{
    for (size_t i = 0; i < model->n_aliases; i++)
        if (pd_text_equal(model->aliases[i].from, name)) return true;
    return false;
}

/* Adds a column without any value where there is none of the name. */
static enum padan_status add_where_absent(struct pd_table *table, struct pd_text name, bool *absent,
                                          struct padan_error *error)
{
    struct pd_column *column = NULL;
    const int found = find_named(table, name);
    *absent = found < 0;
    if (found >= 0) return rename_column(table, found, name, error);
    return pd_table_add(table, name, PD_TYPE_TEXT, PD_ENCODING_CODE, &column, error);
}

enum padan_status pd_model_add_absent(const struct pd_model *model, struct pd_table *table, struct pd_buffer *absent,
                                      struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_text *names = NULL;
    size_t n_names = 0, n_known = 0;
    if (!model->optional_columns) return PADAN_OK;
    enum padan_status status = pd_model_columns(model, &arena, &names, &n_names, error);
    for (size_t i = 0; i < n_names && status == PADAN_OK; i++) {
        bool is_absent = false;
        if (is_alias(model, names[i])) continue;
        status = add_where_absent(table, names[i], &is_absent, error);
        n_known += !is_absent;
        if (is_absent) pd_append_string(absent, absent->length > 0 ? ", " : "");
        if (is_absent) pd_append_utf8(absent, names[i]);
    }
    pd_arena_reset(&arena);
    if (status == PADAN_OK) status = pd_buffer_status(absent, error);
    if (status == PADAN_OK && n_known == 0)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no column is one that the model %.*s knows; name columns as it does, or leave the model out",
                PD_TEXT_ARGS(model->name));
    return status;
}

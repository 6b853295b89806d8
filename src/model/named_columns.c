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

/* Names of columns that are not there. */
struct absent_names {
    const struct pd_model *model;
    struct pd_text *names; /* [n] */
    size_t n;
};

static bool reads_any(const struct absent_names *absent, const struct pd_expression *expression);

/* Whether a file has a column, or one of those that it is derived from. */
static bool is_there(const struct absent_names *absent, struct pd_text name)
{
    const struct pd_model *model = absent->model;
    for (size_t i = 0; i < model->n_derived; i++)
        if (pd_text_equal(model->derived[i].column, name)) return reads_any(absent, model->derived[i].expression);
    for (size_t i = 0; i < absent->n; i++)
        if (pd_text_equal(absent->names[i], name)) return false;
    return true;
}

static bool reads_any(const struct absent_names *absent, const struct pd_expression *expression)
{
    if (expression == NULL) return false;
    if (expression->op == PD_OP_COLUMN) return is_there(absent, expression->column);
    for (size_t i = 0; i < expression->n_children; i++)
        if (reads_any(absent, expression->children[i])) return true;
    return false;
}

static void mark_comparisons(struct pd_model *model, const struct absent_names *absent)
{
    for (size_t i = 0; i < model->n_comparisons; i++) {
        struct pd_comparison *comparison = &model->comparisons[i];
        comparison->is_absent = true;
        for (size_t j = 0; j < comparison->n_levels; j++)
            comparison->is_absent &= !reads_any(absent, comparison->levels[j].condition);
    }
}

static enum padan_status add_all_absent(struct pd_table *table, const struct pd_text *names, size_t n_names,
                                        struct absent_names *absent, struct padan_error *error)
{
    for (size_t i = 0; i < n_names; i++) {
        bool is_absent = false;
        if (is_alias(absent->model, names[i])) continue;
        PD_TRY(add_where_absent(table, names[i], &is_absent, error));
        if (is_absent) absent->names[absent->n++] = names[i];
    }
    return PADAN_OK;
}

static size_t count_own(const struct pd_model *model, const struct pd_text *names, size_t n_names)
{
    size_t n = 0;
    for (size_t i = 0; i < n_names; i++) n += !is_alias(model, names[i]);
    return n;
}

enum padan_status pd_model_add_absent(struct pd_model *model, struct pd_table *table, struct pd_buffer *absent,
                                      struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_text *names = NULL;
    struct absent_names missing = { .model = model };
    size_t n_names = 0;
    if (!model->optional_columns) return PADAN_OK;
    enum padan_status status = pd_model_columns(model, &arena, &names, &n_names, error);
    if (status == PADAN_OK)
        status = pd_arena_allocate(&arena, &missing.names, (n_names + 1) * sizeof *missing.names, error);
    if (status == PADAN_OK) status = add_all_absent(table, names, n_names, &missing, error);
    for (size_t i = 0; i < missing.n; i++) {
        pd_append_string(absent, absent->length > 0 ? ", " : "");
        pd_append_utf8(absent, missing.names[i]);
    }
    const bool has_none = status == PADAN_OK && missing.n == count_own(model, names, n_names);
    if (status == PADAN_OK) mark_comparisons(model, &missing);
    pd_arena_reset(&arena);
    if (status == PADAN_OK) status = pd_buffer_status(absent, error);
    if (status == PADAN_OK && has_none)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no column is one that the model %.*s knows; name columns as it does, or leave the model out",
                PD_TEXT_ARGS(model->name));
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "linking/row_values.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "linking/linker.h"

struct pd_row_view pd_table_view(const struct pd_table *table, struct pd_pair_reader *pair)
{
    pair->table = table;
    return (struct pd_row_view){ pd_table_resolver(table), pd_pair_row_reader(pair), pair };
}

/* The name of a column stands for its values, whatever signs are in it. */
static void append_column(struct pd_buffer *text, const char *name)
{
    pd_append_byte(text, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"') pd_append_byte(text, '"');
        pd_append_byte(text, *name);
    }
    pd_append_byte(text, '"');
}

static enum padan_status parse(struct pd_arena *arena, const struct pd_buffer *text, struct pd_expression **out,
                               struct padan_error *error)
{
    PD_TRY(pd_buffer_status(text, error));
    return pd_expression_parse(arena, (struct pd_text){ text->data, text->length }, PD_MODE_ROW, pd_linker_functions(),
                               "--by", out, error);
}

/* The expression, as a text. It is parsed as it stands first, so that messages name places of what was written. */
static enum padan_status compile(const struct pd_row_values *asked, const struct pd_row_view *view,
                                 struct pd_arena *arena, struct pd_buffer *text, struct pd_expression **out,
                                 struct padan_error *error)
{
    enum pd_type type;
    if (view->resolver.find(view->resolver.context, pd_text_of(asked->expression), &type) >= 0)
        append_column(text, asked->expression);
    else
        pd_append_string(text, asked->expression);
    PD_TRY(parse(arena, text, out, error));
    PD_TRY(pd_expression_bind(*out, &view->resolver, "--by", error));
    struct pd_buffer whole = { 0 };
    pd_append_string(&whole, "CAST((");
    pd_append_text(&whole, (struct pd_text){ text->data, text->length });
    pd_append_string(&whole, ") AS VARCHAR)");
    pd_buffer_reset(text);
    *text = whole;
    PD_TRY(parse(arena, text, out, error));
    return pd_expression_bind(*out, &view->resolver, "--by", error);
}

static enum padan_status tell(const struct pd_row_values *asked, const struct pd_row_view *view, int unique_id,
                              const struct pd_expression *expression, struct padan_error *error)
{
    const struct pd_table *table = view->pair->table;
    struct pd_evaluator evaluator = { .pattern_state = NULL };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < table->n_records && status == PADAN_OK; i++) {
        char scratch[24];
        view->pair->left = view->pair->right = (uint32_t)i;
        const struct pd_value value = pd_expression_evaluate(expression, &view->reader, &evaluator);
        status = asked->take(asked->context, table->sources[pd_table_source(table, (uint32_t)i)].name,
                             pd_column_text(&table->columns[unique_id], i, scratch),
                             value.null ? PD_TEXT("") : value.text, error);
        pd_evaluator_clear(&evaluator);
    }
    if (status == PADAN_OK && evaluator.status != PADAN_OK)
        status = pd_fail(error, evaluator.status, "not enough memory to evaluate --by");
    pd_evaluator_reset(&evaluator);
    return status;
}

enum padan_status pd_row_values_tell(const struct pd_row_values *asked, const struct pd_row_view *view,
                                     struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_buffer text = { 0 };
    struct pd_expression *expression = NULL;
    const int unique_id = pd_table_find(view->pair->table, PD_TEXT("unique_id"));
    if (unique_id < 0) PD_FAIL(error, PADAN_BAD_INPUT, "the files have no column of ids: rows cannot be named");
    enum padan_status status = compile(asked, view, &arena, &text, &expression, error);
    if (status == PADAN_OK) status = tell(asked, view, unique_id, expression, error);
    pd_buffer_reset(&text);
    pd_arena_reset(&arena);
    return status;
}

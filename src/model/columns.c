/* SPDX-License-Identifier: MIT */
#include "model/columns.h"

#include "model/derived_columns.h"

struct collector {
    struct pd_arena *arena;
    struct pd_text *names;
    size_t n_names, capacity;
};

static enum padan_status add(struct collector *collector, struct pd_text name, struct padan_error *error)
{
    if (name.length == 0) return PADAN_OK;
    for (size_t i = 0; i < collector->n_names; i++)
        if (pd_text_equal(collector->names[i], name)) return PADAN_OK;
    if (collector->n_names == collector->capacity) {
        struct pd_text *grown = NULL;
        const size_t capacity = collector->capacity == 0 ? 32 : collector->capacity * 2;
        PD_TRY(pd_arena_allocate(collector->arena, &grown, capacity * sizeof *grown, error));
        if (collector->n_names > 0) memcpy(grown, collector->names, collector->n_names * sizeof *grown);
        collector->names = grown;
        collector->capacity = capacity;
    }
    collector->names[collector->n_names++] = name;
    return PADAN_OK;
}

static enum padan_status add_all(struct collector *collector, const struct pd_expression *expression,
                                 struct padan_error *error)
{
    if (expression == NULL) return PADAN_OK;
    if (expression->op == PD_OP_COLUMN) return add(collector, expression->column, error);
    for (size_t i = 0; i < expression->n_children; i++) PD_TRY(add_all(collector, expression->children[i], error));
    return PADAN_OK;
}

/* What the conditions of a rule read: columns, arrays to explode, and its own words under their name. */
static enum padan_status add_conditions(struct collector *collector, const struct pd_blocking_rule *rule,
                                        struct padan_error *error)
{
    PD_TRY(add_all(collector, rule->condition, error));
    for (size_t i = 0; i < rule->n_explode; i++) PD_TRY(add(collector, rule->explode[i], error));
    for (size_t i = 0; i < rule->n_refine; i++) PD_TRY(add_all(collector, rule->refine[i], error));
    return PADAN_OK;
}

/* The columns of a rule: its words are none, the texts they are taken from are. */
static enum padan_status add_rule(struct collector *collector, const struct pd_blocking_rule *rule,
                                  struct padan_error *error)
{
    struct collector own = { .arena = collector->arena };
    PD_TRY(add_conditions(&own, rule, error));
    for (size_t i = 0; i < own.n_names; i++)
        if (rule->words.n_texts == 0 || !pd_text_equal(own.names[i], rule->words.name))
            PD_TRY(add(collector, own.names[i], error));
    for (size_t i = 0; i < rule->words.n_texts; i++) PD_TRY(add_all(collector, rule->words.texts[i], error));
    return PADAN_OK;
}

static enum padan_status add_level(struct collector *collector, const struct pd_level *level, struct padan_error *error)
{
    PD_TRY(add_all(collector, level->condition, error));
    return add(collector, level->tf_column, error);
}

enum padan_status pd_comparison_columns(const struct pd_comparison *comparison, struct pd_arena *arena,
                                        struct pd_text **names, size_t *n_names, struct padan_error *error)
{
    struct collector collector = { .arena = arena };
    for (size_t i = 0; i < comparison->n_levels; i++)
        PD_TRY(add_all(&collector, comparison->levels[i].condition, error));
    *names = collector.names;
    *n_names = collector.n_names;
    return PADAN_OK;
}

enum padan_status pd_rule_columns(const struct pd_blocking_rule *rule, struct pd_arena *arena, struct pd_text **names,
                                  size_t *n_names, struct padan_error *error)
{
    struct collector collector = { .arena = arena };
    PD_TRY(add_conditions(&collector, rule, error));
    *names = collector.names;
    *n_names = collector.n_names;
    return PADAN_OK;
}

/* Of what conditions read, the columns of files: derived ones are made from others. */
static void leave_derived_out(struct collector *collector, const struct pd_model *model)
{
    size_t n = 0;
    for (size_t i = 0; i < collector->n_names; i++)
        if (!pd_model_derives(model, collector->names[i])) collector->names[n++] = collector->names[i];
    collector->n_names = n;
}

enum padan_status pd_model_columns(const struct pd_model *model, struct pd_arena *arena, struct pd_text **names,
                                   size_t *n_names, struct padan_error *error)
{
    struct collector collector = { .arena = arena };
    for (size_t i = 0; i < model->n_rules; i++) PD_TRY(add_rule(&collector, &model->rules[i], error));
    for (size_t i = 0; i < model->n_unlinked_rules; i++) PD_TRY(add_rule(&collector, &model->unlinked_rules[i], error));
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
            PD_TRY(add_level(&collector, &model->comparisons[i].levels[j], error));
    for (size_t i = 0; i < model->n_tf_expressions; i++) {
        PD_TRY(add(&collector, model->tf_expressions[i].column, error));
        PD_TRY(add_all(&collector, model->tf_expressions[i].expression, error));
    }
    for (size_t i = 0; i < model->n_derived; i++) PD_TRY(add_all(&collector, model->derived[i].expression, error));
    leave_derived_out(&collector, model);
    for (size_t i = 0; i < model->n_aliases; i++) PD_TRY(add(&collector, model->aliases[i].from, error));
    for (size_t i = 0; i < model->n_joined; i++)
        for (size_t j = 0; j < model->joined[i].n_columns; j++)
            PD_TRY(add(&collector, model->joined[i].columns[j], error));
    for (size_t i = 0; i < model->members.n_columns; i++) PD_TRY(add(&collector, model->members.columns[i], error));
    *names = collector.names;
    *n_names = collector.n_names;
    return PADAN_OK;
}

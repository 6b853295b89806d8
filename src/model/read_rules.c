/* SPDX-License-Identifier: MIT
 * Blocking rules: Splink's, texts or mappings, and what they may have besides (padan_refine, padan_words). */
#include "model/read_level.h"

#include <stdio.h>

static enum padan_status read_refine(const struct pd_model_reader *reader, const struct pd_node *node,
                                     struct pd_blocking_rule *rule)
{
    const struct pd_node *list = pd_node_get(node, "padan_refine");
    if (pd_node_is_null(list)) return PADAN_OK;
    if (list->kind != PD_NODE_SEQUENCE)
        return pd_model_wrong(reader, list, "padan_refine must be a list of expressions");
    PD_TRY(pd_arena_allocate(&reader->model->arena, &rule->refine, list->n_children * sizeof *rule->refine,
                             reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        char where[256];
        (void)snprintf(where, sizeof where, "%s:%u, padan_refine", reader->name, list->items[i]->line);
        PD_TRY(pd_expression_parse(&reader->model->arena, list->items[i]->text, PD_MODE_ROW, reader->functions, where,
                                   &rule->refine[i], reader->error));
        rule->n_refine++;
    }
    return PADAN_OK;
}

static enum padan_status read_explode(const struct pd_model_reader *reader, const struct pd_node *node,
                                      struct pd_blocking_rule *rule)
{
    struct pd_arena *arena = &reader->model->arena;
    const struct pd_node *list = pd_node_get(node, "arrays_to_explode");
    if (pd_node_is_null(list)) return PADAN_OK;
    if (list->kind != PD_NODE_SEQUENCE)
        return pd_model_wrong(reader, list, "arrays_to_explode must be a list of columns");
    PD_TRY(pd_arena_allocate(arena, &rule->explode, (list->n_children + 1) * sizeof *rule->explode, reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        const struct pd_text name = pd_model_unquoted(list->items[i]->text);
        if (list->items[i]->kind != PD_NODE_SCALAR || name.length == 0)
            return pd_model_wrong(reader, list->items[i], "arrays_to_explode must be a list of columns");
        PD_TRY(pd_arena_copy(arena, name, &rule->explode[rule->n_explode++], reader->error));
    }
    return PADAN_OK;
}

static enum padan_status read_word_texts(const struct pd_model_reader *reader, const struct pd_node *node,
                                         struct pd_rule_words *words)
{
    const struct pd_node *list = pd_node_get(node, "texts");
    if (pd_node_is_null(list) || list->kind != PD_NODE_SEQUENCE || list->n_children == 0)
        return pd_model_wrong(reader, node, "padan_words needs texts, a list of expressions");
    PD_TRY(pd_arena_allocate(&reader->model->arena, &words->texts, list->n_children * sizeof *words->texts,
                             reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        char where[256];
        (void)snprintf(where, sizeof where, "%s:%u, padan_words", reader->name, list->items[i]->line);
        PD_TRY(pd_expression_parse(&reader->model->arena, list->items[i]->text, PD_MODE_ROW, reader->functions, where,
                                   &words->texts[i], reader->error));
        words->n_texts++;
    }
    return PADAN_OK;
}

static enum padan_status read_words(const struct pd_model_reader *reader, const struct pd_node *rule_node,
                                    struct pd_rule_words *words)
{
    static const char *const known[] = { "name", "texts", "most_rows", NULL };
    const struct pd_node *node = pd_node_get(rule_node, "padan_words");
    double most_rows = 0;
    bool found = false;
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "padan_words must have name, texts and most_rows");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "name", &words->name));
    PD_TRY(pd_model_number(reader, node, "most_rows", &most_rows, &found));
    if (words->name.length == 0) return pd_model_wrong(reader, node, "padan_words needs a name, that of one word");
    if (!found || most_rows < 2 || most_rows > UINT32_MAX)
        return pd_model_wrong(reader, node, "padan_words needs most_rows, a number from 2 on");
    words->most_rows = (uint32_t)most_rows;
    return read_word_texts(reader, node, words);
}

static enum padan_status read_rule(const struct pd_model_reader *reader, const struct pd_node *node, size_t index,
                                   struct pd_blocking_rule *rule)
{
    static const char *const known[] = { "blocking_rule", "sql_dialect",     "salting_partitions", "arrays_to_explode",
                                         "padan_refine",  "padan_max_pairs", "padan_words",        NULL };
    char where[256];
    double max_pairs = 0;
    bool found = false;
    (void)snprintf(where, sizeof where, "%s:%u, blocking rule %zu", reader->name, node->line, index + 1);
    if (node->kind == PD_NODE_SCALAR) {
        PD_TRY(pd_arena_copy(&reader->model->arena, node->text, &rule->sql, reader->error));
    } else {
        PD_TRY(pd_model_check_keys(reader, node, known));
        PD_TRY(pd_model_text(reader, node, "blocking_rule", &rule->sql));
        PD_TRY(read_refine(reader, node, rule));
        PD_TRY(read_explode(reader, node, rule));
        PD_TRY(read_words(reader, node, &rule->words));
        PD_TRY(pd_model_number(reader, node, "padan_max_pairs", &max_pairs, &found));
        if (!pd_node_is_null(pd_node_get(node, "salting_partitions")))
            PD_TRY(
                pd_model_note(reader, "salting_partitions has no effect here: blocks are spread over threads anyway"));
    }
    if (found && max_pairs < 0) return pd_model_wrong(reader, node, "padan_max_pairs must not be negative");
    rule->max_pairs = (uint64_t)max_pairs;
    if (rule->sql.length == 0) return pd_model_wrong(reader, node, "blocking rule %zu is empty", index + 1);
    return pd_expression_parse(&reader->model->arena, rule->sql, PD_MODE_RULE, reader->functions, where,
                               &rule->condition, reader->error);
}

enum padan_status pd_model_read_rules(const struct pd_model_reader *reader, const struct pd_node *node, const char *key,
                                      struct pd_blocking_rule **rules, size_t *n_rules)
{
    const struct pd_node *list = pd_node_get(node, key);
    if (pd_node_is_null(list) || list->kind != PD_NODE_SEQUENCE || list->n_children == 0)
        return pd_model_wrong(reader, node, "%s must list at least one rule", key);
    if (list->n_children > PD_RULES_MAX)
        return pd_model_wrong(reader, list, "more than %d blocking rules", PD_RULES_MAX);
    PD_TRY(pd_arena_allocate(&reader->model->arena, rules, list->n_children * sizeof **rules, reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        PD_TRY(read_rule(reader, list->items[i], i, &(*rules)[i]));
        (*n_rules)++;
    }
    return PADAN_OK;
}

/* As Splink: without a rule every pair is compared. */
static enum padan_status all_pairs(const struct pd_model_reader *reader)
{
    static const struct pd_node every_pair = { .kind = PD_NODE_SCALAR, .text = { "1=1", 3 } };
    struct pd_model *model = reader->model;
    PD_TRY(pd_arena_allocate(&model->arena, &model->rules, sizeof *model->rules, reader->error));
    PD_TRY(read_rule(reader, &every_pair, 0, &model->rules[0]));
    model->n_rules = 1;
    return pd_model_note(reader, "the model has no blocking rules: every pair is compared, as in Splink");
}

enum padan_status pd_model_read_main_rules(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char key[] = "blocking_rules_to_generate_predictions";
    const struct pd_node *list = pd_node_get(root, key);
    const bool none = pd_node_is_null(list) || (list->kind == PD_NODE_SEQUENCE && list->n_children == 0);
    return none ? all_pairs(reader)
                : pd_model_read_rules(reader, root, key, &reader->model->rules, &reader->model->n_rules);
}

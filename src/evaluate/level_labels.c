/* SPDX-License-Identifier: MIT
 * Splink numbers levels from the top: the null level is -1, the others n-1 .. 0, where n leaves the null level out. */
#include "evaluate/level_labels.h"

#include "base/file.h"
#include "model/model.h"

void pd_level_labels_parse(struct pd_level_labels *labels, struct pd_text model)
{
    struct pd_text copy = { NULL, 0 };
    struct pd_node *root = NULL;
    *labels = (struct pd_level_labels){ .root = NULL };
    if (pd_arena_copy(&labels->arena, model, &copy, NULL) == PADAN_OK &&
        pd_document_parse(&labels->arena, copy, "model", &root, NULL) == PADAN_OK)
        labels->root = root;
}

void pd_level_labels_read(struct pd_level_labels *labels, const char *path)
{
    struct pd_buffer content = { 0 };
    *labels = (struct pd_level_labels){ .root = NULL };
    if (path == NULL) return;
    if (pd_file_read(path, PD_MODEL_BYTES_MAX, &content, NULL) == PADAN_OK)
        pd_level_labels_parse(labels, (struct pd_text){ content.data, content.length });
    pd_buffer_reset(&content);
}

/* A comparison's name as it stands in column names: signs and blanks become '_'. */
static bool same_column(struct pd_text name, struct pd_text column)
{
    if (name.length != column.length) return false;
    for (size_t i = 0; i < name.length; i++) {
        const char byte = name.data[i];
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (byte != column.data[i] && (plain || column.data[i] != '_')) return false;
    }
    return true;
}

static bool is_null_level(const struct pd_node *level)
{
    bool null = false;
    const struct pd_node *mark = pd_node_get(level, "is_null_level");
    return mark != NULL && pd_node_to_bool(mark, &null) && null;
}

static struct pd_text text_of(const struct pd_node *node)
{
    if (node == NULL || node->kind != PD_NODE_SCALAR) return PD_TEXT("");
    return node->text;
}

static struct pd_text label_in(const struct pd_node *levels, int64_t gamma)
{
    int64_t number = -1;
    if (levels == NULL || levels->kind != PD_NODE_SEQUENCE) return PD_TEXT("");
    for (size_t i = 0; i < levels->n_children; i++) number += is_null_level(levels->items[i]) ? 0 : 1;
    for (size_t i = 0; i < levels->n_children; i++) {
        const bool null = is_null_level(levels->items[i]);
        if ((null ? -1 : number) == gamma) {
            const struct pd_text label = text_of(pd_node_get(levels->items[i], "label_for_charts"));
            return label.length > 0 ? label : text_of(pd_node_get(levels->items[i], "sql_condition"));
        }
        number -= null ? 0 : 1;
    }
    return PD_TEXT("");
}

struct pd_text pd_level_label(const struct pd_level_labels *labels, struct pd_text comparison, int64_t gamma)
{
    const struct pd_node *comparisons = pd_node_get(labels->root, "comparisons");
    if (comparisons == NULL || comparisons->kind != PD_NODE_SEQUENCE) return PD_TEXT("");
    for (size_t i = 0; i < comparisons->n_children; i++) {
        const struct pd_text name = text_of(pd_node_get(comparisons->items[i], "output_column_name"));
        if (same_column(name, comparison))
            return label_in(pd_node_get(comparisons->items[i], "comparison_levels"), gamma);
    }
    return PD_TEXT("");
}

/* The rule in a list of them, each a text or a mapping. */
static struct pd_text rule_in(const struct pd_node *rules, uint64_t index)
{
    const struct pd_node *rule = rules->items[index];
    return rule->kind == PD_NODE_MAPPING ? text_of(pd_node_get(rule, "blocking_rule")) : text_of(rule);
}

static uint64_t count_rules(const struct pd_node *rules)
{
    return rules != NULL && rules->kind == PD_NODE_SEQUENCE ? rules->n_children : 0;
}

struct pd_text pd_rule_label(const struct pd_level_labels *labels, uint64_t match_key)
{
    const struct pd_node *rules = pd_node_get(labels->root, "blocking_rules_to_generate_predictions");
    const struct pd_node *further = pd_node_get(pd_node_get(labels->root, "padan_unlinked"), "blocking_rules");
    const uint64_t n = count_rules(rules);
    if (match_key < n) return rule_in(rules, match_key);
    return match_key - n < count_rules(further) ? rule_in(further, match_key - n) : PD_TEXT("");
}

void pd_level_labels_reset(struct pd_level_labels *labels)
{
    pd_arena_reset(&labels->arena);
    labels->root = NULL;
}

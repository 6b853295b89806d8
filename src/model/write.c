/* SPDX-License-Identifier: MIT
 * A model as Splink JSON; pd_model_read reads it back to the same model. */
#include "base/buffer.h"
#include "model/date_columns.h"
#include "model/derived_columns.h"
#include "model/household_members.h"
#include "model/joined.h"
#include "model/own_keys.h"

static void append_key(struct pd_buffer *out, const char *indent, const char *key)
{
    pd_append_string(out, indent);
    pd_append_json(out, pd_text_of(key));
    pd_append_string(out, ": ");
}

static void append_text(struct pd_buffer *out, const char *indent, const char *key, struct pd_text text)
{
    if (text.length == 0) return;
    pd_append_string(out, ",\n");
    append_key(out, indent, key);
    pd_append_json(out, text);
}

static void append_flag(struct pd_buffer *out, const char *indent, const char *key, bool flag)
{
    if (!flag) return;
    pd_append_string(out, ",\n");
    append_key(out, indent, key);
    pd_append_string(out, "true");
}

static void append_real(struct pd_buffer *out, const char *indent, const char *key, double value)
{
    pd_append_string(out, ",\n");
    append_key(out, indent, key);
    pd_append_exact(out, value);
}

static void append_level(struct pd_buffer *out, const struct pd_level *level)
{
    static const char indent[] = "          ";
    pd_append_string(out, "        {\n");
    append_key(out, indent, "sql_condition");
    pd_append_json(out, level->sql);
    append_text(out, indent, "label_for_charts", level->label);
    append_flag(out, indent, "is_null_level", level->is_null_level);
    const bool from_ratio = level->is_null_level || level->weight == pd_weight_of_ratio(level->m / level->u);
    if (!from_ratio) append_real(out, indent, "padan_weight", pd_weight_to_double(level->weight));
    if (!level->is_null_level && from_ratio) append_real(out, indent, "m_probability", level->m);
    if (!level->is_null_level && from_ratio) append_real(out, indent, "u_probability", level->u);
    append_flag(out, indent, "fix_m_probability", level->fix_m);
    append_flag(out, indent, "fix_u_probability", level->fix_u);
    append_text(out, indent, "tf_adjustment_column", level->tf_column);
    if (level->tf_column.length > 0) append_real(out, indent, "tf_adjustment_weight", level->tf_weight);
    if (level->tf_minimum_u > 0) append_real(out, indent, "tf_minimum_u_value", level->tf_minimum_u);
    append_flag(out, indent, "disable_tf_exact_match_detection", level->tf_disable_exact_match_detection);
    pd_append_string(out, "\n        }");
}

/* own_keys: what goes behind the description. */
static void append_comparison(struct pd_buffer *out, const struct pd_comparison *comparison, struct pd_text own_keys)
{
    struct pd_buffer description = { 0 };
    if (own_keys.length > 0) pd_own_keys_append(comparison->description, own_keys, &description);
    pd_append_string(out, "    {\n      \"output_column_name\": ");
    pd_append_json(out, comparison->name);
    append_text(out, "      ", "comparison_description",
                own_keys.length > 0 ? (struct pd_text){ description.data, description.length }
                                    : comparison->description);
    if (out->status == PADAN_OK) out->status = description.status;
    pd_buffer_reset(&description);
    pd_append_string(out, ",\n      \"comparison_levels\": [\n");
    for (size_t i = 0; i < comparison->n_levels; i++) {
        if (i > 0) pd_append_string(out, ",\n");
        append_level(out, &comparison->levels[i]);
    }
    pd_append_string(out, "\n      ]\n    }");
}

static void append_words(struct pd_buffer *out, const struct pd_rule_words *words)
{
    pd_append_string(out, ", \"padan_words\": {\"name\": ");
    pd_append_json(out, words->name);
    for (size_t i = 0; i < words->n_texts; i++) {
        pd_append_string(out, i == 0 ? ", \"texts\": [" : ", ");
        pd_append_json(out, words->texts[i]->text);
    }
    pd_append_format(out, "], \"most_rows\": %u}", (unsigned)words->most_rows);
}

static void append_rule(struct pd_buffer *out, const struct pd_blocking_rule *rule)
{
    pd_append_string(out, "    {\"blocking_rule\": ");
    pd_append_json(out, rule->sql);
    if (rule->n_explode > 0) pd_append_string(out, ", \"arrays_to_explode\": [");
    for (size_t i = 0; i < rule->n_explode; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, rule->explode[i]);
    }
    if (rule->n_explode > 0) pd_append_byte(out, ']');
    if (rule->words.n_texts > 0) append_words(out, &rule->words);
    if (rule->n_refine > 0) pd_append_string(out, ", \"padan_refine\": [");
    for (size_t i = 0; i < rule->n_refine; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, rule->refine[i]->text);
    }
    if (rule->n_refine > 0) pd_append_byte(out, ']');
    if (rule->max_pairs > 0) pd_append_format(out, ", \"padan_max_pairs\": %llu", (unsigned long long)rule->max_pairs);
    pd_append_byte(out, '}');
}

static void append_rules(struct pd_buffer *out, const struct pd_blocking_rule *rules, size_t n_rules)
{
    for (size_t i = 0; i < n_rules; i++) {
        if (i > 0) pd_append_string(out, ",\n");
        append_rule(out, &rules[i]);
    }
}

static void append_unlinked(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_unlinked_rules == 0) return;
    pd_append_string(out, ",\n  \"padan_unlinked\": {\"review\": ");
    pd_append_exact(out, model->unlinked_weight);
    if (model->n_first_rules < model->n_rules) pd_append_format(out, ", \"first_rules\": %zu", model->n_first_rules);
    if (model->without_register_weight < model->review_weight) {
        pd_append_string(out, ", \"without_register\": ");
        pd_append_exact(out, model->without_register_weight);
    }
    pd_append_string(out, ", \"blocking_rules\": [\n");
    append_rules(out, model->unlinked_rules, model->n_unlinked_rules);
    pd_append_string(out, "\n  ]}");
}

static void append_decisions(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_decisions == 0) return;
    pd_append_string(out, ",\n  \"padan_decisions\": [\n");
    for (size_t i = 0; i < model->n_decisions; i++) {
        const struct pd_decision *decision = &model->decisions[i];
        pd_append_string(out, i > 0 ? ",\n    {\"id\": " : "    {\"id\": ");
        pd_append_json(out, decision->id);
        pd_append_string(out, ", \"when\": ");
        pd_append_json(out, decision->sql);
        pd_append_format(out, ", \"class\": \"%s\"", pd_decision_class_name(decision->class));
        if (decision->certify) pd_append_string(out, ", \"certify\": true");
        pd_append_byte(out, '}');
    }
    pd_append_string(out, "\n  ]");
}

static void append_tf_file(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->tf_file.length == 0) return;
    pd_append_string(out, ",\n  \"padan_tf_file\": {\"path\": ");
    pd_append_json(out, model->tf_file);
    pd_append_string(out, ", \"sha256\": ");
    pd_append_json(out, model->tf_sha256);
    pd_append_byte(out, '}');
}

static void append_source_pairs(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_source_pairs == 0) return;
    pd_append_string(out, ",\n  \"padan_source_pairs\": [\n");
    for (size_t i = 0; i < model->n_source_pairs; i++) {
        const struct pd_source_pair *pair = &model->source_pairs[i];
        pd_append_string(out, i > 0 ? ",\n    {\"source_dataset_l\": " : "    {\"source_dataset_l\": ");
        pd_append_json(out, pair->left);
        pd_append_string(out, ", \"source_dataset_r\": ");
        pd_append_json(out, pair->right);
        pd_append_string(out, ", \"probability_two_random_records_match\": ");
        pd_append_exact(out, pair->lambda);
        if (pair->has_automatic) pd_append_string(out, ", \"padan_automatic\": ");
        if (pair->has_automatic) pd_append_exact(out, pair->automatic);
        pd_append_byte(out, '}');
    }
    pd_append_string(out, "\n  ]");
}

static void append_thresholds(struct pd_buffer *out, const struct pd_model *model)
{
    if (!model->has_thresholds) return;
    pd_append_string(out, ",\n  \"padan_thresholds\": {\"review\": ");
    pd_append_exact(out, model->review_weight);
    pd_append_string(out, ", \"automatic\": ");
    pd_append_exact(out, model->automatic_weight);
    pd_append_byte(out, '}');
}

static void append_clusters(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->clustering != PD_CLUSTER_COMPONENTS)
        append_text(out, "  ", "padan_clusters", pd_text_of(pd_clustering_name(model->clustering)));
}

/* What a model without keys of our own may have got from training or from the command line. */
static void collect_own_keys(struct pd_buffer *out, const struct pd_model *model)
{
    append_thresholds(out, model);
    append_source_pairs(out, model);
    append_clusters(out, model);
    append_tf_file(out, model);
    append_decisions(out, model);
}

/* Keys of our own, as they stand in a model that was read with some. */
static void append_own_keys(struct pd_buffer *out, const struct pd_model *model)
{
    append_thresholds(out, model);
    append_unlinked(out, model);
    append_source_pairs(out, model);
    append_clusters(out, model);
    if (model->max_pairs_per_block > 0)
        pd_append_format(out, ",\n  \"padan_max_pairs_per_block\": %llu",
                         (unsigned long long)model->max_pairs_per_block);
    if (!model->tf_from_input)
        pd_column_expressions_append(out, "padan_tf", model->tf_expressions, model->n_tf_expressions);
    append_tf_file(out, model);
}

static void append_comparisons(struct pd_buffer *out, const struct pd_model *model)
{
    struct pd_buffer own_keys = { 0 };
    if (!model->has_own_keys) collect_own_keys(&own_keys, model);
    for (size_t i = 0; i < model->n_comparisons; i++) {
        if (i > 0) pd_append_string(out, ",\n");
        append_comparison(out, &model->comparisons[i],
                          i == 0 ? (struct pd_text){ own_keys.data, own_keys.length } : PD_TEXT(""));
    }
    if (out->status == PADAN_OK) out->status = own_keys.status;
    pd_buffer_reset(&own_keys);
}

static void append_aliases(struct pd_buffer *out, const struct pd_model *model)
{
    if (model->n_aliases == 0) return;
    pd_append_string(out, ",\n  \"padan_columns\": {");
    for (size_t i = 0; i < model->n_aliases; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, model->aliases[i].from);
        pd_append_string(out, ": ");
        pd_append_json(out, model->aliases[i].into);
    }
    pd_append_byte(out, '}');
}

void pd_model_write(const struct pd_model *model, struct pd_buffer *out)
{
    pd_append_format(out, "{\n  \"link_type\": \"%s\"", pd_link_type_name(model->link_type));
    if (model->has_name) append_text(out, "  ", "padan_name", model->name);
    append_text(out, "  ", "padan_normalise", pd_text_of(model->cleans_columns ? "indonesia" : NULL));
    if (model->household_bits > 0) append_real(out, "  ", "padan_household_bits", model->household_bits);
    if (model->unguarded) pd_append_string(out, ",\n  \"padan_guard\": false");
    append_aliases(out, model);
    pd_model_append_dates(out, model);
    if (model->made_from_rows) pd_append_string(out, ",\n  \"padan_made_from_rows\": true");
    if (model->columns_as_texts) pd_append_string(out, ",\n  \"padan_columns_as_texts\": true");
    if (model->optional_columns) pd_append_string(out, ",\n  \"padan_optional_columns\": true");
    if (model->matches_per_record > 0) append_real(out, "  ", "padan_matches_per_record", model->matches_per_record);
    pd_model_append_joined(out, model);
    if (model->n_derived > 0)
        pd_column_expressions_append(out, "padan_derived_columns", model->derived, model->n_derived);
    pd_model_append_household_members(out, model);
    append_text(out, "  ", "unique_id_column_name", model->unique_id_column);
    append_text(out, "  ", "source_dataset_column_name", model->source_column);
    append_real(out, "  ", "probability_two_random_records_match", model->lambda);
    if (model->has_own_keys) append_own_keys(out, model);
    pd_append_string(out, ",\n  \"blocking_rules_to_generate_predictions\": [\n");
    append_rules(out, model->rules, model->n_rules);
    pd_append_string(out, "\n  ],\n  \"comparisons\": [\n");
    append_comparisons(out, model);
    pd_append_string(out, "\n  ]");
    if (model->has_own_keys) append_decisions(out, model);
    pd_append_string(out, "\n}\n");
}

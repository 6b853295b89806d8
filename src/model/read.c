/* SPDX-License-Identifier: MIT
 * Reading a model: Splink's settings (v4 and v5) and our own keys, from JSON or YAML. */
#include "base/document.h"
#include "model/date_columns.h"
#include "model/derived_columns.h"
#include "model/frequencies.h"
#include "model/household_members.h"
#include "model/joined.h"
#include "model/own_keys.h"
#include "model/read_level.h"

#include <math.h>
#include <stdio.h>

/* --- comparisons, decisions --- */

/* Its columns in pairs.csv must be its own. */
static enum padan_status check_name(const struct pd_model_reader *reader, const struct pd_node *node, size_t index)
{
    const struct pd_comparison *comparisons = reader->model->comparisons;
    for (size_t i = 0; i < index; i++)
        if (pd_text_equal(comparisons[i].column_name, comparisons[index].column_name))
            return pd_model_wrong(reader, node,
                                  "comparisons %zu and %zu are both called \"%.*s\" in the results; give one another "
                                  "output_column_name",
                                  i + 1, index + 1, PD_TEXT_ARGS(comparisons[index].column_name));
    return PADAN_OK;
}

static enum padan_status read_comparisons(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *list = pd_node_get(root, "comparisons");
    if (pd_node_is_null(list) || list->kind != PD_NODE_SEQUENCE || list->n_children == 0)
        return pd_model_wrong(reader, root, "comparisons must list at least one comparison");
    if (list->n_children > PD_COMPARISONS_MAX)
        return pd_model_wrong(reader, list, "more than %d comparisons", PD_COMPARISONS_MAX);
    PD_TRY(pd_arena_allocate(&model->arena, &model->comparisons, list->n_children * sizeof *model->comparisons,
                             reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        PD_TRY(pd_model_read_comparison(reader, list->items[i], &model->comparisons[i]));
        PD_TRY(check_name(reader, list->items[i], i));
        model->n_comparisons++;
    }
    return PADAN_OK;
}

static enum padan_status read_class(const struct pd_model_reader *reader, const struct pd_node *node,
                                    enum pd_class *class)
{
    struct pd_text text;
    PD_TRY(pd_model_text(reader, node, "class", &text));
    if (pd_decision_class_parse(text, class)) return PADAN_OK;
    return pd_model_wrong(reader, node, "class must be otomatis, tinjau or tidak_padan");
}

static enum padan_status read_decisions(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = { "id", "when", "class", "certify", NULL };
    struct pd_model *model = reader->model;
    const struct pd_node *list = pd_node_get(root, "padan_decisions");
    if (pd_node_is_null(list)) return PADAN_OK;
    if (list->kind != PD_NODE_SEQUENCE || list->n_children > 250)
        return pd_model_wrong(reader, list, "padan_decisions must be a list of at most 250 decisions");
    PD_TRY(pd_arena_allocate(&model->arena, &model->decisions, list->n_children * sizeof *model->decisions,
                             reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        const struct pd_node *node = list->items[i];
        struct pd_decision *decision = &model->decisions[i];
        char where[256];
        (void)snprintf(where, sizeof where, "%s:%u, decision %zu", reader->name, node->line, i + 1);
        PD_TRY(pd_model_check_keys(reader, node, known));
        PD_TRY(pd_model_text(reader, node, "id", &decision->id));
        PD_TRY(pd_model_text(reader, node, "when", &decision->sql));
        PD_TRY(pd_model_flag(reader, node, "certify", &decision->certify));
        PD_TRY(read_class(reader, node, &decision->class));
        PD_TRY(pd_expression_parse(&model->arena, decision->sql, PD_MODE_ROW, reader->functions, where,
                                   &decision->condition, reader->error));
        model->n_decisions++;
    }
    return PADAN_OK;
}

/* --- the rest --- */

static enum padan_status read_tf(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    model->tf_from_input = pd_node_is_null(pd_node_get(root, "padan_tf"));
    return pd_column_expressions_read(reader, root, "padan_tf", &model->tf_expressions, &model->n_tf_expressions);
}

static enum padan_status read_aliases(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_columns");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "padan_columns must map names of columns to the names used in the model");
    PD_TRY(pd_arena_allocate(&model->arena, &model->aliases, (node->n_children + 1) * sizeof *model->aliases,
                             reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        struct pd_column_alias *alias = &model->aliases[model->n_aliases++];
        PD_TRY(pd_arena_copy(&model->arena, node->keys[i]->text, &alias->from, reader->error));
        PD_TRY(pd_arena_copy(&model->arena, node->items[i]->text, &alias->into, reader->error));
    }
    return PADAN_OK;
}

static enum padan_status read_tf_file(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = { "path", "sha256", NULL };
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_tf_file");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, node, "padan_tf_file needs path and sha256");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "path", &model->tf_file));
    PD_TRY(pd_model_text(reader, node, "sha256", &model->tf_sha256));
    if (model->tf_file.length == 0 || model->tf_sha256.length != 64 ||
        memchr(model->tf_file.data, '/', model->tf_file.length) != NULL)
        return pd_model_wrong(reader, node, "padan_tf_file needs the path of a file beside the model, and its sha256");
    return PADAN_OK;
}

static enum padan_status read_link_type(const struct pd_model_reader *reader, const struct pd_node *root)
{
    const struct pd_node *node = pd_node_get(root, "link_type");
    if (pd_node_is_null(node) || pd_link_type_parse(node->text, &reader->model->link_type)) return PADAN_OK;
    return pd_model_wrong(reader, node, "link_type must be dedupe_only, link_only or link_and_dedupe");
}

static enum padan_status read_thresholds(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = { "review", "automatic", NULL };
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_thresholds");
    bool has_review = false;
    bool has_automatic = false;
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "padan_thresholds needs review and automatic");
    for (size_t i = 0; i < node->n_children; i++) {
        size_t j = 0;
        while (known[j] != NULL && !pd_text_equal(node->keys[i]->text, pd_text_of(known[j]))) j++;
        if (known[j] == NULL)
            return pd_model_wrong(reader, node->keys[i], "unknown key \"%.*s\"", PD_TEXT_ARGS(node->keys[i]->text));
    }
    PD_TRY(pd_model_number(reader, node, "review", &model->review_weight, &has_review));
    PD_TRY(pd_model_number(reader, node, "automatic", &model->automatic_weight, &has_automatic));
    if (!has_review || !has_automatic || model->review_weight > model->automatic_weight)
        return pd_model_wrong(reader, node, "padan_thresholds needs review <= automatic, in bits");
    model->has_thresholds = true;
    return PADAN_OK;
}

/* After read_thresholds. */
static enum padan_status read_unlinked(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = { "review", "first_rules", "without_register", "blocking_rules", NULL };
    struct pd_model *model = reader->model;
    const struct pd_node *node = pd_node_get(root, "padan_unlinked");
    double first_rules = (double)model->n_rules;
    bool found = false;
    model->unlinked_weight = model->without_register_weight = model->review_weight;
    model->n_first_rules = model->n_rules;
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "padan_unlinked needs review and blocking_rules");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_number(reader, node, "review", &model->unlinked_weight, &found));
    if (!found || !model->has_thresholds || model->unlinked_weight > model->review_weight)
        return pd_model_wrong(reader, node, "padan_unlinked needs a review that is not above that of padan_thresholds");
    PD_TRY(pd_model_number(reader, node, "without_register", &model->without_register_weight, &found));
    if (model->without_register_weight > model->review_weight)
        return pd_model_wrong(reader, node,
                              "without_register of padan_unlinked is above the review of padan_thresholds");
    PD_TRY(pd_model_number(reader, node, "first_rules", &first_rules, &found));
    if (!(first_rules >= 1 && first_rules <= (double)model->n_rules) || first_rules != floor(first_rules))
        return pd_model_wrong(reader, node, "first_rules of padan_unlinked is a number of the model's rules, 1 to %zu",
                              model->n_rules);
    model->n_first_rules = (size_t)first_rules;
    return pd_model_read_rules(reader, node, "blocking_rules", &model->unlinked_rules, &model->n_unlinked_rules);
}

static enum padan_status read_source_pair(const struct pd_model_reader *reader, const struct pd_node *node,
                                          struct pd_source_pair *pair)
{
    static const char *const known[] = { "source_dataset_l", "source_dataset_r", "probability_two_random_records_match",
                                         "padan_automatic", NULL };
    bool found = false;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "an entry of padan_source_pairs is a mapping");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(pd_model_text(reader, node, "source_dataset_l", &pair->left));
    PD_TRY(pd_model_text(reader, node, "source_dataset_r", &pair->right));
    PD_TRY(pd_model_number(reader, node, "probability_two_random_records_match", &pair->lambda, &found));
    if (!found || !(pair->lambda > 0 && pair->lambda < 1) || pair->left.length == 0 || pair->right.length == 0)
        return pd_model_wrong(reader, node,
                              "an entry of padan_source_pairs needs source_dataset_l, source_dataset_r and "
                              "probability_two_random_records_match between 0 and 1");
    pair->prior = pd_weight_of_ratio(pair->lambda / (1 - pair->lambda));
    return pd_model_number(reader, node, "padan_automatic", &pair->automatic, &pair->has_automatic);
}

static enum padan_status read_source_pairs(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *list = pd_node_get(root, "padan_source_pairs");
    if (pd_node_is_null(list)) return PADAN_OK;
    if (list->kind != PD_NODE_SEQUENCE) return pd_model_wrong(reader, list, "padan_source_pairs must be a list");
    PD_TRY(pd_arena_allocate(&model->arena, &model->source_pairs, (list->n_children + 1) * sizeof *model->source_pairs,
                             reader->error));
    for (size_t i = 0; i < list->n_children; i++) {
        PD_TRY(read_source_pair(reader, list->items[i], &model->source_pairs[i]));
        model->n_source_pairs++;
    }
    return PADAN_OK;
}

static enum padan_status read_joining(const struct pd_model_reader *reader, const struct pd_node *root)
{
    const struct pd_node *node = pd_node_get(root, "padan_clusters");
    if (pd_node_is_null(node) || pd_clustering_parse(node->text, &reader->model->clustering)) return PADAN_OK;
    return pd_model_wrong(reader, node,
                          "padan_clusters must be components, groups, one_to_one, pairs, best_link or mutual");
}

static enum padan_status read_lambda(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    bool found = false;
    PD_TRY(pd_model_number(reader, root, "padan_matches_per_record", &model->matches_per_record, &found));
    if (found && !(model->matches_per_record > 0 && model->matches_per_record <= 1000))
        return pd_model_wrong(reader, root, "padan_matches_per_record must be above 0 and at most 1000");
    model->lambda = 0.0001; /* Splink's default */
    PD_TRY(pd_model_number(reader, root, "probability_two_random_records_match", &model->lambda, &found));
    if (!(model->lambda > 0 && model->lambda < 1))
        return pd_model_wrong(reader, root, "probability_two_random_records_match must be between 0 and 1");
    model->prior = pd_weight_of_ratio(model->lambda / (1 - model->lambda));
    return PADAN_OK;
}

/* Where the keys are that a trained model may bring along: in the description of its first comparison (own_keys.h),
 * else beside all others. */
static enum padan_status find_own_keys(const struct pd_model_reader *reader, const struct pd_node *root,
                                       const struct pd_node **own)
{
    static const char *const known[] = { "padan_thresholds", "padan_decisions", "padan_source_pairs",
                                         "padan_tf_file",    "padan_clusters",  NULL };
    const struct pd_node *list = pd_node_get(root, "comparisons");
    const bool is_list = !pd_node_is_null(list) && list->kind == PD_NODE_SEQUENCE && list->n_children > 0;
    const struct pd_node *description = is_list && list->items[0]->kind == PD_NODE_MAPPING
                                            ? pd_node_get(list->items[0], "comparison_description")
                                            : NULL;
    struct pd_text words, object;
    struct pd_node *node = NULL;
    *own = root;
    if (pd_node_is_null(description)) return PADAN_OK;
    pd_own_keys_part(description->text, &words, &object);
    if (object.length == 0) return PADAN_OK;
    PD_TRY(pd_document_parse(&reader->model->arena, object, reader->name, &node, reader->error));
    *own = node;
    return pd_model_check_keys(reader, node, known);
}

/* What clustering does beyond the pairs' weights. */
static enum padan_status read_clustering(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    bool guard = true;
    bool found = false;
    PD_TRY(pd_model_number(reader, root, "padan_household_bits", &model->household_bits, &found));
    if (!(model->household_bits >= 0 && model->household_bits <= 64))
        return pd_model_wrong(reader, root, "padan_household_bits must be between 0 and 64");
    if (!pd_node_is_null(pd_node_get(root, "padan_guard"))) PD_TRY(pd_model_flag(reader, root, "padan_guard", &guard));
    model->unguarded = !guard;
    return PADAN_OK;
}

static enum padan_status check_root(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = {
        "link_type", "probability_two_random_records_match", "blocking_rules_to_generate_predictions", "comparisons",
        "unique_id_column_name", "source_dataset_column_name", "padan_name", "padan_thresholds", "padan_decisions",
        "padan_source_pairs", "padan_tf_file", "padan_max_pairs_per_block", "padan_normalise", "padan_tf",
        "padan_clusters", "padan_household_bits", "padan_guard", "padan_unlinked", "padan_columns",
        "padan_joined_columns", "padan_household_members", "padan_optional_columns", "padan_matches_per_record",
        "padan_derived_columns", "padan_columns_as_texts", "padan_dates", "padan_made_from_rows",
        /* Splink's own, with no effect on results */
        "em_convergence", "max_iterations", "additional_columns_to_retain", "retain_matching_columns",
        "retain_intermediate_calculation_columns", "bayes_factor_column_prefix", "match_weight_column_prefix",
        "comparison_vector_value_column_prefix", "term_frequency_adjustment_column_prefix", "linker_uid", "sql_dialect",
        NULL
    };
    if (root->kind != PD_NODE_MAPPING) return pd_model_wrong(reader, root, "a model is a mapping of keys");
    return pd_model_check_keys(reader, root, known);
}

/* What the model is called, and what it calls columns. */
static enum padan_status read_names(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    struct pd_text normalise = { NULL, 0 };
    PD_TRY(pd_model_text(reader, root, "padan_name", &model->name));
    model->has_name = model->name.length > 0;
    if (!model->has_name) PD_TRY(pd_arena_copy(&model->arena, pd_text_of(reader->name), &model->name, reader->error));
    PD_TRY(pd_model_text(reader, root, "padan_normalise", &normalise));
    model->cleans_columns = pd_text_equal(normalise, PD_TEXT("indonesia"));
    if (normalise.length > 0 && !model->cleans_columns)
        return pd_model_wrong(reader, root, "padan_normalise knows \"indonesia\" only");
    PD_TRY(pd_model_text(reader, root, "unique_id_column_name", &model->unique_id_column));
    return pd_model_text(reader, root, "source_dataset_column_name", &model->source_column);
}

static enum padan_status read_largest_block(const struct pd_model_reader *reader, const struct pd_node *root)
{
    double max_pairs = 0;
    bool found = false;
    PD_TRY(pd_model_number(reader, root, "padan_max_pairs_per_block", &max_pairs, &found));
    if (max_pairs < 0) return pd_model_wrong(reader, root, "padan_max_pairs_per_block must not be negative");
    reader->model->max_pairs_per_block = (uint64_t)max_pairs;
    return PADAN_OK;
}

/* How columns of files become those of the model. */
static enum padan_status read_columns(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    PD_TRY(read_aliases(reader, root));
    PD_TRY(pd_model_flag(reader, root, "padan_optional_columns", &model->optional_columns));
    PD_TRY(pd_model_flag(reader, root, "padan_made_from_rows", &model->made_from_rows));
    PD_TRY(pd_model_flag(reader, root, "padan_columns_as_texts", &model->columns_as_texts));
    PD_TRY(pd_model_read_joined(reader, root));
    return pd_column_expressions_read(reader, root, "padan_derived_columns", &model->derived, &model->n_derived);
}

static enum padan_status read_root(const struct pd_model_reader *reader, const struct pd_node *root)
{
    struct pd_model *model = reader->model;
    const struct pd_node *own = NULL;
    PD_TRY(check_root(reader, root));
    PD_TRY(read_names(reader, root));
    PD_TRY(read_largest_block(reader, root));
    PD_TRY(read_link_type(reader, root));
    PD_TRY(read_lambda(reader, root));
    PD_TRY(read_clustering(reader, root));
    const bool beside_others = model->has_own_keys;
    PD_TRY(find_own_keys(reader, root, &own));
    PD_TRY(read_thresholds(reader, own));
    PD_TRY(read_source_pairs(reader, own));
    PD_TRY(read_joining(reader, own));
    PD_TRY(read_columns(reader, root));
    PD_TRY(read_tf(reader, root));
    PD_TRY(read_tf_file(reader, own));
    PD_TRY(pd_model_read_main_rules(reader, root));
    PD_TRY(read_unlinked(reader, root));
    PD_TRY(read_comparisons(reader, root));
    PD_TRY(pd_model_read_household_members(reader, root));
    PD_TRY(pd_model_read_dates(reader, root));
    PD_TRY(read_decisions(reader, own));
    if (own != root) model->has_own_keys = beside_others;
    return PADAN_OK;
}

enum padan_status pd_model_read(struct pd_model *model, struct pd_text content, const char *name,
                                const struct pd_function_set *functions, struct padan_error *error)
{
    struct pd_node *root = NULL;
    const struct pd_model_reader reader = { model, name, functions, error };
    *model = (struct pd_model){ .link_type = PD_DEDUPE_ONLY };
    enum padan_status status = pd_document_parse(&model->arena, content, name, &root, error);
    if (status == PADAN_OK) status = read_root(&reader, root);
    if (status != PADAN_OK) pd_model_reset(model);
    return status;
}

void pd_model_reset(struct pd_model *model)
{
    pd_frequencies_free(model->own_frequencies);
    pd_arena_reset(&model->arena);
    *model = (struct pd_model){ .n_rules = 0 };
}

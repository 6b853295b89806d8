/* SPDX-License-Identifier: MIT
 * Training rules: those asked for, else those of the model and one per comparison that begins with a plain equality, as
 * far as its pairs hold enough matches to learn from. */
#include "base/buffer.h"
#include "base/hash.h"
#include "block/keys.h"
#include "training/count.h"
#include "training/trainer_state.h"

#include <math.h>
#include <stdio.h>

/* A rule made here is used up to so many pairs per record: matches are about as many as records, and a mixture with
 * less than a percent of them is hardly told apart. */
enum { PAIRS_PER_RECORD = 20 };

/* --- choosing --- */

static enum padan_status add_rule(struct pd_trainer *trainer, struct pd_text sql, struct pd_expression *condition,
                                  struct padan_error *error)
{
    struct pd_model *training = &trainer->training;
    struct pd_expression *parsed = condition;
    if (training->n_rules == PD_RULES_MAX) return PADAN_OK;
    if (parsed == NULL)
        PD_TRY(pd_expression_parse(&trainer->arena, sql, PD_MODE_RULE, pd_linker_functions(), "training rule", &parsed,
                                   error));
    training->rules[training->n_rules++] = (struct pd_blocking_rule){ .sql = sql, .condition = parsed };
    return PADAN_OK;
}

/* The column that the first level of a comparison compares as it is; "" when there is none. */
static struct pd_text plain_column(const struct pd_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        const struct pd_expression *condition = level->condition;
        if (condition == NULL || condition->op != PD_OP_EQUAL) break;
        const struct pd_expression *a = condition->children[0];
        const struct pd_expression *b = condition->children[1];
        const bool plain = a->op == PD_OP_COLUMN && b->op == PD_OP_COLUMN && a->side != b->side;
        return plain && pd_text_equal(a->column, b->column) ? a->column : PD_TEXT("");
    }
    return PD_TEXT("");
}

static void append_side(struct pd_buffer *out, char side, struct pd_text column)
{
    pd_append_format(out, "%c.\"", side);
    for (size_t i = 0; i < column.length; i++) {
        if (column.data[i] == '"') pd_append_byte(out, '"');
        pd_append_byte(out, column.data[i]);
    }
    pd_append_byte(out, '"');
}

static bool known_rule(const struct pd_trainer *trainer, struct pd_text column)
{
    for (size_t i = 0; i < trainer->training.n_rules; i++) {
        const struct pd_expression *condition = trainer->training.rules[i].condition;
        if (condition->op == PD_OP_EQUAL && condition->children[0]->op == PD_OP_COLUMN &&
            condition->children[1]->op == PD_OP_COLUMN && pd_text_equal(condition->children[0]->column, column))
            return true;
    }
    return false;
}

static enum padan_status add_own_rules(struct pd_trainer *trainer, struct padan_error *error)
{
    for (size_t i = 0; i < trainer->n_comparisons; i++) {
        const struct pd_text column = plain_column(&trainer->model->comparisons[i]);
        struct pd_buffer sql = { 0 };
        struct pd_text kept = PD_TEXT("");
        if (column.length == 0 || known_rule(trainer, column)) continue;
        append_side(&sql, 'l', column);
        pd_append_string(&sql, " = ");
        append_side(&sql, 'r', column);
        enum padan_status status = pd_buffer_status(&sql, error);
        if (status == PADAN_OK)
            status = pd_arena_copy(&trainer->arena, (struct pd_text){ sql.data, sql.length }, &kept, error);
        pd_buffer_reset(&sql);
        if (status == PADAN_OK) status = add_rule(trainer, kept, NULL, error);
        if (status != PADAN_OK) return status;
    }
    return PADAN_OK;
}

/* The blocking rules of the model; those over elements of arrays have no key that a record has once. */
static enum padan_status add_model_rules(struct pd_trainer *trainer, struct padan_error *error)
{
    for (size_t i = 0; i < trainer->model->n_rules; i++) {
        const struct pd_blocking_rule *rule = &trainer->model->rules[i];
        PD_TRY(!pd_rule_explodes(rule)
                   ? add_rule(trainer, rule->sql, rule->condition, error)
                   : pd_trainer_warn(
                         trainer, error,
                         "rule \"%.*s\" is over elements of arrays or words and is not trained on; blocking uses it",
                         PD_TEXT_ARGS(rule->sql)));
    }
    return PADAN_OK;
}

enum padan_status pd_trainer_make_linker(const struct pd_trainer *trainer, struct pd_model *model,
                                         struct pd_linker *linker, struct padan_error *error)
{
    PD_TRY(pd_linker_make(linker, trainer->table, model, trainer->threads, error));
    if (!trainer->options->left_by_id) return PADAN_OK;
    const enum padan_status status = pd_linker_order_pairs(linker, error);
    if (status != PADAN_OK) pd_linker_reset(linker);
    return status;
}

enum padan_status pd_trainer_rules(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_options *options = trainer->options;
    struct pd_model *training = &trainer->training;
    *training = *trainer->model;
    training->n_rules = 0;
    training->max_pairs_per_block = 0;
    PD_TRY(pd_arena_allocate(&trainer->arena, &training->rules, PD_RULES_MAX * sizeof *training->rules, error));
    for (size_t i = 0; i < options->n_rules; i++) PD_TRY(add_rule(trainer, pd_text_of(options->rules[i]), NULL, error));
    size_t n_asked = options->n_rules;
    if (n_asked == 0) {
        PD_TRY(add_model_rules(trainer, error));
        n_asked = training->n_rules;
        PD_TRY(add_own_rules(trainer, error));
    }
    PD_TRY(
        pd_arena_allocate(&trainer->arena, &trainer->rules, (training->n_rules + 1) * sizeof *trainer->rules, error));
    for (size_t i = 0; i < training->n_rules; i++)
        trainer->rules[i] = (struct pd_training_rule){ .pass = i, .automatic = i >= n_asked, .scale = 1 };
    trainer->n_rules = training->n_rules;
    return pd_trainer_make_linker(trainer, training, &trainer->linker, error);
}

/* --- counting --- */

static bool keys_agree(const struct pd_trainer *trainer, const struct pd_pass *pass, struct pd_pair pair)
{
    for (size_t i = 0; i < pass->n_keys; i++)
        if (pd_column_is_null(&trainer->table->columns[pass->keys[i].left], pair.left) ||
            pd_column_is_null(&trainer->table->columns[pass->keys[i].right], pair.right))
            return false;
    return pd_key_equal(trainer->table, pass, pair.left, pair.right);
}

/* A pair satisfies pass i of the linker. */
static bool rule_holds(const struct pd_trainer *trainer, int worker, size_t pass, struct pd_pair pair)
{
    const struct pd_linker *linker = &trainer->linker;
    if (!keys_agree(trainer, &linker->passes.passes[pass], pair)) return false;
    return linker->n_residuals[pass] == 0 ||
           pd_plan_residual(&linker->plan, &linker->workers[worker], pass, pair.left, pair.right);
}

void pd_trainer_mark_rules(const struct pd_trainer *trainer, int worker, struct pd_pair pair, int8_t *pattern)
{
    int8_t *rest = pattern + trainer->n_comparisons;
    rest[0] = pd_trainer_label(trainer, pair.left, pair.right);
    rest[1] = (int8_t)pd_trainer_group(trainer, pair.left, pair.right);
    for (size_t i = 0; i < trainer->training.n_rules; i++) rest[2 + i] = (int8_t)rule_holds(trainer, worker, i, pair);
}

struct rule_context {
    const struct pd_trainer *trainer;
    size_t pass;
};

static bool rule_key(const void *context, uint32_t record, uint64_t *hash)
{
    const struct rule_context *rule = context;
    bool missing = false;
    pd_key_hashes(rule->trainer->table, &rule->trainer->linker.passes.passes[rule->pass], false, record, 1, hash,
                  &missing);
    return !missing;
}

static bool complete_pattern(const void *context, int worker, struct pd_pair pair, int8_t *pattern)
{
    const struct rule_context *rule = context;
    pd_trainer_mark_rules(rule->trainer, worker, pair, pattern);
    return pattern[rule->trainer->n_comparisons + 2 + rule->pass] != 0;
}

static enum padan_status count_pool(struct pd_trainer *trainer, struct pd_training_rule *rule,
                                    const struct pd_pool *pool, struct padan_error *error)
{
    const struct rule_context context = { trainer, rule->pass };
    const uint64_t most = trainer->max_pairs / 2 + 1;
    const struct pd_count_job job = { .linker = &trainer->linker,
                                      .pool = pool,
                                      .seed = trainer->options->seed,
                                      .stream = pd_hash_text(rule->told.sql),
                                      .n = pool->n_pairs < most ? pool->n_pairs : most,
                                      .complete = complete_pattern,
                                      .context = &context };
    rule->patterns.width = trainer->n_comparisons + 2 + trainer->training.n_rules;
    PD_TRY(pd_count_patterns(&job, &rule->patterns, &rule->told.n_counted, error));
    rule->scale = job.n == 0 ? 1 : (double)pool->n_pairs / (double)job.n;
    rule->told.n_pairs = (uint64_t)llround((double)rule->told.n_counted * rule->scale);
    return PADAN_OK;
}

static enum padan_status count_rule(struct pd_trainer *trainer, struct pd_training_rule *rule, bool *use,
                                    struct padan_error *error)
{
    const struct pd_pass *pass = &trainer->linker.passes.passes[rule->pass];
    const struct rule_context context = { trainer, rule->pass };
    const struct pd_lineage lineage = { trainer->options->origin, trainer->options->origin_context };
    struct pd_pool pool;
    *use = false;
    rule->told = (struct pd_trained_rule){ .sql = pass->sql,
                                           .masked = pd_lineage_mask(&lineage, trainer->model,
                                                                     trainer->training.rules[rule->pass].condition),
                                           .recall = NAN };
    if (!pass->symmetric)
        return pd_trainer_warn(trainer, error,
                               "rule \"%.*s\" compares different columns of the two rows and is not trained on",
                               PD_TEXT_ARGS(pass->sql));
    PD_TRY(pd_pool_make(&pool, trainer->table, trainer->scope, rule_key, &context, trainer->threads, error));
    const bool thin = rule->automatic && pool.n_pairs / PAIRS_PER_RECORD > trainer->table->n_records;
    enum padan_status status = PADAN_OK;
    if (!thin && pool.n_pairs > 0) status = count_pool(trainer, rule, &pool, error);
    pd_pool_reset(&pool);
    *use = status == PADAN_OK && rule->patterns.n > 0;
    if (status == PADAN_OK && !*use && !rule->automatic)
        status = pd_trainer_warn(trainer, error, "rule \"%.*s\" gives no pairs and is not trained on",
                                 PD_TEXT_ARGS(pass->sql));
    return status;
}

static void find_disjoint(struct pd_trainer *trainer)
{
    const struct pd_lineage lineage = { trainer->options->origin, trainer->options->origin_context };
    for (size_t i = 0; i < trainer->n_rules; i++)
        for (size_t j = 0; j < trainer->n_rules; j++)
            if (!pd_lineage_shared(&lineage, trainer->training.rules[trainer->rules[i].pass].condition,
                                   trainer->training.rules[trainer->rules[j].pass].condition))
                trainer->disjoint[i] |= UINT64_C(1) << j;
}

enum padan_status pd_trainer_count_rules(struct pd_trainer *trainer, struct padan_error *error)
{
    size_t n_used = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) {
        bool use = false;
        struct pd_training_rule rule = trainer->rules[i];
        const enum padan_status status = count_rule(trainer, &rule, &use, error);
        if (!use) pd_patterns_reset(&rule.patterns);
        if (use) trainer->rules[n_used++] = rule;
        if (status == PADAN_OK) continue;
        trainer->n_rules = n_used;
        return status;
    }
    trainer->n_rules = n_used;
    find_disjoint(trainer);
    return PADAN_OK;
}

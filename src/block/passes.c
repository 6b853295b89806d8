/* SPDX-License-Identifier: MIT
 * Rules to passes: the conjuncts `f(left) = g(right)` are keys, the rest is the residual condition. */
#include "base/memory.h"
#include "block/block.h"

void pd_passes_reset(struct pd_passes *passes)
{
    for (size_t i = 0; i < passes->n_passes; i++) {
        if (passes->passes[i].exploded != NULL) pd_exploded_reset(passes->passes[i].exploded);
    }
    pd_arena_reset(&passes->arena);
    *passes = (struct pd_passes){ 0 };
}

/* Words of the two columns can be compared directly; days of a DATE are no seconds of a TIMESTAMP. */
static bool words_agree(const struct pd_table *table, int left, int right)
{
    if (left == right) return true;
    const struct pd_column *a = &table->columns[left];
    const struct pd_column *b = &table->columns[right];
    if ((a->type == PD_TYPE_TIMESTAMP) != (b->type == PD_TYPE_TIMESTAMP)) return false;
    if (pd_encoding_is_integer(a->encoding) && pd_encoding_is_integer(b->encoding)) return true;
    if (a->encoding != b->encoding) return false;
    return a->encoding == PD_ENCODING_DOUBLE || a->encoding == PD_ENCODING_SMALL ||
           (a->dictionary != NULL && a->dictionary == b->dictionary);
}

static bool is_key(const struct pd_expression *conjunct)
{
    if (conjunct->op != PD_OP_EQUAL) return false;
    const struct pd_expression *a = conjunct->children[0];
    const struct pd_expression *b = conjunct->children[1];
    return a->sides != PD_SIDE_NONE && (a->sides | b->sides) == PD_SIDE_BOTH && (a->sides & b->sides) == 0 &&
           pd_derivable(a) && pd_derivable(b);
}

static enum padan_status add_key(struct pd_pass *pass, const struct pd_expression *conjunct, struct pd_deriver *deriver,
                                 bool *added, struct padan_error *error)
{
    const bool swapped = conjunct->children[0]->sides == PD_SIDE_RIGHT;
    struct pd_pass_key key = { 0 };
    PD_TRY(pd_derive(deriver, conjunct->children[swapped], &key.left, error));
    PD_TRY(pd_derive(deriver, conjunct->children[!swapped], &key.right, error));
    key.by_text = !words_agree(deriver->table, key.left, key.right);
    const struct pd_column *columns = deriver->table->columns;
    *added = !key.by_text || (columns[key.left].type == PD_TYPE_TEXT && columns[key.right].type == PD_TYPE_TEXT);
    if (!*added) return PADAN_OK;
    pass->keys[pass->n_keys++] = key;
    pass->symmetric = pass->symmetric && key.left == key.right;
    return PADAN_OK;
}

static enum padan_status compile_rule(const struct pd_blocking_rule *rule, struct pd_deriver *deriver,
                                      struct pd_arena *arena, struct pd_pass *pass, struct padan_error *error)
{
    struct pd_expression *only = rule->condition;
    struct pd_expression **conjuncts = only->op == PD_OP_AND ? only->children : &only;
    const size_t n_conjuncts = only->op == PD_OP_AND ? only->n_children : 1;
    pass->sql = rule->sql;
    pass->symmetric = true;
    pass->max_pairs = rule->max_pairs;
    PD_TRY(pd_arena_allocate(arena, &pass->residual, n_conjuncts * sizeof *pass->residual, error));
    for (size_t i = 0; i < n_conjuncts; i++) {
        bool added = false;
        if (is_key(conjuncts[i]) && pass->n_keys < PD_PASS_KEYS_MAX)
            PD_TRY(add_key(pass, conjuncts[i], deriver, &added, error));
        if (!added) pass->residual[pass->n_residual++] = conjuncts[i];
    }
    for (size_t i = 0; i < rule->n_refine; i++) {
        if (i == PD_PASS_REFINE_MAX)
            PD_FAIL(error, PADAN_UNSUPPORTED, "rule \"%.*s\" has more than %d padan_refine keys: leave some out",
                    PD_TEXT_ARGS(rule->sql), PD_PASS_REFINE_MAX);
        PD_TRY(pd_derive(deriver, rule->refine[i], &pass->refine[i], error));
        pass->n_refine++;
    }
    return PADAN_OK;
}

/* A rule over elements of arrays or words is compiled for its own table. */
static enum padan_status explode_rule(const struct pd_blocking_rule *rule, struct pd_deriver *deriver,
                                      struct pd_arena *arena, struct pd_pass *pass, struct padan_error *error)
{
    struct pd_exploded *exploded = NULL;
    PD_TRY(pd_arena_allocate(arena, &exploded, sizeof *exploded, error));
    PD_TRY(pd_exploded_make(exploded, deriver, rule, error));
    pass->exploded = exploded;
    return compile_rule(rule, &exploded->deriver, arena, pass, error);
}

enum padan_status pd_block_compile(const struct pd_model *model, struct pd_deriver *deriver, struct pd_passes *passes,
                                   struct padan_error *error)
{
    const size_t n = model->n_rules + model->n_unlinked_rules;
    *passes = (struct pd_passes){ .n_first = model->n_first_rules, .n_common = model->n_rules };
    PD_TRY(pd_arena_allocate(&passes->arena, &passes->passes, (n + 1) * sizeof *passes->passes, error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_blocking_rule *rule =
            i < model->n_rules ? &model->rules[i] : &model->unlinked_rules[i - model->n_rules];
        struct pd_pass *pass = &passes->passes[passes->n_passes++];
        PD_TRY(!pd_rule_explodes(rule) ? compile_rule(rule, deriver, &passes->arena, pass, error)
                                       : explode_rule(rule, deriver, &passes->arena, pass, error));
        if (pass->max_pairs == 0) pass->max_pairs = model->max_pairs_per_block;
    }
    return PADAN_OK;
}

static bool has_key(const struct pd_pass *pass, int column)
{
    for (size_t i = 0; i < pass->n_keys; i++)
        if (pass->keys[i].left == column) return true;
    return false;
}

bool pd_pass_tells(const struct pd_pass *pass, const struct pd_pass *other)
{
    for (size_t i = 0; i < other->n_keys; i++)
        if (!has_key(pass, other->keys[i].left)) return false;
    return true;
}

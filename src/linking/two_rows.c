/* SPDX-License-Identifier: MIT
 * Conditions of rules are evaluated by the interpreter, of all pairs of entries where a rule explodes arrays. */
#include "linking/two_rows.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "linking/level_fields.h"
#include "model/row_name.h"
#include "model/row_reader.h"
#include "table/dictionary.h"

#include <stdlib.h>

/* --- which rows --- */

static enum padan_status find_row(const struct pd_table *table, int unique_id, const char *name, size_t number,
                                  uint32_t *record, struct padan_error *error)
{
    struct pd_name_search search = { .name = pd_text_of(name) };
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        const struct pd_text source = table->sources[pd_table_source(table, (uint32_t)i)].name;
        if (pd_name_search_take(&search, source, pd_column_text(&table->columns[unique_id], i, scratch)))
            *record = (uint32_t)i;
    }
    if (search.n_found == 1) return PADAN_OK;
    if (search.n_found == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "no row of the files has id number %zu of the command line", number);
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "id number %zu of the command line stands for %zu rows: write source:id", number,
            search.n_found);
}

static enum padan_status find_pair(const struct pd_linker *linker, int unique_id, const struct pd_asked_pairs *asked,
                                   struct pd_pair *pair, struct padan_error *error)
{
    uint32_t rows[2] = { 0, 0 };
    if (unique_id < 0) PD_FAIL(error, PADAN_BAD_INPUT, "the files have no column of ids: rows cannot be named");
    for (size_t i = 0; i < 2; i++) PD_TRY(find_row(linker->table, unique_id, asked->ids[i], i + 1, &rows[i], error));
    if (rows[0] == rows[1]) PD_FAIL(error, PADAN_BAD_ARGUMENT, "both ids name one row: give two rows");
    *pair = pd_linker_pair(linker, rows[0], rows[1]);
    return PADAN_OK;
}

/* --- which rules --- */

struct judging {
    const struct pd_linker *linker;
    struct pd_pair pair;
    struct pd_evaluator evaluator;
};

static bool is_true(struct judging *judging, const struct pd_table *table, const struct pd_expression *condition,
                    struct pd_pair pair)
{
    struct pd_pair_reader reader = { .table = table, .left = pair.left, .right = pair.right };
    const struct pd_row_reader rows = pd_pair_row_reader(&reader);
    const bool holds = pd_value_is_true(pd_expression_evaluate(condition, &rows, &judging->evaluator));
    pd_evaluator_clear(&judging->evaluator);
    return holds;
}

/* Does any entry of the left row go with one of the right row? */
static bool exploded_holds(struct judging *judging, const struct pd_exploded *exploded,
                           const struct pd_expression *condition)
{
    const struct pd_pair pair = judging->pair;
    for (uint32_t left = exploded->begins[pair.left]; left < exploded->begins[pair.left + 1]; left++)
        for (uint32_t right = exploded->begins[pair.right]; right < exploded->begins[pair.right + 1]; right++)
            if (is_true(judging, &exploded->table, condition, (struct pd_pair){ left, right })) return true;
    return false;
}

/* Rules as match_key counts them: the model's, then those for unlinked rows. */
static const struct pd_blocking_rule *rule_at(const struct judging *judging, size_t index)
{
    const struct pd_model *model = judging->linker->model;
    return index < model->n_rules ? &model->rules[index] : &model->unlinked_rules[index - model->n_rules];
}

static bool rule_holds(struct judging *judging, size_t index)
{
    const struct pd_blocking_rule *rule = rule_at(judging, index);
    const struct pd_exploded *exploded = judging->linker->passes.passes[index].exploded;
    if (exploded != NULL) return exploded_holds(judging, exploded, rule->condition);
    return is_true(judging, judging->linker->table, rule->condition, judging->pair);
}

/* Whether a list has an item already, between its commas. */
static bool has_item(const struct pd_buffer *list, struct pd_text item)
{
    for (size_t i = 0; i + item.length <= list->length; i++) {
        const size_t end = i + item.length;
        if (memcmp(list->data + i, item.data, item.length) != 0) continue;
        if ((i == 0 || list->data[i - 1] == ' ') && (end == list->length || list->data[end] == ',')) return true;
    }
    return false;
}

static void add_item(struct pd_buffer *list, struct pd_text item)
{
    if (has_item(list, item)) return;
    if (list->length > 0) pd_append_string(list, ", ");
    pd_append_text(list, item);
}

/* Adds the parts of a condition that do not hold, each once. */
static void append_failing(struct judging *judging, const struct pd_expression *condition, struct pd_buffer *list)
{
    if (condition->op == PD_OP_AND) {
        for (size_t i = 0; i < condition->n_children; i++) append_failing(judging, condition->children[i], list);
        return;
    }
    if (!is_true(judging, judging->linker->table, condition, judging->pair)) add_item(list, condition->text);
}

/* What keeps all rules from holding; of one that explodes arrays the whole condition. */
static void append_differing(struct judging *judging, struct pd_buffer *list)
{
    for (size_t i = 0; i < judging->linker->passes.n_passes; i++) {
        const struct pd_expression *condition = rule_at(judging, i)->condition;
        if (judging->linker->passes.passes[i].exploded == NULL)
            append_failing(judging, condition, list);
        else
            add_item(list, condition->text);
    }
}

/* --- the evidence --- */

struct judged {
    int8_t *gammas;
    pd_weight weight;  /* of the two rows alone */
    pd_weight members; /* what members of their households add */
    bool has_members;
};

struct columns {
    struct pd_pair_evidence *evidence;
    struct pd_arena *arena;
    size_t capacity;
};

static enum padan_status add_column(const struct columns *columns, struct pd_text name, struct pd_text field,
                                    struct padan_error *error)
{
    struct pd_pair_evidence *evidence = columns->evidence;
    const size_t i = evidence->n_columns;
    if (i == columns->capacity) PD_FAIL(error, PADAN_LIMIT, "a pair has more than %zu columns", columns->capacity);
    PD_TRY(pd_arena_copy(columns->arena, name, &evidence->names[i], error));
    PD_TRY(pd_arena_copy(columns->arena, field, &evidence->fields[i], error));
    evidence->n_columns++;
    return PADAN_OK;
}

/* Adds a field that a buffer holds, and empties it. */
static enum padan_status add_built(const struct columns *columns, struct pd_text name, struct pd_buffer *field,
                                   struct padan_error *error)
{
    PD_TRY(pd_buffer_status(field, error));
    const enum padan_status status = add_column(columns, name, (struct pd_text){ field->data, field->length }, error);
    field->length = 0;
    return status;
}

static enum padan_status add_number(const struct columns *columns, const char *name, double number,
                                    struct pd_buffer *scratch, struct padan_error *error)
{
    pd_append_double(scratch, number, 9);
    return add_built(columns, pd_text_of(name), scratch, error);
}

static enum padan_status add_row(const struct columns *columns, const struct judging *judging, int unique_id, bool left,
                                 struct padan_error *error)
{
    const struct pd_table *table = judging->linker->table;
    const uint32_t record = left ? judging->pair.left : judging->pair.right;
    char scratch[24];
    PD_TRY(add_column(columns, pd_text_of(left ? "source_dataset_l" : "source_dataset_r"),
                      table->sources[pd_table_source(table, record)].name, error));
    return add_column(columns, pd_text_of(left ? "unique_id_l" : "unique_id_r"),
                      pd_column_text(&table->columns[unique_id], record, scratch), error);
}

/* A column of the comparison at `index`, named by a prefix and it. */
static enum padan_status add_of_comparison(const struct columns *columns, const struct judging *judging,
                                           const char *prefix, size_t index, struct pd_buffer *field,
                                           struct padan_error *error)
{
    struct pd_buffer name = { 0 };
    pd_append_string(&name, prefix);
    pd_append_text(&name, judging->linker->model->comparisons[index].column_name);
    enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK) status = add_built(columns, (struct pd_text){ name.data, name.length }, field, error);
    pd_buffer_reset(&name);
    return status;
}

static enum padan_status add_levels(const struct columns *columns, const struct judging *judging, const int8_t *gammas,
                                    struct pd_buffer *scratch, struct padan_error *error)
{
    const struct pd_plan *plan = &judging->linker->plan;
    const struct pd_pair pair = judging->pair;
    for (size_t i = 0; i < plan->model->n_comparisons; i++) {
        pd_append_i64(scratch, gammas[i]);
        PD_TRY(add_of_comparison(columns, judging, "gamma_", i, scratch, error));
    }
    for (size_t i = 0; i < plan->model->n_comparisons; i++) {
        const pd_weight weight = pd_plan_level_weight(plan, i, gammas[i], pair.left, pair.right);
        pd_append_double(scratch, pd_weight_to_double(weight), 9);
        PD_TRY(add_of_comparison(columns, judging, "mw_", i, scratch, error));
    }
    return PADAN_OK;
}

/* match_key, blocking_rules and differing_keys. */
static enum padan_status add_rules(const struct columns *columns, struct judging *judging, struct pd_buffer *scratch,
                                   struct padan_error *error)
{
    struct pd_text first = PD_TEXT("");
    for (size_t i = 0; i < judging->linker->passes.n_passes; i++) {
        if (!rule_holds(judging, i)) continue;
        if (scratch->length > 0) pd_append_byte(scratch, ' ');
        pd_append_u64(scratch, i);
    }
    PD_TRY(pd_buffer_status(scratch, error));
    while (first.length < scratch->length && scratch->data[first.length] != ' ') first.length++;
    first.data = scratch->data;
    PD_TRY(add_column(columns, PD_TEXT("match_key"), first.length > 0 ? first : PD_TEXT(""), error));
    const bool has_rule = scratch->length > 0;
    PD_TRY(add_built(columns, PD_TEXT("blocking_rules"), scratch, error));
    if (!has_rule) append_differing(judging, scratch);
    return add_built(columns, PD_TEXT("differing_keys"), scratch, error);
}

static pd_weight linked_from(const struct judging *judging, const struct pd_link_thresholds *thresholds)
{
    const struct pd_table *table = judging->linker->table;
    return pd_linked_from(thresholds, table->sources[pd_table_source(table, judging->pair.left)].name,
                          table->sources[pd_table_source(table, judging->pair.right)].name);
}

/* What other rows say of the pair, where edges are given. */
static enum padan_status add_members(const struct columns *columns, const struct judged *judged,
                                     struct pd_buffer *scratch, struct padan_error *error)
{
    if (!judged->has_members) return PADAN_OK;
    return add_number(columns, "mw_household_members", pd_weight_to_double(judged->members), scratch, error);
}

static enum padan_status add_all(const struct columns *columns, struct judging *judging, const struct judged *judged,
                                 const struct pd_link_thresholds *thresholds, struct padan_error *error)
{
    const pd_weight weight = judged->weight + judged->members;
    const int unique_id = pd_table_find(judging->linker->table, PD_TEXT("unique_id"));
    struct pd_buffer scratch = { 0 };
    enum padan_status status = add_number(columns, "match_weight", pd_weight_to_double(weight), &scratch, error);
    if (status == PADAN_OK)
        status = add_number(columns, "match_probability", pd_probability_of_weight(weight), &scratch, error);
    if (status == PADAN_OK) status = add_row(columns, judging, unique_id, true, error);
    if (status == PADAN_OK) status = add_row(columns, judging, unique_id, false, error);
    if (status == PADAN_OK) status = add_levels(columns, judging, judged->gammas, &scratch, error);
    if (status == PADAN_OK) status = add_members(columns, judged, &scratch, error);
    if (status == PADAN_OK) status = add_rules(columns, judging, &scratch, error);
    if (status == PADAN_OK)
        status = add_number(columns, "kept_from", pd_weight_to_double(thresholds->kept), &scratch, error);
    if (status == PADAN_OK)
        status =
            add_number(columns, "linked_from", pd_weight_to_double(linked_from(judging, thresholds)), &scratch, error);
    pd_buffer_reset(&scratch);
    return status;
}

/* A pair that is asked for, and its weight among the edges, which is more than that of its two rows alone. */
struct asked_pair {
    struct pd_pair pair;
    size_t index;
    bool is_edge;
    pd_weight weight;
};

static int by_rows(const void *a, const void *b)
{
    const struct pd_pair x = ((const struct asked_pair *)a)->pair;
    const struct pd_pair y = ((const struct asked_pair *)b)->pair;
    if (x.left != y.left) return x.left < y.left ? -1 : 1;
    return x.right < y.right ? -1 : x.right > y.right;
}

static void find_edges(const struct pd_edges *edges, struct asked_pair *asked, size_t n)
{
    if (edges == NULL || n == 0) return;
    qsort(asked, n, sizeof *asked, by_rows);
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct asked_pair key = { .pair = { edges->edges[i].left, edges->edges[i].right } };
        struct asked_pair *found = bsearch(&key, asked, n, sizeof *asked, by_rows);
        if (found == NULL) continue;
        found->is_edge = true;
        found->weight = edges->edges[i].weight;
    }
}

/* --- pairs, one by one --- */

struct judge {
    const struct pd_linker *linker;
    const struct pd_link_thresholds *thresholds;
    const struct pd_edges *edges;
    struct pd_arena *arena;
};

static enum padan_status judge_pair(const struct judge *judge, const struct asked_pair *asked,
                                    struct pd_pair_evidence *evidence, struct padan_error *error)
{
    const struct pd_linker *linker = judge->linker;
    struct judging judging = { .linker = linker, .pair = asked->pair };
    struct judged judged = { .has_members = judge->edges != NULL };
    const struct columns columns = { evidence, judge->arena, 2 * linker->model->n_comparisons + 12 };
    *evidence = (struct pd_pair_evidence){ .found = false };
    PD_TRY(pd_arena_allocate(judge->arena, &evidence->names, columns.capacity * sizeof *evidence->names, error));
    PD_TRY(pd_arena_allocate(judge->arena, &evidence->fields, columns.capacity * sizeof *evidence->fields, error));
    PD_TRY(pd_arena_allocate(judge->arena, &judged.gammas, linker->model->n_comparisons + 1, error));
    (void)pd_plan_score(&linker->plan, &linker->workers[0], asked->pair.left, asked->pair.right, INT64_MIN,
                        judged.gammas, &judged.weight);
    if (asked->is_edge) judged.members = asked->weight - judged.weight;
    const enum padan_status status = add_all(&columns, &judging, &judged, judge->thresholds, error);
    evidence->found = status == PADAN_OK;
    pd_evaluator_reset(&judging.evaluator);
    return status;
}

static enum padan_status judge_two(const struct judge *judge, const struct pd_asked_pairs *asked,
                                   struct padan_error *error)
{
    struct asked_pair pair = { .index = 0 };
    const int unique_id = pd_table_find(judge->linker->table, PD_TEXT("unique_id"));
    PD_TRY(find_pair(judge->linker, unique_id, asked, &pair.pair, error));
    find_edges(judge->edges, &pair, 1);
    return judge_pair(judge, &pair, asked->evidence, error);
}

/* --- many pairs --- */

enum { NO_RECORD = UINT32_MAX, SEVERAL_RECORDS = UINT32_MAX - 1 };

/* Names that are asked for, and the record of each. */
struct names {
    struct pd_dictionary dictionary;
    uint32_t *codes;   /* [2 * n_pairs] */
    uint32_t *records; /* [n_entries + 1] */
};

static enum padan_status note_names(struct names *names, const struct pd_named_pairs *pairs, struct padan_error *error)
{
    PD_TRY(pd_allocate(&names->codes, 2 * pairs->n + 1, sizeof *names->codes, error));
    for (size_t i = 0; i < 2 * pairs->n; i++) {
        const struct pd_text name = pairs->names[i / 2][i % 2];
        PD_TRY(pd_dictionary_insert(&names->dictionary, name, pd_hash_text(name), &names->codes[i], error));
    }
    const size_t n = names->dictionary.n_entries;
    PD_TRY(pd_allocate(&names->records, n + 1, sizeof *names->records, error));
    for (size_t i = 0; i <= n; i++) names->records[i] = NO_RECORD;
    return PADAN_OK;
}

static enum padan_status find_records(struct names *names, const struct pd_named_pairs *pairs,
                                      const struct pd_table *table, struct padan_error *error)
{
    struct pd_buffer name = { 0 };
    const int unique_id = pd_table_find(table, PD_TEXT("unique_id"));
    if (unique_id < 0) PD_FAIL(error, PADAN_BAD_INPUT, "the files have no column of ids: rows cannot be named");
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        pd_buffer_clear(&name);
        if (pairs->by_source) {
            pd_append_text(&name, table->sources[pd_table_source(table, (uint32_t)i)].name);
            pd_append_byte(&name, ':');
        }
        pd_append_text(&name, pd_column_text(&table->columns[unique_id], i, scratch));
        if (pd_buffer_status(&name, NULL) != PADAN_OK) break;
        const struct pd_text text = { name.data, name.length };
        const uint32_t code = pd_dictionary_find(&names->dictionary, text, pd_hash_text(text));
        if (code != 0) names->records[code] = names->records[code] == NO_RECORD ? (uint32_t)i : SEVERAL_RECORDS;
    }
    const enum padan_status status = pd_buffer_status(&name, error);
    pd_buffer_reset(&name);
    return status;
}

/* Those of which both rows are there. */
static enum padan_status list_pairs(const struct names *names, const struct judge *judge, size_t n_pairs,
                                    struct asked_pair **out, size_t *n, struct padan_error *error)
{
    *n = 0;
    PD_TRY(pd_allocate(out, n_pairs + 1, sizeof **out, error));
    for (size_t i = 0; i < n_pairs; i++) {
        const uint32_t a = names->records[names->codes[2 * i]];
        const uint32_t b = names->records[names->codes[2 * i + 1]];
        if (a >= SEVERAL_RECORDS || b >= SEVERAL_RECORDS || a == b) continue;
        (*out)[(*n)++] = (struct asked_pair){ .pair = pd_linker_pair(judge->linker, a, b), .index = i };
    }
    return PADAN_OK;
}

static enum padan_status judge_listed(const struct judge *judge, const struct pd_named_pairs *pairs,
                                      const struct asked_pair *listed, size_t n, struct padan_error *error)
{
    for (size_t i = 0; i < n; i++) {
        struct pd_pair_evidence evidence;
        struct pd_arena arena = { 0 };
        struct judge own = *judge;
        own.arena = &arena;
        enum padan_status status = judge_pair(&own, &listed[i], &evidence, error);
        if (status == PADAN_OK) status = pairs->take(pairs->context, listed[i].index, &evidence, error);
        pd_arena_reset(&arena);
        PD_TRY(status);
    }
    return PADAN_OK;
}

static enum padan_status judge_many(const struct judge *judge, const struct pd_named_pairs *pairs,
                                    struct padan_error *error)
{
    struct names names = { .codes = NULL };
    struct asked_pair *listed = NULL;
    size_t n = 0;
    enum padan_status status = note_names(&names, pairs, error);
    if (status == PADAN_OK) status = find_records(&names, pairs, judge->linker->table, error);
    if (status == PADAN_OK) status = list_pairs(&names, judge, pairs->n, &listed, &n, error);
    if (status == PADAN_OK) {
        find_edges(judge->edges, listed, n);
        status = judge_listed(judge, pairs, listed, n, error);
    }
    pd_free(listed);
    pd_free(names.codes);
    pd_free(names.records);
    pd_dictionary_reset(&names.dictionary);
    return status;
}

enum padan_status pd_two_rows_judge(const struct pd_linker *linker, const struct pd_asked_pairs *asked,
                                    const struct pd_link_thresholds *thresholds, const struct pd_edges *edges,
                                    struct padan_error *error)
{
    const struct judge judge = { linker, thresholds, edges, asked->arena };
    if (asked->pairs != NULL) return judge_many(&judge, asked->pairs, error);
    PD_TRY(judge_two(&judge, asked, error));
    if (asked->model != NULL) pd_model_write(linker->model, asked->model);
    return PADAN_OK;
}

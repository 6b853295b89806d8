/* SPDX-License-Identifier: MIT
 * Rules with arrays to explode against their definition: every pair of records, every pair of their elements. */
#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 160, N_SOURCES = 2, N_VALUES = 14, N_RULES = 5, LIST_MOST = 4, MISSING = -1 };

static const char *const values[N_VALUES] = { "ax", "ay", "bx", "by", "cx", "cy", "dx",
                                              "dy", "ex", "ey", "fx", "fy", "",   "gg" };

struct list {
    size_t n;
    int items[LIST_MOST]; /* index of values, or MISSING */
};

/* The rows as the definition reads them. */
struct rows {
    struct list e[N_RECORDS], p[N_RECORDS];
    int a[N_RECORDS];
};

static const char rules[] =
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.01,"
    " \"blocking_rules_to_generate_predictions\": ["
    "  {\"blocking_rule\": \"l.e = r.e\", \"arrays_to_explode\": [\"e\"], \"padan_max_pairs\": CAP},"
    "  \"l.a = r.a\","
    "  {\"blocking_rule\": \"substr(l.e, 2, 1) = substr(r.e, 2, 1) and l.p = r.p\", \"arrays_to_explode\": [\"e\", "
    "\"p\"]},"
    "  {\"blocking_rule\": \"l.e = r.p\", \"arrays_to_explode\": [\"e\", \"p\"]},"
    "  {\"blocking_rule\": \"substr(l.p, 1, 1) = substr(r.p, 1, 1) and levenshtein(l.e, r.e) = 1 and l.a <> r.a\","
    "   \"arrays_to_explode\": [\"p\", \"e\"]}],"
    " \"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.9}]}]}";

/* --- rows --- */

static void add_text(const struct pd_column *column, size_t record, struct pd_text text)
{
    uint32_t *code = (uint32_t *)column->words + record;
    cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), code, NULL), PADAN_OK);
}

static void fill_lists(struct list *lists, const struct pd_column *column, struct pd_random *random)
{
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[64];
        size_t length = 0;
        lists[i].n = 0;
        if (pd_random_below(random, 9) == 0) continue; /* NULL */
        lists[i].n = pd_random_below(random, LIST_MOST + 1);
        for (size_t j = 0; j < lists[i].n; j++) {
            const bool missing = pd_random_below(random, 10) == 0;
            lists[i].items[j] = missing ? MISSING : (int)pd_random_below(random, N_VALUES);
            const char *item = missing ? "\x1d" : values[lists[i].items[j]];
            if (j > 0) text[length++] = PD_LIST_SEPARATOR;
            memcpy(text + length, item, strlen(item));
            length += strlen(item);
        }
        if (lists[i].n == 0) text[length++] = PD_LIST_EMPTY;
        add_text(column, i, (struct pd_text){ text, length });
    }
}

static void make_table(struct pd_table *table, struct rows *rows, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = N_SOURCES };
    cr_assert_eq(pd_allocate(&table->sources, N_SOURCES, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("s"), .begin = 0, .end = N_RECORDS / 2 };
    table->sources[1] = (struct pd_source){ .name = PD_TEXT("t"), .begin = N_RECORDS / 2, .end = N_RECORDS };
    for (size_t i = N_RECORDS / 2; i < N_RECORDS; i++) table->source_of[i] = 1;
    cr_assert_eq(pd_table_add(table, PD_TEXT("e"), PD_TYPE_TEXT_LIST, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    fill_lists(rows->e, column, &random);
    cr_assert_eq(pd_table_add(table, PD_TEXT("p"), PD_TYPE_TEXT_LIST, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    fill_lists(rows->p, column, &random);
    cr_assert_eq(pd_table_add(table, PD_TEXT("a"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        rows->a[i] = pd_random_below(&random, 8) == 0 ? MISSING : (int)pd_random_below(&random, N_VALUES);
        if (rows->a[i] != MISSING) add_text(column, i, pd_text_of(values[rows->a[i]]));
    }
}

/* --- the definition --- */

static bool in_scope(const struct pd_scope *scope, uint32_t left, uint32_t right)
{
    const size_t a = left >= N_RECORDS / 2, b = right >= N_RECORDS / 2;
    const uint8_t kind = scope->matrix[a * N_SOURCES + b];
    return kind == PD_SCOPE_ALWAYS || (kind == PD_SCOPE_UNLINKED && (!scope->linked[left] || !scope->linked[right]));
}

static bool has(const struct list *list, int item)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i] == item) return true;
    return false;
}

static bool one_edit(int a, int b)
{
    const char *x = values[a], *y = values[b];
    if (strlen(x) != 2 || strlen(y) != 2) return false; /* "" is two edits off */
    return (x[0] != y[0]) != (x[1] != y[1]);
}

static bool share(const struct list *a, const struct list *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->items[i] != MISSING && has(b, a->items[i])) return true;
    return false;
}

static bool near_elements(const struct list *a, const struct list *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++)
            if (a->items[i] != MISSING && b->items[j] != MISSING && one_edit(a->items[i], b->items[j])) return true;
    return false;
}

/* The letter at a place, 0 behind the end. */
static char letter(int item, size_t place)
{
    return place < strlen(values[item]) ? values[item][place] : 0;
}

static bool share_letter(const struct list *a, const struct list *b, size_t place)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++)
            if (a->items[i] != MISSING && b->items[j] != MISSING &&
                letter(a->items[i], place) == letter(b->items[j], place))
                return true;
    return false;
}

/* Some element that both have fills a block of at most cap pairs in scope (0: any number). */
static bool share_small_block(const struct rows *rows, const struct pd_scope *scope, size_t cap, uint32_t left,
                              uint32_t right)
{
    for (int value = 0; value < N_VALUES; value++) {
        size_t n_pairs = 0;
        if (!has(&rows->e[left], value) || !has(&rows->e[right], value)) continue;
        for (uint32_t i = 0; i < N_RECORDS; i++)
            for (uint32_t j = i + 1; j < N_RECORDS; j++)
                n_pairs += in_scope(scope, i, j) && has(&rows->e[i], value) && has(&rows->e[j], value);
        if (cap == 0 || n_pairs <= cap) return true;
    }
    return false;
}

static bool rule_holds(const struct rows *rows, const struct pd_scope *scope, size_t cap, int rule, uint32_t left,
                       uint32_t right)
{
    switch (rule) {
    case 0: return share_small_block(rows, scope, cap, left, right);
    case 1: return rows->a[left] != MISSING && rows->a[left] == rows->a[right];
    case 2: return share_letter(&rows->e[left], &rows->e[right], 1) && share(&rows->p[left], &rows->p[right]);
    case 3: /* entries need an element of either array on both sides */
        return rows->p[left].n > 0 && rows->e[right].n > 0 && share(&rows->e[left], &rows->p[right]);
    default: break;
    }
    return rows->a[left] != MISSING && rows->a[right] != MISSING && rows->a[left] != rows->a[right] &&
           share_letter(&rows->p[left], &rows->p[right], 0) && near_elements(&rows->e[left], &rows->e[right]);
}

static void compare_with_definition(const struct rows *rows, const struct pd_scope *scope, size_t cap,
                                    const struct pd_edges *edges, const struct pd_block_statistics *statistics)
{
    size_t next = 0;
    size_t n_pairs[N_RULES] = { 0 }, n_new[N_RULES] = { 0 };
    for (uint32_t left = 0; left < N_RECORDS; left++)
        for (uint32_t right = left + 1; right < N_RECORDS; right++) {
            int first = -1;
            if (!in_scope(scope, left, right)) continue;
            for (int rule = N_RULES - 1; rule >= 0; rule--) {
                if (!rule_holds(rows, scope, cap, rule, left, right)) continue;
                n_pairs[rule]++;
                first = rule;
            }
            if (first < 0) continue;
            n_new[first]++;
            cr_assert_lt(next, edges->n_edges);
            const struct pd_edge *edge = &edges->edges[next++];
            cr_assert(edge->left == left && edge->right == right && edge->pass == first,
                      "expected %u, %u by rule %d, got %u, %u by %d", left, right, first, edge->left, edge->right,
                      edge->pass);
        }
    cr_assert_eq(next, edges->n_edges);
    for (size_t i = 0; i < N_RULES; i++) {
        cr_assert_eq(statistics[i].n_pairs, n_pairs[i], "rule %zu", i);
        cr_assert_eq(statistics[i].n_new, n_new[i], "rule %zu", i);
        cr_assert_gt(n_new[i], 0, "rule %zu is not tested", i);
    }
    cr_assert_eq(statistics[0].n_blocks_cut > 0, cap > 0);
}

static void read_model(struct pd_model *model, size_t cap)
{
    char text[sizeof rules + 16];
    const char *at = strstr(rules, "CAP");
    struct padan_error error = { 0 };
    const int length = snprintf(text, sizeof text, "%.*s%zu%s", (int)(at - rules), rules, cap, at + 3);
    cr_assert_eq(pd_model_read(model, (struct pd_text){ text, (size_t)length }, "test", pd_linker_functions(), &error),
                 PADAN_OK, "%s", error.message);
}

static void run(uint64_t seed, int threads, size_t cap, const struct pd_scope *scope)
{
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct rows rows;
    struct pd_edges edges = { 0 };
    struct padan_error error = { 0 };
    make_table(&table, &rows, seed);
    read_model(&model, cap);
    cr_assert_eq(pd_linker_make(&linker, &table, &model, threads, &error), PADAN_OK, "%s", error.message);
    linker.slice_words = seed % 2 == 0 ? 0 : 13;
    cr_assert_eq(pd_linker_run(&linker, scope, INT64_MIN, &edges, &error), PADAN_OK, "%s", error.message);
    compare_with_definition(&rows, scope, cap, &edges, linker.statistics);
    pd_edges_reset(&edges);
    pd_linker_reset(&linker);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(exploded, a_pair_is_emitted_once_by_the_first_rule_whose_elements_meet)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 0 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    for (uint64_t seed = 1; seed <= 6; seed++)
        for (int threads = 1; threads <= 3; threads += 2) run(seed, threads, 0, &scope);
}

Test(exploded, a_pair_that_a_cut_block_loses_is_found_by_another_element_or_rule)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    for (uint64_t seed = 11; seed <= 14; seed++)
        for (int threads = 1; threads <= 3; threads += 2) run(seed, threads, 160, &scope);
}

Test(exploded, linked_records_meet_unlinked_ones_alone)
{
    enum { U = PD_SCOPE_UNLINKED };
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { U, U, U, U };
    uint8_t linked[N_RECORDS];
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % 4 != 0;
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix, .linked = linked };
    for (uint64_t seed = 21; seed <= 24; seed++) run(seed, 2, 0, &scope);
}

Test(exploded, arrays_that_are_none_are_refused_by_name)
{
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct rows rows;
    struct padan_error error = { 0 };
    make_table(&table, &rows, 1);
    read_model(&model, 0);
    table.columns[1].type = PD_TYPE_TEXT;
    cr_assert_eq(pd_linker_make(&linker, &table, &model, 1, &error), PADAN_BAD_ARGUMENT);
    cr_assert(strstr(error.message, "names \"p\", which holds no lists: declare it with --types p=VARCHAR[]") != NULL,
              "%s", error.message);
    table.columns[1].type = PD_TYPE_TEXT_LIST;
    model.rules[0].explode[0] = PD_TEXT("email");
    cr_assert_eq(pd_linker_make(&linker, &table, &model, 1, &error), PADAN_BAD_ARGUMENT);
    cr_assert(strstr(error.message, "\"email\", which is no column") != NULL, "%s", error.message);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(exploded, a_model_keeps_its_arrays_when_written)
{
    struct pd_model model, again;
    struct pd_buffer out = { 0 };
    struct padan_error error = { 0 };
    read_model(&model, 0);
    pd_model_write(&model, &out);
    cr_assert_eq(
        pd_model_read(&again, (struct pd_text){ out.data, out.length }, "again", pd_linker_functions(), &error),
        PADAN_OK, "%s", error.message);
    cr_assert_eq(again.rules[1].n_explode, 0);
    cr_assert_eq(again.rules[4].n_explode, 2);
    cr_assert(pd_text_equal(again.rules[4].explode[0], PD_TEXT("p")));
    cr_assert(pd_text_equal(again.rules[4].explode[1], PD_TEXT("e")));
    pd_buffer_reset(&out);
    pd_model_reset(&model);
    pd_model_reset(&again);
}

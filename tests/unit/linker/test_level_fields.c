/* SPDX-License-Identifier: MIT
 * Levels as they are written, from fields that are formatted once, against one number after the other. */
#include "linking/level_fields.h"

#include "../table/even_sources.h"
#include "base/hash.h"
#include "base/random.h"
#include "linking/linker.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 600, N_SOURCES = 2, DECIMALS = 4 };

static const char model_text[] =
    "{\"link_type\": \"dedupe_only\", \"probability_two_random_records_match\": 0.01,"
    " \"padan_source_pairs\": [{\"source_dataset_l\": \"s\", \"source_dataset_r\": \"t\", "
    "\"probability_two_random_records_match\": 0.2}],"
    " \"blocking_rules_to_generate_predictions\": [\"l.c = r.c\"],"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.7, \"u_probability\": 0.1,"
    "    \"tf_adjustment_column\": \"a\"},"
    "   {\"sql_condition\": \"levenshtein(a_l, a_r) <= 1\", \"m_probability\": 0.2, \"u_probability\": 0.1,"
    "    \"tf_adjustment_column\": \"a\"},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"b\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"b_l IS NULL OR b_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"b_l = b_r\", \"m_probability\": 0.9, \"u_probability\": 0.2,"
    "    \"tf_adjustment_column\": \"b\"},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"c\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"c_l = c_r\", \"m_probability\": 0.9, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]}]}";

struct fixture {
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct pd_edges edges;
};

/* Texts of n letters, as uneven as names. */
static void fill_column(struct pd_table *table, const char *name, unsigned n, struct pd_random *random)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint64_t which = pd_random_below(random, n) * pd_random_below(random, n) / n;
        const char letters[] = { 'A', (char)('A' + which), 'A' };
        const struct pd_text text = { letters, sizeof letters };
        codes[i] = 0;
        if (pd_random_below(random, 8) == 0) continue;
        cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &codes[i], NULL), PADAN_OK);
    }
}

static void make(struct fixture *fixture)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    struct padan_error error = { 0 };
    struct pd_random random = pd_random_stream(7, 1);
    *fixture = (struct fixture){ 0 };
    make_even_sources(&fixture->table, N_RECORDS, N_SOURCES);
    fixture->table.sources[1].name = PD_TEXT("t");
    fill_column(&fixture->table, "a", 20, &random);
    fill_column(&fixture->table, "b", 6, &random);
    fill_column(&fixture->table, "c", 3, &random);
    cr_assert_eq(pd_model_read(&fixture->model, pd_text_of(model_text), "test", pd_linker_functions(), &error),
                 PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_linker_make(&fixture->linker, &fixture->table, &fixture->model, 1, NULL), PADAN_OK);
    cr_assert_eq(pd_linker_run(&fixture->linker, &scope, INT64_MIN, &fixture->edges, NULL), PADAN_OK);
}

static void reset(struct fixture *fixture)
{
    pd_edges_reset(&fixture->edges);
    pd_linker_reset(&fixture->linker);
    pd_model_reset(&fixture->model);
    pd_table_reset(&fixture->table);
}

/* One level and one weight after the other. */
static size_t write_slowly(const struct fixture *fixture, size_t index, char *text)
{
    const struct pd_edge *edge = &fixture->edges.edges[index];
    const size_t n = fixture->edges.n_comparisons;
    const int8_t *gammas = fixture->edges.gammas + index * n;
    char *to = text;
    for (size_t i = 0; i < n; i++) {
        *to++ = ',';
        to = pd_put_i64(to, gammas[i]);
    }
    for (size_t i = 0; i < n; i++) {
        const pd_weight weight = pd_plan_level_weight(&fixture->linker.plan, i, gammas[i], edge->left, edge->right);
        *to++ = ',';
        to = pd_put_double(to, pd_weight_to_double(weight), DECIMALS);
    }
    return (size_t)(to - text);
}

static void check(const struct fixture *fixture, const struct pd_level_fields *fields)
{
    struct pd_buffer out = { 0 };
    for (size_t i = 0; i < fixture->edges.n_edges; i++) {
        char expected[1024];
        struct pd_pen pen;
        const struct pd_text slow = { expected, write_slowly(fixture, i, expected) };
        pd_buffer_clear(&out);
        cr_assert(pd_pen_begin(&pen, &out));
        pen = pd_pen_levels(pen, fields, &fixture->edges, i);
        pd_pen_end(&pen);
        const struct pd_text fast = { out.data, out.length };
        cr_assert(pd_text_equal(fast, slow), "edge %zu: %.*s is not %.*s", i, PD_TEXT_ARGS(fast), PD_TEXT_ARGS(slow));
        pd_prefetch_levels(fields, &fixture->edges, i);
    }
    pd_buffer_reset(&out);
}

Test(level_fields, levels_and_what_they_weigh_are_those_of_the_plan)
{
    struct fixture fixture;
    struct pd_level_fields fields;
    make(&fixture);
    cr_assert_gt(fixture.edges.n_edges, 10000);
    cr_assert_eq(pd_level_fields_make(&fields, &fixture.linker.plan, DECIMALS, NULL), PADAN_OK);
    check(&fixture, &fields);
    pd_level_fields_reset(&fields);
    reset(&fixture);
}

/* SPDX-License-Identifier: MIT
 * Words of columns that nobody reads once rows are packed are gone, and pairs are what they are with them. */
#include "linking/linker.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 600, N_NUMBERS = 6, FIRST_NUMBER = 2 };

static void make_table(struct pd_table *table)
{
    static const char *const names[] = { "ANI SARI", "ANNI SARI", "BUDI", "BUDI DARMA", "CITRA DEWI", "SITRA DEWI" };
    struct pd_random random = pd_random_stream(77, 1);
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("s"), .begin = 0, .end = N_RECORDS };
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_table_add(table, PD_TEXT("unique_id"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) ((uint64_t *)column->words)[i] = UINT64_C(4) << PD_DIGITS_SHIFT | i;
    cr_assert_eq(pd_table_add(table, PD_TEXT("name"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const struct pd_text name = i % 11 == 0 ? PD_TEXT("") : pd_text_of(names[pd_random_below(&random, 6)]);
        cr_assert_eq(pd_column_put(column, i, name, NULL), PADAN_OK);
    }
    for (size_t c = 0; c < N_NUMBERS; c++) {
        char name[8], digits[24];
        (void)snprintf(name, sizeof name, "k%zu", c);
        cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
        for (size_t i = 0; i < N_RECORDS; i++) {
            const int n = snprintf(digits, sizeof digits, "%016u", (unsigned)pd_random_below(&random, 40 + c) * 1009);
            if (i % 13 != c)
                cr_assert_eq(pd_column_put(column, i, (struct pd_text){ digits, (size_t)n }, NULL), PADAN_OK);
        }
    }
}

/* A model with one comparison of names and one for each number. */
static void print_model(const char *rules, const char *name_levels, struct pd_buffer *out)
{
    pd_append_format(out,
                     "{\"link_type\": \"dedupe_only\", \"probability_two_random_records_match\": 0.01,"
                     " \"blocking_rules_to_generate_predictions\": [%s], \"comparisons\": ["
                     " {\"output_column_name\": \"name\", \"comparison_levels\": [%s,"
                     "  {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.7}]}",
                     rules, name_levels);
    for (int c = 0; c < N_NUMBERS; c++)
        pd_append_format(out,
                         ", {\"output_column_name\": \"k%d\", \"comparison_levels\": ["
                         "{\"sql_condition\": \"k%d_l IS NULL OR k%d_r IS NULL\", \"is_null_level\": true},"
                         "{\"sql_condition\": \"k%d_l = k%d_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
                         "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.9}]}",
                         c, c, c, c, c);
    pd_append_string(out, "]}");
    cr_assert_eq(pd_buffer_status(out, NULL), PADAN_OK);
}

struct linked {
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct pd_edges edges;
};

static void link(struct pd_text model, int threads, int read_after, size_t slice_words, struct linked *out)
{
    static const uint8_t matrix[1] = { PD_SCOPE_ALWAYS };
    const struct pd_scope scope = { .n_sources = 1, .matrix = matrix };
    struct padan_error error = { 0 };
    *out = (struct linked){ .edges = { 0 } };
    make_table(&out->table);
    cr_assert_eq(pd_model_read(&out->model, model, "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_linker_make(&out->linker, &out->table, &out->model, threads, &error), PADAN_OK, "%s",
                 error.message);
    out->linker.last_run = true;
    out->linker.read_after = read_after;
    out->linker.slice_words = slice_words;
    cr_assert_eq(pd_linker_run(&out->linker, &scope, -12 * PD_WEIGHT_ONE, &out->edges, &error), PADAN_OK, "%s",
                 error.message);
}

static void reset(struct linked *linked)
{
    pd_edges_reset(&linked->edges);
    pd_linker_reset(&linked->linker);
    pd_model_reset(&linked->model);
    pd_table_reset(&linked->table);
}

static void expect_same_edges(const struct pd_edges *a, const struct pd_edges *b)
{
    cr_assert_gt(a->n_edges, 100);
    cr_assert_eq(a->n_edges, b->n_edges);
    cr_assert_eq(memcmp(a->gammas, b->gammas, a->n_edges * a->n_comparisons), 0);
    for (size_t i = 0; i < a->n_edges; i++) {
        const struct pd_edge *x = &a->edges[i], *y = &b->edges[i];
        cr_assert(x->left == y->left && x->right == y->right && x->weight == y->weight && x->pass == y->pass);
    }
}

/* Columns that rows do not have whole stay, and the one that is read afterwards. How many are gone. */
static size_t expect_gone(const struct linked *linked, bool some, bool name)
{
    size_t n_gone = 0;
    for (size_t i = 0; i < FIRST_NUMBER + N_NUMBERS; i++) {
        const int field = pd_packed_find(&linked->linker.rows, (int)i);
        const bool gone = some && i > 0 && (i > 1 || name) && field >= 0 && linked->linker.rows.fields[field].exact;
        cr_assert_eq(linked->table.columns[i].words == NULL, gone, "column %zu", i);
        n_gone += gone;
    }
    return n_gone;
}

static const struct {
    const char *rules, *name_levels;
    bool some, name;
} cases[] = {
    { "\"l.k0 = r.k0\", \"substr(l.name, 1, 3) = substr(r.name, 1, 3) AND l.k1 = r.k1\"",
      "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.5, \"u_probability\": 0.1},"
      "{\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) >= 0.9\", \"m_probability\": 0.3, "
      "\"u_probability\": 0.2}",
      true, true },
    /* A key that rows have as a hash is compared by value, and so is what is told by codes of names beside it. */
    { "\"l.k5 = r.k5\", \"split_part(l.name, ' ', 1) = split_part(r.name, ' ', 1) AND l.k5 = r.k5\", \"l.k4 = r.k4\"",
      "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.8, \"u_probability\": 0.3}", true, false },
    /* What is no key is asked of columns. */
    { "\"l.k0 = r.k0 AND levenshtein(l.name, r.name) <= 3\"",
      "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.8, \"u_probability\": 0.3}", false, false },
    /* Nor does a table of levels answer these. */
    { "\"l.k0 = r.k0\"",
      "{\"sql_condition\": \"length(name_l || name_r) > 9\", \"m_probability\": 0.8, \"u_probability\": 0.3}", false,
      false },
};

Test(spent_columns, pairs_are_the_same_without_them)
{
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        for (int threads = 1; threads <= 2; threads++) {
            struct pd_buffer model = { 0 };
            struct linked whole, spent, bounded;
            print_model(cases[c].rules, cases[c].name_levels, &model);
            const struct pd_text text = { model.data, model.length };
            link(text, threads, -1, 0, &whole);
            link(text, threads, 0, 0, &spent);
            link(text, threads, 0, N_RECORDS / 2, &bounded);
            expect_same_edges(&whole.edges, &spent.edges);
            expect_same_edges(&whole.edges, &bounded.edges);
            cr_expect_eq(expect_gone(&whole, false, false), 0);
            const size_t n_gone = expect_gone(&spent, cases[c].some, cases[c].name);
            cr_expect_eq(n_gone > 1 && n_gone < N_NUMBERS + 1, cases[c].some); /* some numbers have no room */
            /* Under a bound of memory rows have ranks of these, which are short. */
            cr_expect_eq(expect_gone(&bounded, cases[c].some, true), cases[c].some ? N_NUMBERS + 1 : 0);
            reset(&whole);
            reset(&spent);
            reset(&bounded);
            pd_buffer_reset(&model);
        }
}

/* SPDX-License-Identifier: MIT
 * Rows of more words than a vector has: blocks judged by vectors and word by word give the same pairs and counts. */
#include "linking/linker.h"

#include "../table/even_sources.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_RECORDS = 3000, N_COLUMNS = 10, N_SOURCES = 2, N_RULES = 9 };

static const char model_text[] =
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.01,"
    " \"blocking_rules_to_generate_predictions\": ["
    "  \"l.n0 = r.n0\", \"l.n1 = r.n1\", {\"blocking_rule\": \"l.n5 = r.n5 and levenshtein(l.n0, r.n0) <= 2\"},"
    "  \"l.n2 = r.n2 and l.n3 = r.n3\", \"l.n6 = r.n6\", \"l.n7 = r.n7\", \"l.n8 = r.n8 and l.n9 = r.n9\","
    "  {\"blocking_rule\": \"l.n4 = r.n4\", \"padan_max_pairs\": 40}],"
    " \"padan_thresholds\": {\"review\": 0, \"automatic\": 2},"
    " \"padan_unlinked\": {\"review\": -4, \"blocking_rules\": [\"l.n3 = r.n3\"]},"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"n0\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"n0_l IS NULL OR n0_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"levenshtein(n0_l, n0_r) <= 1\", \"m_probability\": 0.7, \"u_probability\": 0.01},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.3, \"u_probability\": 0.99}]},"
    "  {\"output_column_name\": \"n1\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"levenshtein(n1_l, n1_r) <= 2\", \"m_probability\": 0.7, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.3, \"u_probability\": 0.9}]},"
    "  {\"output_column_name\": \"n2\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"n2_l IS NULL OR n2_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"n2_l = n2_r\", \"m_probability\": 0.7, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.3, \"u_probability\": 0.9}]},"
    "  {\"output_column_name\": \"t\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"t_l IS NULL OR t_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"t_l = t_r\", \"m_probability\": 0.9, \"u_probability\": 0.2,"
    "    \"tf_adjustment_column\": \"t\", \"tf_adjustment_weight\": 1.0},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]}]}";

/* Texts of which half are one, and others ever rarer: what one adds as a frequency is far from the most. */
static void add_texts(struct pd_table *table, struct pd_random *random)
{
    static const char *const texts[] = { "ANI", "BUDI", "CITRA", "DEWI", "EKA", "FAJAR", "GITA", "HADI", "", "INDAH" };
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, PD_TEXT("t"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t record = 0; record < N_RECORDS; record++) {
        unsigned which = 0;
        while (which < 9 && pd_random_below(random, 2) == 0) which++;
        if (which == 8) continue; /* stays NULL */
        const struct pd_text value = pd_text_of(texts[which]);
        cr_assert_eq(pd_dictionary_insert(column->dictionary, value, pd_hash_text(value),
                                          &((uint32_t *)column->words)[record], NULL),
                     PADAN_OK);
    }
}

/* Few different numbers of 16 digits in columns n0 to n9, and some NULLs. */
static void make_table(struct pd_table *table, uint64_t seed)
{
    static const char *const names[N_COLUMNS] = { "n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9" };
    struct pd_random random = pd_random_stream(seed, 1);
    make_even_sources(table, N_RECORDS, N_SOURCES);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(names[i]), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL),
                     PADAN_OK);
        for (size_t record = 0; record < N_RECORDS; record++) {
            char text[24];
            const unsigned number = 9000 + (unsigned)pd_random_below(&random, 150);
            const int length = snprintf(text, sizeof text, "321001570890%u", number);
            if (pd_random_below(&random, 12) == 0) continue; /* stays NULL */
            ((uint64_t *)column->words)[record] = pd_digits_encode((struct pd_text){ text, (size_t)length });
        }
    }
    add_texts(table, &random);
}

struct outcome {
    struct pd_edges edges;
    struct pd_block_statistics statistics[N_RULES];
};

static void run(const char *processor, const struct pd_scope *scope, pd_weight needed, struct outcome *outcome)
{
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct padan_error error = { 0 };
    cr_assert_eq(setenv("PADAN_CPU", processor, 1), 0);
    make_table(&table, 3);
    *outcome = (struct outcome){ .edges = { 0 } };
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_linker_make(&linker, &table, &model, 2, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_linker_run(&linker, scope, needed, &outcome->edges, &error), PADAN_OK, "%s", error.message);
    cr_assert_gt(linker.rows.n_words, 4);
    cr_assert_gt(linker.rows.n_whole_words, 0);
    memcpy(outcome->statistics, linker.statistics, sizeof outcome->statistics);
    pd_linker_reset(&linker);
    pd_model_reset(&model);
    pd_table_reset(&table);
    cr_assert_eq(unsetenv("PADAN_CPU"), 0);
}

static void check_scope(const struct pd_scope *scope, pd_weight needed, const char *processor)
{
    struct outcome vectors, words;
    run(processor, scope, needed, &vectors);
    run("scalar", scope, needed, &words);
    cr_assert_gt(words.edges.n_edges, 10);
    cr_assert_eq(vectors.edges.n_edges, words.edges.n_edges);
    for (size_t i = 0; i < words.edges.n_edges; i++) {
        const struct pd_edge *a = &vectors.edges.edges[i], *b = &words.edges.edges[i];
        cr_assert(a->left == b->left && a->right == b->right && a->weight == b->weight && a->pass == b->pass);
    }
    for (size_t i = 0; i < N_RULES; i++) {
        cr_assert_eq(vectors.statistics[i].n_pairs, words.statistics[i].n_pairs, "rule %zu", i);
        cr_assert_eq(vectors.statistics[i].n_new, words.statistics[i].n_new, "rule %zu", i);
        cr_assert(i == N_RULES - 1 || words.statistics[i].n_new > 0, "rule %zu", i);
    }
    pd_edges_reset(&vectors.edges);
    pd_edges_reset(&words.edges);
}

Test(wide_rows, vectors_give_the_pairs_of_single_words)
{
    static const uint8_t all[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1 };
    static const uint8_t unlinked[N_SOURCES * N_SOURCES] = { 1, 2, 2, 0 };
    uint8_t linked[N_RECORDS];
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % 3 == 0;
    for (int bits = -10; bits <= 4; bits += 2) {
        const pd_weight needed = bits * PD_WEIGHT_ONE;
        const char *const processor = bits % 4 == 0 ? "" : "avx2";
        check_scope(&(struct pd_scope){ .n_sources = N_SOURCES, .matrix = all }, needed, processor);
        check_scope(&(struct pd_scope){ .n_sources = N_SOURCES, .matrix = unlinked, .linked = linked }, needed,
                    processor);
    }
}

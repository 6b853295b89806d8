/* SPDX-License-Identifier: MIT
 * Rules over rare words (padan_words) against their definition: every pair of records, every word of their texts. */
#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 200, N_WORDS = 60, WORDS_MOST = 7, N_RULES = 4, MOST_ROWS = 12, WIDER_ROWS = 40 };

/* Rule 0 is answered by merging words, the others by looking at every pair of entries. */
static const char rules[] =
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.01,"
    " \"blocking_rules_to_generate_predictions\": ["
    "  {\"blocking_rule\": \"l.word = r.word\","
    "   \"padan_words\": {\"name\": \"word\", \"texts\": [\"title\", \"lower(maker)\"], \"most_rows\": 12}},"
    "  {\"blocking_rule\": \"l.word = r.word and l.a <> r.a\","
    "   \"padan_words\": {\"name\": \"word\", \"texts\": [\"title\"], \"most_rows\": 40}},"
    "  {\"blocking_rule\": \"substr(l.word, 2, 1) = substr(r.word, 2, 1) and l.a = r.a\","
    "   \"padan_words\": {\"name\": \"word\", \"texts\": [\"maker\"], \"most_rows\": 12}},"
    "  \"l.a = r.a\"],"
    " \"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.9}]}]}";

/* The rows as the definition reads them: which words a text has; one letter of a column that tells little. */
struct rows {
    bool title[N_RECORDS][N_WORDS], maker[N_RECORDS][N_WORDS];
    int a[N_RECORDS];
};

static void print_word(char *out, size_t size, int word, bool capital)
{
    (void)snprintf(out, size, "%c%c%d", capital ? 'W' : 'w', 'a' + word % 5, word);
}

static void fill_texts(bool (*has)[N_WORDS], const struct pd_column *column, struct pd_random *random)
{
    static const char *const between[] = { " ", ", ", "-", " / " };
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[256];
        size_t length = 0;
        const size_t n = pd_random_below(random, WORDS_MOST + 1);
        for (size_t j = 0; j < n; j++) {
            /* Low numbers are frequent, high ones rare. */
            const double unit = pd_random_unit(random);
            const int word = (int)(unit * unit * N_WORDS);
            char name[16];
            print_word(name, sizeof name, word, pd_random_below(random, 4) == 0);
            has[i][word] = true;
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", j == 0 ? "" : between[j % 4], name);
        }
        if (length == 0) continue;
        const struct pd_text whole = { text, length };
        cr_assert_eq(
            pd_dictionary_insert(column->dictionary, whole, pd_hash_text(whole), (uint32_t *)column->words + i, NULL),
            PADAN_OK);
    }
}

static void make_table(struct pd_table *table, struct rows *rows, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    struct pd_column *column = NULL;
    memset(rows, 0, sizeof *rows);
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("s"), .begin = 0, .end = N_RECORDS };
    cr_assert_eq(pd_table_add(table, PD_TEXT("title"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    fill_texts(rows->title, column, &random);
    cr_assert_eq(pd_table_add(table, PD_TEXT("maker"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    fill_texts(rows->maker, column, &random);
    cr_assert_eq(pd_table_add(table, PD_TEXT("a"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[2] = { (char)('a' + pd_random_below(&random, 9)), 0 };
        rows->a[i] = text[0];
        cr_assert_eq(pd_dictionary_insert(column->dictionary, pd_text_of(text), pd_hash_text(pd_text_of(text)),
                                          (uint32_t *)column->words + i, NULL),
                     PADAN_OK);
    }
}

/* --- the definition --- */

static bool title_word(const struct rows *rows, size_t record, int word)
{
    return rows->title[record][word];
}
static bool maker_word(const struct rows *rows, size_t record, int word)
{
    return rows->maker[record][word];
}
static bool either_word(const struct rows *rows, size_t record, int word)
{
    return rows->title[record][word] || rows->maker[record][word];
}

typedef bool has_word(const struct rows *rows, size_t record, int word);

static bool is_rare(const struct rows *rows, has_word *has, int word, size_t most_rows)
{
    size_t n = 0;
    for (size_t i = 0; i < N_RECORDS; i++) n += has(rows, i, word);
    return n >= 2 && n <= most_rows;
}

/* Some rare word of one row goes with one of the other: the same, or one with the same letter in second place. */
static bool share(const struct rows *rows, has_word *has, size_t most_rows, bool by_letter, uint32_t left,
                  uint32_t right)
{
    for (int x = 0; x < N_WORDS; x++)
        for (int y = 0; y < N_WORDS; y++)
            if (has(rows, left, x) && has(rows, right, y) && (by_letter ? x % 5 == y % 5 : x == y) &&
                is_rare(rows, has, x, most_rows) && is_rare(rows, has, y, most_rows))
                return true;
    return false;
}

static bool rule_holds(const struct rows *rows, int rule, uint32_t left, uint32_t right)
{
    const bool same = rows->a[left] == rows->a[right];
    switch (rule) {
    case 0: return share(rows, either_word, MOST_ROWS, false, left, right);
    case 1: return !same && share(rows, title_word, WIDER_ROWS, false, left, right);
    case 2: return same && share(rows, maker_word, MOST_ROWS, true, left, right);
    default: return same;
    }
}

static void compare_with_definition(const struct rows *rows, const struct pd_edges *edges,
                                    const struct pd_block_statistics *statistics)
{
    size_t next = 0;
    size_t n_new[N_RULES] = { 0 };
    for (uint32_t left = 0; left < N_RECORDS; left++)
        for (uint32_t right = left + 1; right < N_RECORDS; right++) {
            int first = 0;
            while (first < N_RULES && !rule_holds(rows, first, left, right)) first++;
            if (first == N_RULES) continue;
            n_new[first]++;
            cr_assert_lt(next, edges->n_edges);
            const struct pd_edge *edge = &edges->edges[next++];
            cr_assert(edge->left == left && edge->right == right && edge->pass == first,
                      "expected %u, %u by rule %d, got %u, %u by %d", left, right, first, edge->left, edge->right,
                      edge->pass);
        }
    cr_assert_eq(next, edges->n_edges);
    for (size_t i = 0; i < N_RULES; i++) {
        cr_assert_eq(statistics[i].n_new, n_new[i], "rule %zu", i);
        cr_assert_gt(n_new[i], 0, "rule %zu is not tested", i);
    }
}

static void read_model(struct pd_model *model)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_model_read(model, pd_text_of(rules), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
}

Test(rule_words, rows_with_a_rare_word_in_common_meet_once)
{
    static const uint8_t matrix[] = { PD_SCOPE_ALWAYS };
    const struct pd_scope scope = { .n_sources = 1, .matrix = matrix };
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct pd_table table;
        struct pd_model model;
        struct pd_linker linker;
        static struct rows rows;
        struct pd_edges edges = { 0 };
        struct padan_error error = { 0 };
        make_table(&table, &rows, seed);
        read_model(&model);
        cr_assert_eq(pd_linker_make(&linker, &table, &model, 1 + (int)seed % 3, &error), PADAN_OK, "%s", error.message);
        cr_assert_eq(pd_linker_run(&linker, &scope, INT64_MIN, &edges, &error), PADAN_OK, "%s", error.message);
        compare_with_definition(&rows, &edges, linker.statistics);
        pd_edges_reset(&edges);
        pd_linker_reset(&linker);
        pd_model_reset(&model);
        pd_table_reset(&table);
    }
}

Test(rule_words, a_model_keeps_them_when_written)
{
    struct pd_model model, again;
    struct pd_buffer out = { 0 };
    struct padan_error error = { 0 };
    read_model(&model);
    pd_model_write(&model, &out);
    cr_assert_eq(
        pd_model_read(&again, (struct pd_text){ out.data, out.length }, "again", pd_linker_functions(), &error),
        PADAN_OK, "%s", error.message);
    cr_assert_eq(again.rules[0].words.n_texts, 2);
    cr_assert_eq(again.rules[1].words.most_rows, 40);
    cr_assert(pd_text_equal(again.rules[0].words.name, PD_TEXT("word")));
    cr_assert(pd_text_equal(again.rules[0].words.texts[1]->text, PD_TEXT("lower(maker)")));
    cr_assert_eq(again.rules[3].words.n_texts, 0);
    pd_buffer_reset(&out);
    pd_model_reset(&model);
    pd_model_reset(&again);
}

static void refuse(const char *words, const char *sentence)
{
    char text[1024];
    struct pd_table table;
    struct pd_model model = { 0 };
    struct pd_linker linker;
    static struct rows rows;
    struct padan_error error = { 0 };
    make_table(&table, &rows, 1);
    (void)snprintf(text, sizeof text,
                   "{\"link_type\": \"dedupe_only\", \"probability_two_random_records_match\": 0.01,"
                   " \"blocking_rules_to_generate_predictions\": [{\"blocking_rule\": \"l.word = r.word\","
                   " \"padan_words\": %s}],"
                   " \"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
                   "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
                   "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.9}]}]}",
                   words);
    enum padan_status status = pd_model_read(&model, pd_text_of(text), "test", pd_linker_functions(), &error);
    if (status == PADAN_OK) status = pd_linker_make(&linker, &table, &model, 1, &error);
    cr_assert_eq(status, PADAN_BAD_ARGUMENT, "%s", words);
    cr_assert(strstr(error.message, sentence) != NULL, "%s: %s", words, error.message);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(rule_words, what_is_wrong_is_named)
{
    refuse("[]", "padan_words must have name, texts and most_rows");
    refuse("{\"texts\": [\"title\"], \"most_rows\": 9}", "name");
    refuse("{\"name\": \"word\", \"texts\": [\"title\"]}", "padan_words needs most_rows, a number from 2 on");
    refuse("{\"name\": \"word\", \"texts\": [\"title\"], \"most_rows\": 1}", "a number from 2 on");
    refuse("{\"name\": \"word\", \"texts\": [], \"most_rows\": 9}", "padan_words needs texts");
    refuse("{\"name\": \"word\", \"texts\": [\"length(title)\"], \"most_rows\": 9}", "length(title) is none");
    refuse("{\"name\": \"a\", \"texts\": [\"title\"], \"most_rows\": 9}", "named \"a\", as a column is");
}

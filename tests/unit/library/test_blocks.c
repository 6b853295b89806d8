/* SPDX-License-Identifier: MIT
 * A run that is spread over machines as a caller does it: keys of batches, blocks that are too large cut, the rows of
 * some blocks on each machine; against one run over all rows. */
#include "base/memory.h"
#include "base/random.h"
#include "padan.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_ROWS = 240, N_BATCHES = 5, N_MACHINES = 3, N_COLUMNS = 4, PAIRS_MOST = 1 << 14, TEXT = 24 };

static const char *const columns[N_COLUMNS] = { "unique_id", "name", "born", "place" };

static const char model[] =
    "{\"link_type\": \"dedupe_only\", \"unique_id_column_name\": \"unique_id\", "
    "\"probability_two_random_records_match\": 0.01, \"blocking_rules_to_generate_predictions\": ["
    "{\"blocking_rule\": \"l.place = r.place\", \"padan_max_pairs\": 20, \"padan_refine\": [\"substr(born, 1, 4)\"]}, "
    "\"l.born = r.born\", {\"blocking_rule\": \"l.name = r.name\", \"padan_max_pairs\": 5}, "
    "\"substr(l.name, 1, 2) = substr(r.name, 1, 2) AND levenshtein(l.born, r.born) <= 2\"], \"comparisons\": ["
    "{\"output_column_name\": \"name\", \"comparison_levels\": ["
    "{\"sql_condition\": \"name_l IS NULL OR name_r IS NULL\", \"is_null_level\": true},"
    "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.6, \"u_probability\": 0.01},"
    "{\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) >= 0.8\", \"m_probability\": 0.3, "
    "\"u_probability\": 0.02},"
    "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.97}]}]}";

static char texts[N_ROWS][N_COLUMNS][TEXT]; /* "": missing */

static void make_rows(void)
{
    static const char *const names[] = { "ahmad", "ahmed", "siti", "sita", "budi", "agus", "agil", "nur" };
    struct pd_random random = pd_random_stream(11, 1);
    for (int row = 0; row < N_ROWS; row++) {
        memset(texts[row], 0, sizeof texts[row]);
        (void)snprintf(texts[row][0], TEXT, "r%d", row);
        if (pd_random_below(&random, 10) > 0)
            (void)snprintf(texts[row][1], TEXT, "%s %u", names[pd_random_below(&random, 8)],
                           (unsigned)pd_random_below(&random, 4));
        if (pd_random_below(&random, 10) > 0)
            (void)snprintf(texts[row][2], TEXT, "%u-%02u", 1970 + (unsigned)pd_random_below(&random, 6),
                           1 + (unsigned)pd_random_below(&random, 12));
        if (pd_random_below(&random, 10) > 0)
            (void)snprintf(texts[row][3], TEXT, "desa %u", (unsigned)(pd_random_below(&random, 12) / 2));
    }
}

/* A table of the chosen rows. */
static enum padan_status table_of(const uint32_t *rows, size_t n, struct padan_table **table)
{
    static char bytes[N_COLUMNS][N_ROWS * TEXT];
    static int64_t offsets[N_COLUMNS][N_ROWS + 1];
    struct padan_texts given[N_COLUMNS];
    for (size_t c = 0; c < N_COLUMNS; c++) {
        int64_t length = 0;
        for (size_t i = 0; i < n; i++) {
            const char *text = texts[rows[i]][c];
            memcpy(bytes[c] + length, text, strlen(text));
            length += (int64_t)strlen(text);
            offsets[c][i + 1] = length;
        }
        given[c] = (struct padan_texts){ columns[c], offsets[c], bytes[c], NULL };
    }
    enum padan_status status = padan_table_new(NULL, table, NULL);
    return status == PADAN_OK ? padan_table_add(*table, "people", given, N_COLUMNS, n, NULL) : status;
}

static struct padan_options options_of(int threads)
{
    struct padan_options options;
    padan_options_init(&options);
    options.model = model;
    options.threshold_weight = -50;
    options.threads = threads;
    return options;
}

/* --- pairs --- */

struct pair {
    uint32_t left, right;
    double weight;
    int8_t level;
    uint8_t rule;
};

struct pairs {
    struct pair items[PAIRS_MOST];
    size_t n;
};

static int by_rows(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->left != y->left ? (x->left > y->left) - (x->left < y->left)
                              : (x->right > y->right) - (x->right < y->right);
}

/* rows: what the result's rows are of all. */
static void add_pairs(struct pairs *pairs, const struct padan_result *result, const uint32_t *rows)
{
    struct padan_pairs found;
    padan_result_pairs(result, &found);
    cr_assert_leq(pairs->n + found.n_pairs, PAIRS_MOST);
    for (size_t i = 0; i < found.n_pairs; i++)
        pairs->items[pairs->n++] = (struct pair){ .left = rows[found.left[i]],
                                                  .right = rows[found.right[i]],
                                                  .weight = found.match_weight[i],
                                                  .level = found.levels[i],
                                                  .rule = found.match_key[i] };
    qsort(pairs->items, pairs->n, sizeof *pairs->items, by_rows);
}

/* --- lines of all batches --- */

struct line {
    uint64_t key;
    uint32_t row;
    uint8_t rule;
};

struct lines {
    struct line items[8 * N_ROWS];
    size_t n;
    uint64_t limits[4], cut[8 * N_ROWS];
    size_t n_cut;
};

static int by_key(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->row > y->row) - (x->row < y->row);
}

static void find_lines(struct lines *lines, int threads)
{
    struct padan_error error = { 0 };
    const struct padan_options options = options_of(threads);
    lines->n = 0;
    for (uint32_t batch = 0; batch < N_BATCHES; batch++) {
        uint32_t rows[N_ROWS];
        size_t n = 0;
        struct padan_table *table = NULL;
        struct padan_keys *keys = NULL;
        struct padan_key_list list;
        for (uint32_t row = batch; row < N_ROWS; row += N_BATCHES) rows[n++] = row;
        cr_assert_eq(table_of(rows, n, &table), PADAN_OK);
        cr_assert_eq(padan_keys_find(table, &options, lines->cut, lines->n_cut, &keys, &error), PADAN_OK, "%s",
                     error.message);
        padan_keys_list(keys, &list);
        cr_assert_eq(list.n_rules, 4);
        cr_expect_str_eq(list.rules[1], "l.born = r.born");
        memcpy(lines->limits, list.max_pairs, sizeof lines->limits);
        cr_assert_leq(lines->n + list.n_keys, sizeof lines->items / sizeof *lines->items);
        for (size_t i = 0; i < list.n_keys; i++)
            lines->items[lines->n++] = (struct line){ list.key[i], rows[list.row[i]], list.match_key[i] };
        padan_keys_free(keys);
        padan_table_free(table);
    }
    qsort(lines->items, lines->n, sizeof *lines->items, by_key);
}

static size_t end_of_block(const struct lines *lines, size_t begin)
{
    size_t end = begin;
    while (end < lines->n && lines->items[end].key == lines->items[begin].key) end++;
    return end;
}

/* Lists the blocks that are too large; how many of them are new. */
static size_t cut_blocks(struct lines *lines)
{
    size_t n_new = 0;
    for (size_t begin = 0, end; begin < lines->n; begin = end) {
        end = end_of_block(lines, begin);
        const uint64_t n = end - begin, most = lines->limits[lines->items[begin].rule];
        if (most == 0 || n * (n - 1) / 2 <= most) continue;
        lines->cut[lines->n_cut++] = lines->items[begin].key;
        n_new++;
    }
    return n_new;
}

/* The pairs of every third block. */
static void link_on_machine(const struct lines *lines, uint64_t machine, struct pairs *pairs, int threads)
{
    static uint64_t keys[8 * N_ROWS];
    bool here[N_ROWS] = { false };
    uint32_t rows[N_ROWS];
    size_t n_keys = 0, n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->items[i].key % N_MACHINES != machine) continue;
        keys[n_keys++] = lines->items[i].key; /* as often as it has rows */
        here[lines->items[i].row] = true;
    }
    for (uint32_t row = 0; row < N_ROWS; row++)
        if (here[row]) rows[n++] = row;
    struct padan_table *table = NULL;
    struct padan_result *result = NULL;
    struct padan_error error = { 0 };
    const struct padan_options options = options_of(threads);
    const struct padan_blocks blocks = { n_keys, keys, lines->n_cut, lines->cut };
    cr_assert_eq(table_of(rows, n, &table), PADAN_OK);
    cr_assert_eq(padan_link_blocks(table, &options, &blocks, &result, &error), PADAN_OK, "%s", error.message);
    cr_expect_null(padan_result_clusters(result));
    cr_expect_eq(padan_result_n_rows(result), n);
    add_pairs(pairs, result, rows);
    padan_result_free(result);
    padan_table_free(table);
}

static void link_all(struct pairs *pairs)
{
    uint32_t rows[N_ROWS];
    struct padan_table *table = NULL;
    struct padan_result *result = NULL;
    const struct padan_options options = options_of(1);
    for (uint32_t row = 0; row < N_ROWS; row++) rows[row] = row;
    cr_assert_eq(table_of(rows, N_ROWS, &table), PADAN_OK);
    cr_assert_eq(padan_link(table, &options, &result, NULL), PADAN_OK);
    add_pairs(pairs, result, rows);
    padan_result_free(result);
    padan_table_free(table);
}

Test(blocks, pairs_of_all_machines_are_each_once_those_of_one_run)
{
    static struct pairs whole, spread;
    static struct lines lines;
    make_rows();
    link_all(&whole);
    for (int threads = 1; threads <= 3; threads += 2) {
        lines.n_cut = spread.n = 0;
        do find_lines(&lines, threads);
        while (cut_blocks(&lines) > 0);
        cr_expect_gt(lines.n_cut, 10);
        for (uint64_t machine = 0; machine < N_MACHINES; machine++) link_on_machine(&lines, machine, &spread, threads);
        cr_assert_gt(whole.n, 500);
        cr_assert_eq(spread.n, whole.n, "%zu pairs, one run has %zu", spread.n, whole.n);
        for (size_t i = 0; i < whole.n; i++) {
            const struct pair *a = &spread.items[i], *b = &whole.items[i];
            cr_expect(a->left == b->left && a->right == b->right, "pair %zu is another", i);
            cr_expect(a->weight == b->weight && a->level == b->level && a->rule == b->rule,
                      "pair %zu is weighed "
                      "otherwise",
                      i);
        }
    }
}

Test(blocks, a_table_without_wanted_blocks_has_no_pairs)
{
    const struct padan_options options = options_of(1);
    const uint64_t keys[] = { 0, 7, UINT64_MAX };
    make_rows();
    for (uint64_t n = 0; n <= 3; n += 3) {
        uint32_t rows[] = { 0, 1, 2, 3, 4 };
        struct padan_table *table = NULL;
        struct padan_result *result = NULL;
        struct padan_pairs pairs;
        cr_assert_eq(table_of(rows, 5, &table), PADAN_OK);
        cr_assert_eq(padan_link_blocks(table, &options, &(struct padan_blocks){ n, keys, 0, NULL }, &result, NULL),
                     PADAN_OK);
        padan_result_pairs(result, &pairs);
        cr_expect_eq(pairs.n_pairs, 0);
        padan_result_free(result);
        padan_table_free(table);
    }
}

/* --- what is refused --- */

static void expect_refused(const struct padan_options *options, enum padan_status status, const char *words)
{
    const uint32_t rows[] = { 0, 1, 2 };
    const struct padan_blocks blocks = { .n_keys = 0 };
    struct padan_error error = { 0 };
    struct padan_table *table = NULL;
    struct padan_result *result = NULL;
    cr_assert_eq(table_of(rows, 3, &table), PADAN_OK);
    cr_expect_eq(padan_link_blocks(table, options, &blocks, &result, &error), status, "%s: %s", words, error.message);
    cr_expect(strstr(error.message, words) != NULL, "%s: %s", words, error.message);
    cr_expect_null(result);
    padan_table_free(table);
}

static void expect_both_refuse(const struct padan_options *options, enum padan_status status, const char *words)
{
    const uint32_t rows[] = { 0, 1, 2 };
    struct padan_error error = { 0 };
    struct padan_table *table = NULL;
    struct padan_keys *keys = NULL;
    expect_refused(options, status, words);
    cr_assert_eq(table_of(rows, 3, &table), PADAN_OK);
    cr_expect_eq(padan_keys_find(table, options, NULL, 0, &keys, &error), status, "%s: %s", words, error.message);
    cr_expect(strstr(error.message, words) != NULL, "%s: %s", words, error.message);
    cr_expect_null(keys);
    padan_table_free(table);
}

Test(blocks, what_all_rows_are_needed_for_is_refused_with_a_sentence)
{
    static const char *const changes[][3] = {
        { "\"l.born = r.born\"",
          "{\"blocking_rule\": \"l.w = r.w\", \"padan_words\": {\"name\": \"w\", \"texts\": "
          "[\"name\"], \"most_rows\": 3}}",
          "padan_words" },
        { "\"m_probability\": 0.6, ", "\"tf_adjustment_column\": \"name\", \"m_probability\": 0.6, ",
          "train the model" },
        { "jaro_winkler_similarity(name_l, name_r)", "rare_word_similarity(name_l, name_r)", "rare_word_similarity" },
        { "\"link_type\"", "\"padan_matches_per_record\": 0.5, \"link_type\"", "padan_matches_per_record" },
    };
    make_rows();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char changed[sizeof model + 256];
        const char *at = strstr(model, changes[i][0]);
        cr_assert_not_null(at);
        (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - model), model, changes[i][1],
                       at + strlen(changes[i][0]));
        struct padan_options options = options_of(1);
        options.model = changed;
        expect_both_refuse(&options, PADAN_UNSUPPORTED, changes[i][2]);
    }
}

Test(blocks, options_that_are_wrong_are_refused_with_a_sentence)
{
    struct padan_options options = options_of(1);
    make_rows();
    options.model = NULL;
    expect_both_refuse(&options, PADAN_BAD_ARGUMENT, "name one");
    options = options_of(1);
    options.model_file = "model.json";
    expect_both_refuse(&options, PADAN_BAD_ARGUMENT, "give one of them");
    options = options_of(1);
    options.size = 1;
    expect_both_refuse(&options, PADAN_BAD_ARGUMENT, "padan_options_init");
    options = options_of(1);
    options.clustering = "components";
    expect_refused(&options, PADAN_BAD_ARGUMENT, "padan_cluster");
    struct padan_progress progress = { .cancel = 1 };
    options = options_of(1);
    options.progress = &progress;
    expect_both_refuse(&options, PADAN_CANCELLED, "cancelled");
}

#ifdef PADAN_FAULT
static enum padan_status keys_then_pairs(const uint32_t *rows, size_t n, const struct padan_options *options)
{
    struct padan_table *table = NULL;
    struct padan_keys *keys = NULL;
    struct padan_result *result = NULL;
    struct padan_key_list list = { .n_keys = 0 };
    const uint64_t cut[] = { 3 };
    enum padan_status status = table_of(rows, n, &table);
    if (status == PADAN_OK) status = padan_keys_find(table, options, cut, 1, &keys, NULL);
    cr_expect_eq(status == PADAN_OK, keys != NULL);
    padan_table_free(table);
    table = NULL;
    if (keys != NULL) padan_keys_list(keys, &list);
    if (status == PADAN_OK) status = table_of(rows, n, &table);
    const struct padan_blocks blocks = { list.n_keys, list.key, 1, cut };
    if (status == PADAN_OK) status = padan_link_blocks(table, options, &blocks, &result, NULL);
    cr_expect_eq(status == PADAN_OK, result != NULL);
    padan_result_free(result);
    padan_keys_free(keys);
    padan_table_free(table);
    return status;
}

Test(blocks, reports_every_failed_allocation)
{
    const uint32_t rows[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 };
    const struct padan_options options = options_of(1);
    enum padan_status status = PADAN_OUT_OF_MEMORY;
    make_rows();
    for (long n = 1; status != PADAN_OK; n += n < 300 ? 1 : 5) {
        pd_memory_fail_after(n);
        status = keys_then_pairs(rows, sizeof rows / sizeof *rows, &options);
        pd_memory_fail_after(0);
        cr_assert(status == PADAN_OK || status == PADAN_OUT_OF_MEMORY, "allocation %ld: status %d", n, status);
    }
}
#endif

/* SPDX-License-Identifier: MIT
 * The compiled plan, the passes and the bounds against the definition: every pair of rows, every rule and level by the
 * interpreter, nothing skipped. */
#include "linking/linker.h"

#include "../table/even_sources.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/row_reader.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_RECORDS = 240, N_SOURCES = 3, N_COLUMNS = 4 };

static const char *const words[] = { "ANI", "ANNI", "BUDI", "BUDDI", "CITRA", "SITRA", "DEWI", "DEWA" };

static const char model_text[] =
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.01,"
    " \"blocking_rules_to_generate_predictions\": ["
    "  \"l.a = r.a\","
    "  {\"blocking_rule\": \"l.b = r.b and levenshtein(l.a, r.a) <= 1\"},"
    "  {\"blocking_rule\": \"substr(l.a, 1, 2) = substr(r.a, 1, 2) and l.c = r.c\"},"
    "  {\"blocking_rule\": \"l.b = r.c\"}, \"l.n = r.n\"],"
    " \"padan_thresholds\": {\"review\": 0, \"automatic\": 2},"
    " \"padan_unlinked\": {\"review\": -4, \"blocking_rules\": [\"l.d = r.d\", {\"blocking_rule\": \"l.a = r.d\"}]},"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"n\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"n_l IS NULL OR n_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"n_l = n_r\", \"m_probability\": 0.5, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"levenshtein(n_l, n_r) <= 1\", \"m_probability\": 0.3, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"levenshtein(n_l, n_r) = 2\", \"m_probability\": 0.1, \"u_probability\": 0.01},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"t\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"t_l IS NULL OR t_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"t_l = t_r\", \"m_probability\": 0.5, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"levenshtein(t_l, t_r) <= 1\", \"m_probability\": 0.3, \"u_probability\": 0.02},"
    "   {\"sql_condition\": \"damerau_levenshtein(t_l, t_r) <= 1\", \"m_probability\": 0.1, \"u_probability\": 0.01},"
    "   {\"sql_condition\": \"osa_distance(t_l, t_r) = 2\", \"m_probability\": 0.05, \"u_probability\": 0.03},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.05, \"u_probability\": 0.84}]},"
    "  {\"output_column_name\": \"days\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"try_strptime(t_l, '%Y-%m-%d') IS NULL OR try_strptime(t_r, '%Y-%m-%d') IS NULL\","
    "    \"is_null_level\": true},"
    "   {\"sql_condition\": \"abs(epoch(try_strptime(t_l, '%Y-%m-%d')) - epoch(try_strptime(t_r, '%Y-%m-%d'))) <= "
    "864000.0\", \"m_probability\": 0.5, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"2592000 > abs(epoch(try_strptime(t_r, '%Y-%m-%d')) - epoch(try_strptime(t_l, "
    "'%Y-%m-%d')))\""
    ", \"m_probability\": 0.3, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.6}]},"
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(a_l, a_r) >= 0.9\", \"m_probability\": 0.15, \"u_probability\": "
    "0.1},"
    "   {\"sql_condition\": \"levenshtein(a_l, a_r) <= 2 AND NOT (b_l = b_r)\", \"m_probability\": 0.04, "
    "\"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.01, \"u_probability\": 0.6}]},"
    "  {\"output_column_name\": \"aa\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(a_l, a_r) >= 0.9\", \"m_probability\": 0.7, "
    "\"u_probability\": 0.1},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(a_l, a_r) > 0.8\", \"m_probability\": 0.2, "
    "\"u_probability\": 0.3},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.6}]},"
    "  {\"output_column_name\": \"bc\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"levenshtein(b_l, c_r) <= 1\", \"m_probability\": 0.3, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"levenshtein(b_l, c_r) <= 3 AND d_l = d_r\", \"m_probability\": 0.3, "
    "\"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.4, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"b\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"b_l IS NULL OR b_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"b_l = b_r OR (b_l = 'ANI' AND b_r = 'ANNI')\", \"m_probability\": 0.9, "
    "\"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"num\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"abs(length(a_l) - length(b_r)) > 1 AND d_l IS NOT NULL\", \"m_probability\": 0.1, "
    "\"u_probability\": 0.2},"
    "   {\"sql_condition\": \"100000 > abs(TRY_CAST(substr(n_r, 4, 9) AS DOUBLE) - TRY_CAST(substr(n_l, 4, 9) AS "
    "DOUBLE))\", \"m_probability\": 0.3, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"CASE WHEN length(a_l) > 4 THEN length(a_l || b_l) ELSE length(d_r) END * 2 - length(c_r) "
    "<= 6\", \"m_probability\": 0.2, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.4, \"u_probability\": 0.4}]},"
    "  {\"output_column_name\": \"cd\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"c_l = d_r AND c_r = d_l\", \"m_probability\": 0.5, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"c_l || d_l = c_r || d_r\", \"m_probability\": 0.4, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]}]}";

static void fill_column(struct pd_column *column, struct pd_random *random)
{
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint64_t which = pd_random_below(random, 10);
        codes[i] = 0;
        if (which >= 8) continue;
        const struct pd_text text = pd_text_of(words[which]);
        cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &codes[i], NULL), PADAN_OK);
    }
}

/* Numbers of 16 digits that are near each other, shorter ones, texts and NULLs. */
static void fill_numbers(struct pd_column *column, struct pd_random *random)
{
    static const char base[] = "3210015708900001";
    uint64_t *numbers = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[24];
        size_t length = 16;
        memcpy(text, base, 16);
        for (size_t edits = pd_random_below(random, 4); edits > 0; edits--)
            text[pd_random_below(random, 16)] = (char)('0' + pd_random_below(random, 3));
        if (pd_random_below(random, 4) == 0) memmove(text + 3, text + 2, 6);
        if (pd_random_below(random, 8) == 0) length--;
        numbers[i] = pd_digits_encode((struct pd_text){ text, length });
        if (pd_random_below(random, 10) == 0) numbers[i] = 0;
        if (pd_random_below(random, 10) != 0) continue;
        uint32_t code = 0;
        const struct pd_text odd = pd_text_of(words[pd_random_below(random, 8)]);
        cr_assert_eq(pd_dictionary_insert(column->dictionary, odd, pd_hash_text(odd), &code, NULL), PADAN_OK);
        numbers[i] = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
    }
}

/* Texts of dates that are near each other, shorter ones, texts that are no dates, and NULLs. */
static void fill_dates(struct pd_column *column, struct pd_random *random)
{
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        char date[] = "1971-11-21";
        for (size_t edits = pd_random_below(random, 3); edits > 0; edits--) {
            const size_t place = pd_random_below(random, 9);
            const char letter = date[place];
            date[place] = pd_random_below(random, 2) == 0 ? date[place + 1] : '7';
            if (pd_random_below(random, 2) == 0) date[place + 1] = letter;
        }
        struct pd_text text = { date, pd_random_below(random, 10) == 0 ? 9 : 10 };
        const uint64_t which = pd_random_below(random, 12);
        codes[i] = 0;
        if (which == 0) continue;
        if (which == 1) text = pd_text_of(words[pd_random_below(random, 8)]);
        cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &codes[i], NULL), PADAN_OK);
    }
}

static void make_table(struct pd_table *table, uint64_t seed)
{
    static const char *const names[N_COLUMNS] = { "a", "b", "c", "d" };
    struct pd_random random = pd_random_stream(seed, 1);
    make_even_sources(table, N_RECORDS, N_SOURCES);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(names[i]), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL),
                     PADAN_OK);
        fill_column(column, &random);
    }
    struct pd_column *numbers = NULL;
    cr_assert_eq(pd_table_add(table, PD_TEXT("n"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &numbers, NULL), PADAN_OK);
    fill_numbers(numbers, &random);
    struct pd_column *dates = NULL;
    cr_assert_eq(pd_table_add(table, PD_TEXT("t"), PD_TYPE_TEXT, PD_ENCODING_CODE, &dates, NULL), PADAN_OK);
    fill_dates(dates, &random);
}

static bool holds(const struct pd_expression *condition, struct pd_pair_reader *reader, struct pd_evaluator *evaluator)
{
    const struct pd_row_reader row = pd_pair_row_reader(reader);
    const bool result = pd_value_is_true(pd_expression_evaluate(condition, &row, evaluator));
    pd_evaluator_clear(evaluator);
    return result;
}

/* First rule that holds, or -1; with those for unlinked rows when the scope marks rows. */
static int first_rule(const struct pd_model *model, const struct pd_scope *scope, struct pd_pair_reader *reader,
                      struct pd_evaluator *evaluator)
{
    for (size_t i = 0; i < model->n_rules; i++)
        if (holds(model->rules[i].condition, reader, evaluator)) return (int)i;
    for (size_t i = 0; i < model->n_unlinked_rules && scope->linked != NULL; i++)
        if (holds(model->unlinked_rules[i].condition, reader, evaluator)) return (int)(model->n_rules + i);
    return -1;
}

static pd_weight full_weight(const struct pd_model *model, struct pd_pair_reader *reader,
                             struct pd_evaluator *evaluator, int8_t *gammas)
{
    pd_weight sum = model->prior;
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        gammas[i] = -1;
        for (size_t j = 0; j < comparison->n_levels; j++) {
            const struct pd_level *level = &comparison->levels[j];
            if (level->condition != NULL && !holds(level->condition, reader, evaluator)) continue;
            gammas[i] = (int8_t)level->gamma;
            sum += level->is_null_level ? 0 : level->weight;
            break;
        }
    }
    return sum;
}

static bool is_wanted(const struct pd_linker *linker, const struct pd_scope *scope, uint32_t left, uint32_t right)
{
    const uint16_t *source_of = linker->table->source_of;
    const uint8_t kind = scope->matrix[source_of[left] * N_SOURCES + source_of[right]];
    if (kind != PD_SCOPE_UNLINKED) return kind == PD_SCOPE_ALWAYS;
    return !scope->linked[left] || !scope->linked[right];
}

static void compare_with_oracle(const struct pd_linker *linker, const struct pd_edges *edges,
                                const struct pd_scope *scope, pd_weight needed)
{
    struct pd_pair_reader reader = { .table = linker->table };
    struct pd_evaluator evaluator = { 0 };
    size_t next = 0;
    for (uint32_t left = 0; left < N_RECORDS; left++) {
        for (uint32_t right = 0; right < N_RECORDS; right++) {
            if (left == right || pd_linker_pair(linker, left, right).left != left) continue;
            reader.left = left;
            reader.right = right;
            if (!is_wanted(linker, scope, left, right)) continue;
            const int rule = first_rule(linker->model, scope, &reader, &evaluator);
            int8_t gammas[16];
            const pd_weight weight = full_weight(linker->model, &reader, &evaluator, gammas);
            if (rule < 0 || (needed != INT64_MIN && weight < needed)) continue;
            cr_assert_lt(next, edges->n_edges, "pair %u, %u is missing", left, right);
            const struct pd_edge *edge = &edges->edges[next];
            cr_assert(edge->left == left && edge->right == right, "expected %u, %u, got %u, %u", left, right,
                      edge->left, edge->right);
            cr_assert_eq(edge->weight, weight);
            cr_assert_eq(edge->pass, rule);
            for (size_t i = 0; i < edges->n_comparisons; i++)
                cr_assert_eq(edges->gammas[next * edges->n_comparisons + i], gammas[i]);
            next++;
        }
    }
    cr_assert_eq(next, edges->n_edges);
    pd_evaluator_reset(&evaluator);
}

static size_t count_dropped(const struct pd_table *table)
{
    size_t n = 0;
    for (size_t i = 0; i < table->n_columns; i++) n += table->columns[i].words == NULL;
    return n;
}

/* An order of records that is not theirs. */
static void turn_pairs(struct pd_linker *linker)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_allocate(&linker->rank, N_RECORDS, sizeof *linker->rank, &error), PADAN_OK);
    for (uint32_t i = 0; i < N_RECORDS; i++) linker->rank[i] = (i * 77 + 5) % N_RECORDS;
}

/* A linker of a table, and what a run of it found. */
struct linked {
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct pd_edges edges;
};

static void read_inputs(uint64_t seed, const char *model, struct linked *linked)
{
    struct padan_error error = { 0 };
    linked->edges = (struct pd_edges){ 0 };
    make_table(&linked->table, seed);
    cr_assert_eq(pd_model_read(&linked->model, pd_text_of(model), "test", pd_linker_functions(), &error), PADAN_OK,
                 "%s", error.message);
}

static void make_linker(int threads, struct linked *linked)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_linker_make(&linked->linker, &linked->table, &linked->model, threads, &error), PADAN_OK, "%s",
                 error.message);
}

static void run_linker(const struct pd_scope *scope, pd_weight needed, struct linked *linked)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_linker_run(&linked->linker, scope, needed, &linked->edges, &error), PADAN_OK, "%s", error.message);
}

static void reset(struct linked *linked)
{
    pd_edges_reset(&linked->edges);
    pd_linker_reset(&linked->linker);
    pd_model_reset(&linked->model);
    pd_table_reset(&linked->table);
}

static void run_turned(bool turned, uint64_t seed, int threads, pd_weight needed, const struct pd_scope *scope)
{
    struct linked linked;
    struct pd_linker *linker = &linked.linker;
    read_inputs(seed, model_text, &linked);
    make_linker(threads, &linked);
    if (turned) turn_pairs(linker);
    linker->slice_words = seed % 2 == 0 ? 0 : 7 * seed; /* all keys at once, or a few at a time */
    linker->last_run = seed % 3 != 0;                   /* columns of keys are dropped */
    run_linker(scope, needed, &linked);
    compare_with_oracle(linker, &linked.edges, scope, needed);
    cr_assert_eq(linker->rows.n_near, 2);                                 /* n and t */
    cr_assert_eq(count_dropped(&linked.table), linker->last_run ? 1 : 0); /* substr(a, 1, 2), which no level asks for */
    reset(&linked);
}

static void run_scope(uint64_t seed, int threads, pd_weight needed, const struct pd_scope *scope)
{
    run_turned(false, seed, threads, needed, scope);
}

static void run_once(uint64_t seed, int threads, pd_weight needed)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 0, 1, 0, 1, 0, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    run_scope(seed, threads, needed, &scope);
}

Test(linker, full_mode_is_the_definition)
{
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (int threads = 1; threads <= 3; threads++) run_once(seed, threads, INT64_MIN);
}

Test(linker, which_row_is_left_is_told_by_ranks)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 0, 1, 0, 1, 0, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (int threads = 1; threads <= 2; threads++) {
            run_turned(true, seed, threads, INT64_MIN, &scope);
            run_turned(true, seed, threads, PD_WEIGHT_ONE, &scope);
        }
}

Test(linker, more_pairs_than_may_be_kept_are_refused)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    uint64_t n_all = 0;
    for (int trial = 0; trial < 3; trial++) {
        struct linked linked;
        struct padan_error error = { 0 };
        read_inputs(3, model_text, &linked);
        make_linker(2, &linked);
        linked.linker.edges_max = trial == 0 ? 0 : n_all - (uint64_t)(trial - 1);
        const enum padan_status status = pd_linker_run(&linked.linker, &scope, INT64_MIN, &linked.edges, &error);
        cr_expect_eq(status, trial == 2 ? PADAN_LIMIT : PADAN_OK, "%s", error.message);
        cr_expect_eq(strstr(error.message, "padan_max_pairs") != NULL, trial == 2);
        if (trial == 0) n_all = linked.edges.n_edges;
        reset(&linked);
    }
}

Test(linker, bounded_mode_keeps_the_same_pairs)
{
    static const double thresholds[] = { -8, -3, 0, 2, 100 };
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++)
        for (int threads = 1; threads <= 7; threads += 3)
            run_once(9, threads, (pd_weight)(thresholds[i] * (double)PD_WEIGHT_ONE));
}

static const char *const older_processors[] = { "scalar", "avx2" };
enum { N_PROCESSORS = 1 + sizeof older_processors / sizeof *older_processors };

Test(linker, without_special_instructions_the_pairs_are_the_same)
{
    for (size_t i = 0; i < N_PROCESSORS - 1; i++) {
        cr_assert_eq(setenv("PADAN_CPU", older_processors[i], 1), 0);
        for (uint64_t seed = 21; seed <= 23; seed++) run_once(seed, 2, PD_WEIGHT_ONE);
    }
    cr_assert_eq(unsetenv("PADAN_CPU"), 0);
}

/* Pairs found and new pairs of every pass. */
static void count_pairs(uint64_t seed, const struct pd_scope *scope, uint64_t *n_pairs, uint64_t *n_new)
{
    struct linked linked;
    read_inputs(seed, model_text, &linked);
    make_linker(2, &linked);
    run_linker(scope, 0, &linked);
    for (size_t i = 0; i < linked.linker.passes.n_passes; i++) {
        n_pairs[i] = linked.linker.statistics[i].n_pairs;
        n_new[i] = linked.linker.statistics[i].n_new;
    }
    reset(&linked);
}

/* Pairs that nobody scores are counted all the same: eight and four at a time as one by one. */
Test(linker, without_special_instructions_as_many_pairs_are_counted)
{
    enum { U = PD_SCOPE_UNLINKED, A = PD_SCOPE_ALWAYS, N = PD_SCOPE_NEVER };
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { U, A, U, A, N, A, U, A, U };
    uint8_t linked[N_RECORDS];
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % 3 != 0;
    const struct pd_scope scopes[] = { { .n_sources = N_SOURCES, .matrix = matrix, .linked = linked },
                                       { .n_sources = N_SOURCES, .matrix = matrix } };
    for (uint64_t seed = 61; seed <= 64; seed++) {
        uint64_t n_pairs[N_PROCESSORS][PD_RULES_MAX] = { { 0 } }, n_new[N_PROCESSORS][PD_RULES_MAX] = { { 0 } };
        cr_assert_eq(unsetenv("PADAN_CPU"), 0);
        count_pairs(seed, &scopes[seed % 2], n_pairs[0], n_new[0]);
        cr_assert_gt(n_new[0][0], 100);
        for (size_t k = 1; k < N_PROCESSORS; k++) {
            cr_assert_eq(setenv("PADAN_CPU", older_processors[k - 1], 1), 0);
            count_pairs(seed, &scopes[seed % 2], n_pairs[k], n_new[k]);
            for (size_t i = 0; i < PD_RULES_MAX; i++) {
                cr_assert_eq(n_pairs[0][i], n_pairs[k][i], "pass %zu", i);
                cr_assert_eq(n_new[0][i], n_new[k][i], "pass %zu", i);
            }
        }
    }
    cr_assert_eq(unsetenv("PADAN_CPU"), 0);
}

/* The keys of most linked records are dropped before the sort: no wanted pair may go with them. */
Test(linker, unlinked_records_meet_all_they_may)
{
    enum { U = PD_SCOPE_UNLINKED, N = PD_SCOPE_NEVER };
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { N, U, N, U, U, N, N, N, N };
    for (uint64_t every = 1; every <= 40; every += 13) {
        uint8_t linked[N_RECORDS];
        for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % every != 0;
        const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix, .linked = linked };
        for (int threads = 1; threads <= 3; threads++) run_scope(30 + every, threads, INT64_MIN, &scope);
    }
}

/* Two sources are compared with the third only: keys of theirs that it has not are dropped before the sort. */
Test(linker, few_rows_meet_all_they_may_of_many)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 0, 0, 1, 0, 0, 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    for (uint64_t seed = 51; seed <= 54; seed++)
        for (int threads = 1; threads <= 3; threads++) run_scope(seed, threads, INT64_MIN, &scope);
}

static void count_edges(size_t n_first, bool first_look, uint64_t *of_pass)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix, .first_look = first_look };
    struct linked linked;
    read_inputs(3, model_text, &linked);
    cr_assert_gt(linked.model.n_rules, n_first);
    linked.model.n_first_rules = n_first;
    make_linker(2, &linked);
    run_linker(&scope, INT64_MIN, &linked);
    for (size_t i = 0; i < linked.edges.n_edges; i++) of_pass[linked.edges.edges[i].pass]++;
    reset(&linked);
}

Test(linker, a_first_look_is_by_the_first_rules)
{
    enum { FIRST = 2 };
    uint64_t first[PD_RULES_MAX] = { 0 };
    uint64_t all[PD_RULES_MAX] = { 0 };
    uint64_t n_further = 0;
    count_edges(FIRST, true, first);
    count_edges(FIRST, false, all);
    for (size_t pass = 0; pass < PD_RULES_MAX; pass++) {
        cr_expect_eq(first[pass], pass < FIRST ? all[pass] : 0, "pass %zu", pass);
        if (pass >= FIRST) n_further += all[pass];
    }
    cr_expect_gt(first[0] + first[1], 0);
    cr_expect_gt(n_further, 0);
}

/* A cap may lose pairs, but never emits one twice nor one that no rule holds for, and what it loses is counted. */
static void run_capped(const uint8_t *matrix)
{
    static const char capped[] =
        "{\"link_type\": \"dedupe_only\", \"probability_two_random_records_match\": 0.01,"
        " \"padan_max_pairs_per_block\": 60,"
        " \"blocking_rules_to_generate_predictions\": ["
        "  {\"blocking_rule\": \"l.a = r.a\", \"padan_refine\": [\"b\", \"c\"]},"
        "  {\"blocking_rule\": \"l.b = r.b\"}],"
        " \"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
        "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
        "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.2, \"u_probability\": 0.9}]}]}";
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    struct linked linked;
    read_inputs(5, capped, &linked);
    make_linker(2, &linked);
    run_linker(&scope, INT64_MIN, &linked);
    const struct pd_linker *linker = &linked.linker;
    const struct pd_edges *edges = &linked.edges;
    const struct pd_table *table = &linked.table;
    uint64_t n_new = 0;
    for (size_t i = 0; i < linker->passes.n_passes; i++) n_new += linker->statistics[i].n_new;
    cr_assert_eq(edges->n_edges, n_new);
    cr_assert_gt(linker->statistics[0].n_blocks_cut, 0);
    for (size_t i = 1; i < edges->n_edges; i++) {
        const struct pd_edge *before = &edges->edges[i - 1];
        const struct pd_edge *edge = &edges->edges[i];
        cr_assert(before->left < edge->left || (before->left == edge->left && before->right < edge->right));
    }
    /* Pairs with equal keys of rule 1 are compared or counted as not compared. */
    const uint32_t *codes = table->columns[0].words;
    uint64_t n_equal = 0;
    for (size_t i = 0; i < N_RECORDS; i++)
        for (size_t j = i + 1; j < N_RECORDS; j++)
            n_equal += codes[i] != 0 && codes[i] == codes[j] &&
                       matrix[table->source_of[i] * N_SOURCES + table->source_of[j]] == PD_SCOPE_ALWAYS;
    cr_assert_eq(linker->statistics[0].n_pairs + linker->statistics[0].n_not_compared, n_equal);
    reset(&linked);
}

Test(linker, capped_blocks_lose_only_what_they_count)
{
    static const uint8_t all[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    static const uint8_t few_with_many[N_SOURCES * N_SOURCES] = { 0, 0, 1, 0, 0, 1, 1, 1, 1 };
    run_capped(all);
    run_capped(few_with_many);
}

/* Parts of a run as they were told. */
struct told {
    double parts[256];
    size_t n;
};

static void note_part(void *context, double part)
{
    struct told *told = context;
    if (told->n < sizeof told->parts / sizeof *told->parts) told->parts[told->n++] = part;
}

Test(linker, tells_parts_that_ascend_from_none_to_all_by_what_rules_cost)
{
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    struct linked linked;
    struct told told = { .n = 0 };
    read_inputs(3, model_text, &linked);
    make_linker(1, &linked);
    linked.linker.part = note_part;
    linked.linker.part_context = &told;
    run_linker(&scope, INT64_MIN, &linked);
    const struct pd_block_statistics *statistics = linked.linker.statistics;
    cr_assert_geq(told.n, 1 + linked.model.n_rules);
    cr_expect_float_eq(told.parts[0], 0, 1e-12);
    cr_expect_float_eq(told.parts[told.n - 1], 1, 1e-9);
    for (size_t i = 1; i < told.n; i++) cr_expect_gt(told.parts[i], told.parts[i - 1], "part %zu", i);
    /* So few rows are all sampled: the first rule and the last are to each other as their pairs are. */
    const double first = told.parts[1], last = told.parts[5] - told.parts[4];
    cr_expect_neq(statistics[0].n_pairs, statistics[4].n_pairs);
    cr_expect_eq(first > last, statistics[0].n_pairs > statistics[4].n_pairs);
    reset(&linked);
}

/* SPDX-License-Identifier: MIT
 * Pairs scored from rows, with names that are remembered and comparisons that are settled when pairs are sifted, have
 * the levels and weights that the plan finds comparison by comparison from columns, whatever weight is needed. */
#include "linking/linker.h"

#include "../table/even_sources.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* Pairs of different names are many times what is remembered. */
enum { N_RECORDS = 1200, N_SOURCES = 2, N_NAMES = 400, COMPARISONS_MAX = 8 };

/* What both models begin with, up to the NULLs of names. */
#define MODEL_BEGIN                                                                                                    \
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.001,"                            \
    " \"blocking_rules_to_generate_predictions\": [\"l.g = r.g\"],"                                                    \
    " \"padan_thresholds\": {\"review\": 0, \"automatic\": 2},"                                                        \
    " \"comparisons\": ["                                                                                              \
    "  {\"output_column_name\": \"name\", \"comparison_levels\": ["                                                    \
    "   {\"sql_condition\": \"name_l IS NULL OR name_r IS NULL\", \"is_null_level\": true},"

static const char model_text[] = MODEL_BEGIN
    "   {\"sql_condition\": \"name_similarity(name_l, name_r) >= 0.97\", \"m_probability\": 0.75, \"u_probability\":"
    "    0.001, \"tf_adjustment_column\": \"name\", \"tf_adjustment_weight\": 1.0},"
    "   {\"sql_condition\": \"name_similarity(name_l, name_r) >= 0.85\", \"padan_weight\": 6},"
    "   {\"sql_condition\": \"name_similarity(name_l, name_r) > 0.7\", \"padan_weight\": 0},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -10}]},"
    "  {\"output_column_name\": \"family\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"(card_l IS NULL OR card_r IS NULL) AND (mother_l IS NULL OR mother_r IS NULL)\","
    "    \"is_null_level\": true},"
    "   {\"sql_condition\": \"card_l = card_r AND name_similarity(mother_l, mother_r) >= 0.85\", \"padan_weight\": 9},"
    "   {\"sql_condition\": \"card_l = card_r AND (mother_l IS NULL OR mother_r IS NULL)\", \"padan_weight\": 8},"
    "   {\"sql_condition\": \"card_l = card_r\", \"padan_weight\": 4},"
    "   {\"sql_condition\": \"name_similarity(mother_l, mother_r) >= 0.92\", \"padan_weight\": 5},"
    "   {\"sql_condition\": \"mother_l IS NULL OR mother_r IS NULL\", \"padan_weight\": -1.5},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -4}]},"
    "  {\"output_column_name\": \"crossed\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"name_similarity(name_l, mother_r) >= 0.8\", \"padan_weight\": 1},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -0.5}]},"
    "  {\"output_column_name\": \"again\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"name_similarity(name_l, name_r) >= 0.9 AND mother_l = mother_r\", \"padan_weight\": 2},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -0.25}]},"
    "  {\"output_column_name\": \"card\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"card_l IS NULL OR card_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"card_l = card_r\", \"padan_weight\": 3},"
    "   {\"sql_condition\": \"levenshtein(card_l, card_r) <= 2\", \"padan_weight\": 1},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -1}]},"
    "  {\"output_column_name\": \"place\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"mother_l = mother_r AND card_l = card_r AND g_l = g_r\", \"padan_weight\": 2},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(mother_l, mother_r) >= 0.9\", \"padan_weight\": 1},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -1}]}]}";

/* Similarities of letters with several constants, some of one column and some of two, where more is not always heavier:
 * by what is needed of a pair, its texts have to pass another constant. */
static const char letters_model[] = MODEL_BEGIN
    "   {\"sql_condition\": \"name_l = name_r\", \"padan_weight\": 9},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) >= 0.92\", \"padan_weight\": 6},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) > 0.8\", \"padan_weight\": 2},"
    "   {\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) >= 0.6\", \"padan_weight\": 3},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -6}]},"
    "  {\"output_column_name\": \"mother\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"levenshtein(mother_l, mother_r) <= 2\", \"padan_weight\": 7},"
    "   {\"sql_condition\": \"levenshtein(mother_l, mother_r) < 6\", \"padan_weight\": 3},"
    "   {\"sql_condition\": \"levenshtein(mother_l, mother_r) <= 9 AND card_l = card_r\", \"padan_weight\": 5},"
    "   {\"sql_condition\": \"levenshtein(mother_l, mother_r) <= 12\", \"padan_weight\": -1},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -5}]},"
    "  {\"output_column_name\": \"crossed\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"jaro_similarity(name_l, mother_r) >= 0.9\", \"padan_weight\": 4},"
    "   {\"sql_condition\": \"jaro_similarity(name_l, mother_r) >= 0.7\", \"padan_weight\": 1},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -2}]},"
    "  {\"output_column_name\": \"card\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"card_l = card_r\", \"padan_weight\": 3},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -1}]}]}";

static uint32_t code_of(struct pd_column *column, const char *text)
{
    uint32_t code = 0;
    const struct pd_text value = pd_text_of(text);
    cr_assert_eq(pd_dictionary_insert(column->dictionary, value, pd_hash_text(value), &code, NULL), PADAN_OK);
    return code;
}

/* One to three words, with an error in one of four. */
static void make_name(struct pd_random *random, char *name, size_t size)
{
    static const char *const words[] = { "SITI",  "NUR",  "AMINAH", "BUDI",     "BUDIANTO", "RUDI", "YANTI", "YANTO",
                                         "RIZKI", "ANAM", "DEWI",   "SUPARMAN", "WAHYUNI",  "M",    "EKA",   "HAYATI" };
    size_t length = 0;
    for (size_t n = 1 + pd_random_below(random, 3); n > 0; n--)
        length += (size_t)snprintf(name + length, size - length, length == 0 ? "%s" : " %s",
                                   words[pd_random_below(random, sizeof words / sizeof *words)]);
    const size_t place = pd_random_below(random, length);
    if (pd_random_below(random, 4) == 0 && name[place] != ' ') name[place] = "AIUEO"[pd_random_below(random, 5)];
}

/* Names of which some are frequent, every tenth NULL; with_empty: and one without a word. */
static void add_names(struct pd_table *table, const char *name, bool with_empty, struct pd_random *random)
{
    struct pd_column *column = NULL;
    char names[N_NAMES][64];
    for (size_t i = 0; i < N_NAMES; i++) make_name(random, names[i], sizeof names[i]);
    if (with_empty) names[0][0] = '\0';
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint64_t below = 1 + pd_random_below(random, N_NAMES);
        if (pd_random_below(random, 10) == 0) continue; /* stays NULL */
        ((uint32_t *)column->words)[i] = code_of(column, names[pd_random_below(random, below)]);
    }
}

static void make_table(struct pd_table *table, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    struct pd_column *groups = NULL, *cards = NULL;
    make_even_sources(table, N_RECORDS, N_SOURCES);
    add_names(table, "name", seed % 2 == 0, &random);
    add_names(table, "mother", false, &random);
    cr_assert_eq(pd_table_add(table, PD_TEXT("g"), PD_TYPE_TEXT, PD_ENCODING_CODE, &groups, NULL), PADAN_OK);
    cr_assert_eq(pd_table_add(table, PD_TEXT("card"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &cards, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[24];
        (void)snprintf(text, sizeof text, "%u", (unsigned)pd_random_below(&random, 4));
        ((uint32_t *)groups->words)[i] = code_of(groups, text);
        const int length =
            snprintf(text, sizeof text, "321001570890%u", 9000 + 7 * (unsigned)pd_random_below(&random, 100));
        if (pd_random_below(&random, 6) == 0) continue; /* stays NULL */
        ((uint64_t *)cards->words)[i] = pd_digits_encode((struct pd_text){ text, (size_t)length });
    }
}

/* Every pair of one group whose weight reaches needed, as the plan scores it, is the next edge; and no others are. */
static void compare_with_plan(struct pd_linker *linker, const struct pd_edges *edges, pd_weight needed)
{
    const uint32_t *groups = linker->table->columns[pd_table_find(linker->table, PD_TEXT("g"))].words;
    const size_t n_comparisons = edges->n_comparisons;
    size_t next = 0;
    cr_assert_leq(n_comparisons, COMPARISONS_MAX);
    for (uint32_t left = 0; left < N_RECORDS; left++)
        for (uint32_t right = left + 1; right < N_RECORDS; right++) {
            int8_t gammas[COMPARISONS_MAX];
            pd_weight weight = 0;
            if (groups[left] != groups[right]) continue;
            (void)pd_plan_score(&linker->plan, &linker->workers[0], left, right, INT64_MIN, gammas, &weight);
            if (weight < needed) continue;
            cr_assert_lt(next, edges->n_edges, "pair %u, %u is missing", left, right);
            const struct pd_edge *edge = &edges->edges[next];
            cr_assert(edge->left == left && edge->right == right, "expected %u, %u", left, right);
            cr_assert_eq(edge->weight, weight, "%u, %u", left, right);
            cr_assert_eq(memcmp(edges->gammas + next * n_comparisons, gammas, n_comparisons), 0, "%u, %u", left, right);
            next++;
        }
    cr_assert_eq(next, edges->n_edges);
    cr_assert_gt(next, 20);
}

static void run(const char *text, uint64_t seed, int threads, pd_weight needed)
{
    static const uint8_t all[N_SOURCES * N_SOURCES] = { 1, 1, 1, 1 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = all };
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct pd_edges edges = { 0 };
    struct padan_error error = { 0 };
    make_table(&table, seed);
    cr_assert_eq(pd_model_read(&model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_linker_make(&linker, &table, &model, threads, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_linker_run(&linker, &scope, needed, &edges, &error), PADAN_OK, "%s", error.message);
    compare_with_plan(&linker, &edges, needed);
    pd_edges_reset(&edges);
    pd_linker_reset(&linker);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(row_scores, are_those_of_the_plan)
{
    for (uint64_t seed = 1; seed <= 2; seed++)
        for (int bits = -24; bits <= -3; bits += 7) run(model_text, seed, bits % 2 == 0 ? 1 : 3, bits * PD_WEIGHT_ONE);
    run(model_text, 3, 2, INT64_MIN);
}

Test(row_scores, of_letters_are_those_of_the_plan_whatever_is_needed)
{
    for (int bits = -21; bits <= 0; bits += 3) run(letters_model, 5, bits % 2 == 0 ? 1 : 3, bits * PD_WEIGHT_ONE);
    run(letters_model, 5, 2, INT64_MIN);
}

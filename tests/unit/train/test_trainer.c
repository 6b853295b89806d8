/* SPDX-License-Identifier: MIT
 * Training from rows to model: two sources made with known errors, so that m, u and the number of matches are known. */
#include "training/trainer.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

enum { N_EACH = 3000, N_RECORDS = 2 * N_EACH, N_MATCHES = 2000, N_COLUMNS = 5 };

/* Distinct values of a column, and how often it differs in a match. */
struct column_plan {
    const char *name;
    unsigned n_values;
    double error;
};

static const struct column_plan easy[N_COLUMNS] = {
    { "a", 400, 0.10 }, { "b", 300, 0.15 }, { "c", 900, 0.05 }, { "d", 12, 0.20 }, { "e", 3000, 0.08 }
};
/* So many wrong values that a match has as many as members of a household. */
static const struct column_plan poor[N_COLUMNS] = {
    { "a", 400, 0.40 }, { "b", 300, 0.40 }, { "c", 900, 0.30 }, { "d", 12, 0.40 }, { "e", 3000, 0.35 }
};
static const struct column_plan *plans = easy;

static const char model_text[] =
    "{\"link_type\": \"link_only\","
    " \"blocking_rules_to_generate_predictions\": [\"l.a = r.a\", \"l.c = r.c\", \"l.b = r.b and l.d = r.d\"],"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"a_l = a_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"b\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"b_l = b_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"c\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"c_l = c_r\"},"
    "   {\"sql_condition\": \"substr(c_l, 1, 3) = substr(c_r, 1, 3)\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"d\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"d_l = d_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"e\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"e_l = e_r\"}, {\"sql_condition\": \"ELSE\"}]}]}";

static uint32_t code_of(struct pd_column *column, const struct column_plan *plan, uint64_t value)
{
    char text[512]; /* gcc sees XXH3 read as far as a long text goes */
    uint32_t code = 0;
    const int length = snprintf(text, sizeof text, "%s%05llu", plan->name, (unsigned long long)value);
    const struct pd_text value_text = { text, (size_t)length };
    cr_assert_eq(pd_dictionary_insert(column->dictionary, value_text, pd_hash_text(value_text), &code, NULL), PADAN_OK);
    return code;
}

/* Record N_EACH + i is the same as record i for i < N_MATCHES; a wrong value is another random one. */
static void fill_column(struct pd_column *column, const struct column_plan *plan, struct pd_random *random)
{
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        const bool copied = i >= N_EACH && i - N_EACH < N_MATCHES && pd_random_unit(random) >= plan->error;
        const uint32_t fresh = code_of(column, plan, pd_random_below(random, plan->n_values));
        codes[i] = copied ? codes[i - N_EACH] : fresh;
    }
}

static void make_table(struct pd_table *table)
{
    struct pd_random random = pd_random_stream(1, 1);
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = 2 };
    cr_assert_eq(pd_allocate(&table->sources, 2, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("kiri"), .begin = 0, .end = N_EACH };
    table->sources[1] = (struct pd_source){ .name = PD_TEXT("kanan"), .begin = N_EACH, .end = N_RECORDS };
    for (size_t i = 0; i < N_RECORDS; i++) table->source_of[i] = i >= N_EACH;
    for (size_t i = 0; i < N_COLUMNS; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(plans[i].name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL),
                     PADAN_OK);
        fill_column(column, &plans[i], &random);
    }
}

static const uint8_t across[4] = { 0, 1, 1, 0 };
static const struct pd_scope scope = { .n_sources = 2, .matrix = across };

/* Trains a fresh model on a fresh table; report and model appended to text. */
static void train(const struct pd_train_options *options, struct pd_model *model, struct pd_train_result *result,
                  struct pd_buffer *text)
{
    static const struct pd_text sources[2] = { { "kiri", 4 }, { "kanan", 5 } };
    struct pd_table table;
    struct padan_error error = { 0 };
    make_table(&table);
    cr_assert_eq(pd_model_read(model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_train(&table, model, &scope, options, result, &error), PADAN_OK, "%s", error.message);
    pd_train_report(result, model, sources, 2, text);
    pd_model_write(model, text);
    cr_assert_eq(pd_buffer_status(text, NULL), PADAN_OK);
    pd_table_reset(&table);
}

static void expect_near(double value, double expected, double share, const char *what)
{
    cr_expect(fabs(value / expected - 1) < share, "%s: %g, not %g", what, value, expected);
}

/* Equality levels; a wrong value is right by chance once in n_values. */
static void expect_parameters(const struct pd_model *model, double u_tolerance)
{
    for (size_t i = 0; i < N_COLUMNS; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        const struct pd_level *exact = &comparison->levels[comparison->levels[0].is_null_level ? 1 : 0];
        const double chance = 1.0 / plans[i].n_values;
        expect_near(exact->m, 1 - plans[i].error * (1 - chance), 0.05, plans[i].name);
        expect_near(exact->u, chance, u_tolerance, plans[i].name);
    }
}

Test(trainer, known_parameters_come_back_from_all_pairs)
{
    struct pd_model model;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    const struct pd_train_options options = { .seed = 1, .max_pairs = 10000000, .threads = 2 };
    train(&options, &model, &result, &text);
    expect_parameters(&model, 0.05);
    expect_near(result.n_matches, N_MATCHES, 0.05, "matches");
    expect_near(model.lambda, (double)N_MATCHES / N_EACH / N_EACH, 0.05, "lambda");
    cr_expect_eq(result.n_groups, 1);
    cr_expect(result.converged);
    cr_expect_eq(result.n_starts_agree, 10);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
}

/* 9,000,000 pairs, of which 50,000 are drawn: rare levels must come from strata. */
Test(trainer, known_parameters_come_back_from_a_sample)
{
    struct pd_model model;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    const struct pd_train_options options = { .seed = 1, .max_pairs = 50000, .threads = 1 };
    train(&options, &model, &result, &text);
    expect_parameters(&model, 0.15);
    expect_near(result.n_matches, N_MATCHES, 0.05, "matches");
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
}

/* 1,000,000 of 9,000,000 pairs: the 330 that agree in e would be some 5 % off. */
Test(trainer, u_of_equality_is_that_of_all_pairs)
{
    double u[2][N_COLUMNS];
    for (size_t k = 0; k < 2; k++) {
        struct pd_model model;
        struct pd_train_result result;
        struct pd_buffer text = { 0 };
        const struct pd_train_options options = { .seed = 2, .max_pairs = k == 0 ? 1000000 : 10000000, .threads = 2 };
        train(&options, &model, &result, &text);
        for (size_t i = 1; i < N_COLUMNS; i++) u[k][i] = model.comparisons[i].levels[0].u;
        pd_train_result_reset(&result);
        pd_model_reset(&model);
        pd_buffer_reset(&text);
    }
    expect_near(u[0][2], u[1][2], 0.01, "u of c");
    expect_near(u[0][4], u[1][4], 0.01, "u of e");
}

Test(trainer, the_same_bytes_for_any_number_of_threads_and_others_for_another_seed)
{
    struct pd_buffer texts[4] = { { 0 } };
    static const int threads[4] = { 1, 2, 7, 1 };
    for (size_t i = 0; i < 4; i++) {
        struct pd_model model;
        struct pd_train_result result;
        const struct pd_train_options options = { .seed = i < 3 ? 1 : 2, .max_pairs = 20000, .threads = threads[i] };
        train(&options, &model, &result, &texts[i]);
        pd_train_result_reset(&result);
        pd_model_reset(&model);
        const bool same =
            texts[i].length == texts[0].length && memcmp(texts[i].data, texts[0].data, texts[0].length) == 0;
        cr_expect_eq(same, i < 3, "run %zu", i);
    }
    for (size_t i = 0; i < 4; i++) pd_buffer_reset(&texts[i]);
}

Test(trainer, labels_give_the_counts_themselves)
{
    static uint32_t entities[N_RECORDS];
    struct pd_model model;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    for (size_t i = 0; i < N_RECORDS; i++)
        entities[i] = (uint32_t)(i >= N_EACH && i - N_EACH < N_MATCHES ? i - N_EACH : i) + 1;
    const struct pd_train_options options = {
        .seed = 1, .max_pairs = 10000000, .threads = 2, .labels = { .entities = entities }
    };
    train(&options, &model, &result, &text);
    expect_parameters(&model, 0.05);
    expect_near(result.n_matches, N_MATCHES, 1e-9, "matches");
    cr_expect_eq(result.comparisons[0].levels[1].m_source, PD_TRAINED_LABELS);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
}

/* Rows are as the model says, so nothing holds m at its start, nothing passes for related, and of a row's candidates
 * those that have a match of their own do not count. With all that as for other rows, 1,874 matches came out, and m up
 * to 6 % too high. */
Test(trainer, poor_columns_are_seen_to_be_poor)
{
    struct pd_model model;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    const struct pd_train_options options = { .seed = 1, .max_pairs = 10000000, .threads = 2 };
    plans = poor;
    train(&options, &model, &result, &text);
    expect_parameters(&model, 0.05);
    expect_near(result.n_matches, N_MATCHES, 0.05, "matches");
    cr_expect_eq(result.n_starts_agree, 10);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
    plans = easy;
}

/* Five rows in six have no match but somebody of their household in the other source, with two values in common: levels
 * of those pairs are not independent, whichever class they are taken for, and they are no matches. */
Test(trainer, rows_that_are_not_as_the_model_says_keep_related_pairs_apart)
{
    struct pd_table table;
    struct pd_model model;
    struct pd_train_result result;
    struct padan_error error = { 0 };
    const struct pd_train_options options = { .seed = 1, .max_pairs = 10000000, .threads = 2 };
    enum { N_SAME = N_EACH / 6 };
    make_table(&table);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        uint32_t *codes = table.columns[i].words;
        const bool in_common = i == 1 || i == 4;
        for (size_t j = N_SAME; j < N_EACH; j++) codes[N_EACH + j] = codes[in_common ? j : (j + 37 * (i + 1)) % N_EACH];
    }
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_train(&table, &model, &scope, &options, &result, &error), PADAN_OK, "%s", error.message);
    expect_near(result.n_matches, N_SAME, 0.1, "matches");
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

/* Two rows in three have a match: a row without one is then less likely than its candidates taken one by one say. With
 * that left out, and m held where nothing is related, m came out up to 1.2 % too high, and 1,980 matches. */
Test(trainer, rows_that_compete_are_estimated_as_if_labels_told)
{
    static uint32_t entities[N_RECORDS];
    struct pd_model models[2];
    struct pd_train_result results[2];
    struct pd_buffer text = { 0 };
    for (size_t i = 0; i < N_RECORDS; i++)
        entities[i] = (uint32_t)(i >= N_EACH && i - N_EACH < N_MATCHES ? i - N_EACH : i) + 1;
    for (size_t k = 0; k < 2; k++) {
        const struct pd_train_options options = {
            .seed = 1, .max_pairs = 10000000, .threads = 2, .labels = { .entities = k == 0 ? NULL : entities }
        };
        train(&options, &models[k], &results[k], &text);
    }
    for (size_t i = 0; i < N_COLUMNS; i++) {
        const size_t exact = models[0].comparisons[i].levels[0].is_null_level ? 1 : 0;
        expect_near(models[0].comparisons[i].levels[exact].m, models[1].comparisons[i].levels[exact].m, 0.004,
                    plans[i].name);
    }
    expect_near(results[0].n_matches, N_MATCHES, 0.004, "matches");
    for (size_t k = 0; k < 2; k++) {
        pd_train_result_reset(&results[k]);
        pd_model_reset(&models[k]);
    }
    pd_buffer_reset(&text);
}

/* The threshold is one of pairs with two strong fields, and the model says that others are for review. */
Test(trainer, thresholds_ask_for_two_strong_fields)
{
    static uint32_t entities[N_RECORDS];
    struct pd_model model, again;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    struct pd_buffer written = { 0 };
    for (size_t i = 0; i < N_RECORDS; i++)
        entities[i] = (uint32_t)(i >= N_EACH && i - N_EACH < N_MATCHES ? i - N_EACH : i) + 1;
    const struct pd_train_options options = {
        .seed = 1, .max_pairs = 10000000, .threads = 2, .labels = { .entities = entities, .precision = 0.99 }
    };
    train(&options, &model, &result, &text);
    cr_assert(result.groups[0].calibrated);
    cr_expect_geq(result.groups[0].precision, 0.99);
    cr_assert_eq(model.n_decisions, 1);
    cr_expect(pd_text_equal(model.decisions[0].id, PD_TEXT("BIDANG")));
    cr_expect_eq(model.decisions[0].class, PD_CLASS_REVIEW);
    cr_expect(strstr(text.data, "two strong fields") != NULL);
    pd_model_write(&model, &written);
    cr_assert_eq(
        pd_model_read(&again, (struct pd_text){ written.data, written.length }, "again", pd_linker_functions(), NULL),
        PADAN_OK);
    cr_expect(pd_text_equal(again.decisions[0].sql, PD_TEXT("bidang_kuat < 2")));
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_model_reset(&again);
    pd_buffer_reset(&text);
    pd_buffer_reset(&written);
}

/* With one rule on all columns nothing is learned of m: it stays, and a warning says so for each. */
Test(trainer, what_no_rule_can_tell_is_warned_of)
{
    static const char *const rules[] = { "l.a = r.a and l.b = r.b and l.c = r.c and l.d = r.d and l.e = r.e" };
    struct pd_model model;
    struct pd_train_result result;
    struct pd_buffer text = { 0 };
    size_t n_told = 0;
    const struct pd_train_options options = {
        .seed = 1, .max_pairs = 20000, .threads = 1, .rules = rules, .n_rules = 1
    };
    train(&options, &model, &result, &text);
    for (size_t i = 0; i < result.n_warnings; i++)
        n_told += strstr(result.warnings[i].data, "is not identified") != NULL;
    cr_expect_eq(n_told, N_COLUMNS);
    cr_expect_eq(result.comparisons[3].levels[0].m_source, PD_TRAINED_KEPT);
    cr_expect_float_eq(model.comparisons[3].levels[0].m, 0.95, 1e-12);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
}

/* Rows of the second source lose column c: the rule on c then finds no match across, but nearly all inside the first.
 * With one recall for all, matches inside come out 40 % too many. */
Test(trainer, every_pair_of_sources_has_its_own_lambda_and_recall)
{
    static const uint8_t all[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    enum { FIRST = N_MATCHES, N_INSIDE = 600 };
    const struct pd_scope everything = { .n_sources = 2, .matrix = all };
    const struct pd_train_options options = { .seed = 1, .max_pairs = 200000, .threads = 2 };
    struct pd_table table;
    struct pd_model model;
    struct pd_train_result result;
    struct padan_error error = { 0 };
    make_table(&table);
    /* The last rows of the first source repeat earlier ones, which have no partner in the second. */
    for (size_t i = 0; i < N_COLUMNS; i++) {
        uint32_t *codes = table.columns[i].words;
        for (size_t j = 0; j < N_INSIDE / 2; j++) codes[N_EACH - 1 - j] = codes[FIRST + j];
        for (size_t j = N_EACH; i == 2 && j < N_RECORDS; j++) codes[j] = 0;
    }
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_train(&table, &model, &everything, &options, &result, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(result.n_groups, 3);
    cr_assert_eq(model.n_source_pairs, 3);
    expect_near(result.groups[0].n_matches, N_INSIDE / 2.0, 0.15, "matches inside the first source");
    expect_near(result.groups[1].n_matches, N_MATCHES, 0.10, "matches across");
    cr_expect_lt(result.groups[2].n_matches, 20, "inside the second: %f", result.groups[2].n_matches);
    cr_expect_float_eq(model.source_pairs[1].lambda, result.groups[1].lambda, 1e-15);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

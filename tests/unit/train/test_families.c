/* SPDX-License-Identifier: MIT
 * People in households and few of them twice: without labels the members of a household must not pass for matches. */
#include "training/trainer.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

enum { N_HOUSEHOLDS = 900, N_MEMBERS = 3, N_PEOPLE = N_HOUSEHOLDS * N_MEMBERS, N_TWICE = 200, N_COLUMNS = 5 };
enum { N_RECORDS = N_PEOPLE + N_TWICE };

static const struct {
    const char *name;
    unsigned n_values;
    bool of_household;
} columns[N_COLUMNS] = { { "nama", 90, false },
                         { "marga", 400, true },
                         { "jalan", 700, true },
                         { "telepon", 5000, true },
                         { "lahir", 6000, false } };

static const char model_text[] = "{\"link_type\": \"dedupe_only\","
                                 " \"blocking_rules_to_generate_predictions\": [\"l.marga = r.marga and l.jalan = "
                                 "r.jalan\", \"l.telepon = r.telepon\","
                                 "  \"l.lahir = r.lahir\", \"l.nama = r.nama and l.marga = r.marga\"],"
                                 " \"comparisons\": ["
                                 "  {\"output_column_name\": \"nama\", \"comparison_levels\": ["
                                 "   {\"sql_condition\": \"nama_l = nama_r\"}, {\"sql_condition\": \"ELSE\"}]},"
                                 "  {\"output_column_name\": \"marga\", \"comparison_levels\": ["
                                 "   {\"sql_condition\": \"marga_l = marga_r\"}, {\"sql_condition\": \"ELSE\"}]},"
                                 "  {\"output_column_name\": \"jalan\", \"comparison_levels\": ["
                                 "   {\"sql_condition\": \"jalan_l = jalan_r\"}, {\"sql_condition\": \"ELSE\"}]},"
                                 "  {\"output_column_name\": \"telepon\", \"comparison_levels\": ["
                                 "   {\"sql_condition\": \"telepon_l = telepon_r\"}, {\"sql_condition\": \"ELSE\"}]},"
                                 "  {\"output_column_name\": \"lahir\", \"comparison_levels\": ["
                                 "   {\"sql_condition\": \"lahir_l = lahir_r\"}, {\"sql_condition\": \"ELSE\"}]}]}";

static uint32_t code_of(const struct pd_column *column, uint64_t value)
{
    char text[512]; /* gcc sees XXH3 read as far as a long text goes */
    uint32_t code = 0;
    const int length = snprintf(text, sizeof text, "v%05llu", (unsigned long long)value);
    const struct pd_text value_text = { text, (size_t)length };
    cr_assert_eq(pd_dictionary_insert(column->dictionary, value_text, pd_hash_text(value_text), &code, NULL), PADAN_OK);
    return code;
}

/* The last records are the first people of the first households again, each value wrong in one of twelve. */
static void fill_column(const struct pd_column *column, size_t at, struct pd_random *random)
{
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint32_t fresh = code_of(column, pd_random_below(random, columns[at].n_values));
        const bool as_before = columns[at].of_household && i % N_MEMBERS != 0;
        codes[i] = as_before ? codes[i - 1] : fresh;
        if (i >= N_PEOPLE) codes[i] = pd_random_below(random, 12) == 0 ? fresh : codes[(i - N_PEOPLE) * N_MEMBERS];
    }
}

static void make_table(struct pd_table *table, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("warga"), .begin = 0, .end = N_RECORDS };
    for (size_t i = 0; i < N_COLUMNS; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(columns[i].name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL),
                     PADAN_OK);
        fill_column(column, i, &random);
    }
}

/* Bits of a pair that agrees in the columns of a mask. */
static double weight_of(const struct pd_model *model, unsigned agree)
{
    pd_weight weight = model->prior;
    for (size_t i = 0; i < N_COLUMNS; i++) weight += model->comparisons[i].levels[(agree >> i & 1) != 0 ? 0 : 1].weight;
    return pd_weight_to_double(weight);
}

/* Trains, and holds what was found against what was put in. */
static void expect_people_not_families(const struct pd_train_options *options, uint64_t seed)
{
    static const uint8_t inside[1] = { 1 };
    const struct pd_scope scope = { .n_sources = 1, .matrix = inside };
    struct pd_table table;
    struct pd_model model;
    struct pd_train_result result;
    struct padan_error error = { 0 };
    make_table(&table, seed);
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK);
    cr_assert_eq(pd_train(&table, &model, &scope, options, &result, &error), PADAN_OK, "%s", error.message);
    cr_expect(fabs(result.n_matches / N_TWICE - 1) < 0.3, "%f matches, not %d", result.n_matches, N_TWICE);
    cr_expect_gt(result.n_related, 0.8 * N_PEOPLE, "%f related", result.n_related);
    cr_assert(model.has_thresholds);
    cr_expect_lt(weight_of(&model, 2 | 4 | 8), model.automatic_weight, "another name and birth date: %f bits of %f",
                 weight_of(&model, 14), model.automatic_weight);
    for (unsigned i = 0; i + 1 < N_COLUMNS;
         i++) /* one value of a match is wrong; without the date it may be a namesake */
        cr_expect_geq(weight_of(&model, 31u & ~(1u << i)), model.automatic_weight, "all but %s: %f bits of %f",
                      columns[i].name, weight_of(&model, 31u & ~(1u << i)), model.automatic_weight);
    pd_train_result_reset(&result);
    pd_model_reset(&model);
    pd_table_reset(&table);
}

Test(families, members_of_a_household_are_no_matches)
{
    const struct pd_train_options options = { .seed = 1, .max_pairs = 10000000, .threads = 2 };
    for (uint64_t seed = 1; seed <= 3; seed++) expect_people_not_families(&options, seed);
}

/* Some pairs are known: most are not, and there are families among these. */
Test(families, a_few_labels_do_not_make_matches_of_them)
{
    struct pd_labelled_pair pairs[40];
    for (uint32_t i = 0; i < 40; i++) {
        const uint32_t person = i % 20 * N_MEMBERS;
        pairs[i] = i < 20 ? (struct pd_labelled_pair){ person, N_PEOPLE + i, true }
                          : (struct pd_labelled_pair){ person, person + 1, false };
    }
    const struct pd_train_options options = {
        .seed = 1, .max_pairs = 10000000, .threads = 2, .labels = { .pairs = pairs, .n_pairs = 40 }
    };
    for (uint64_t seed = 1; seed <= 3; seed++) expect_people_not_families(&options, seed);
}

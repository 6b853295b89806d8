/* SPDX-License-Identifier: MIT
 * Frequencies of a model: counted, written, read again and looked up. */
#include "model/frequencies.h"

#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/sha256.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_RECORDS = 40 };

static const char model_format[] =
    "{%s\"blocking_rules_to_generate_predictions\": [\"l.kota = r.kota\"], \"comparisons\": ["
    "{\"output_column_name\": \"kota\", \"comparison_levels\": ["
    " {\"sql_condition\": \"kota_l = kota_r\", \"tf_adjustment_column\": \"kota\"},"
    " {\"sql_condition\": \"levenshtein(kota_l, kota_r) <= 1\", \"tf_adjustment_column\": \"kota\"},"
    " {\"sql_condition\": \"ELSE\"}]},"
    "{\"output_column_name\": \"lahir\", \"comparison_levels\": ["
    " {\"sql_condition\": \"lahir_l = lahir_r\", \"tf_adjustment_column\": \"lahir\"}, {\"sql_condition\": "
    "\"ELSE\"}]}]}";

static void read_model(struct pd_model *model, const char *head)
{
    char text[2048];
    struct padan_error error = { 0 };
    (void)snprintf(text, sizeof text, model_format, head);
    cr_assert_eq(pd_model_read(model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
}

/* 20 rows of BOGOR, 10 of "SOLO, KOTA", 3 of MEDAN, 2 of PALU, 5 without; 30 births on one day, 10 on days of their
 * own. */
static void make_table(struct pd_table *table)
{
    static const char *const places[] = { "BOGOR", "SOLO, KOTA", "MEDAN", "PALU" };
    static const size_t ends[] = { 20, 30, 33, 35 };
    struct pd_column *place = NULL;
    struct pd_column *birth = NULL;
    *table = (struct pd_table){ .n_records = N_RECORDS };
    cr_assert_eq(pd_table_add(table, PD_TEXT("kota"), PD_TYPE_TEXT, PD_ENCODING_CODE, &place, NULL), PADAN_OK);
    for (size_t i = 0; i < ends[3]; i++) {
        size_t which = 0;
        while (i >= ends[which]) which++;
        const struct pd_text text = pd_text_of(places[which]);
        cr_assert_eq(
            pd_dictionary_insert(place->dictionary, text, pd_hash_text(text), &((uint32_t *)place->words)[i], NULL),
            PADAN_OK);
    }
    cr_assert_eq(pd_table_add(table, PD_TEXT("lahir"), PD_TYPE_DATE, PD_ENCODING_INT, &birth, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++)
        ((int64_t *)birth->words)[i] = pd_date_from_civil(1980, 1, i < 30 ? 1 : (int)i - 25);
}

static const char expected[] = "column,value,frequency\n"
                               "kota,BOGOR,0.571428571\n"
                               "kota,\"SOLO, KOTA\",0.285714286\n"
                               "kota,,0.0714285714\n" /* 2.5 of 35 */
                               "lahir,1980-01-01,0.75\n"
                               "lahir,,0.025\n";

Test(frequencies, rare_values_are_left_out_and_columns_come_once)
{
    struct pd_model model;
    struct pd_table table;
    struct pd_buffer text = { 0 };
    read_model(&model, "");
    make_table(&table);
    cr_assert_eq(pd_frequencies_count(&model, &table, 5, &text, NULL), PADAN_OK);
    pd_append_byte(&text, '\0');
    cr_expect_str_eq(text.data, expected);
    pd_buffer_reset(&text);
    pd_table_reset(&table);
    pd_model_reset(&model);
}

/* Writes content as a file beside a model in folder and loads it; the model expects the hash of `hashed`. */
static enum padan_status load(const char *folder, const char *content, const char *hashed, struct pd_model *model,
                              struct padan_error *error)
{
    char path[256];
    char head[256];
    char hex[65];
    pd_sha256_hex(pd_text_of(hashed), hex);
    (void)snprintf(head, sizeof head, "\"padan_tf_file\": {\"path\": \"f.csv\", \"sha256\": \"%s\"},", hex);
    read_model(model, head);
    (void)snprintf(path, sizeof path, "%s/f.csv", folder);
    cr_assert_eq(pd_file_write(path, pd_text_of(content), NULL), PADAN_OK);
    (void)snprintf(path, sizeof path, "%s/model.json", folder);
    return pd_model_load_frequencies(model, path, error);
}

Test(frequencies, a_value_has_its_own_or_that_of_the_others)
{
    char folder[] = "/tmp/padan-test-XXXXXX";
    struct pd_model model;
    struct padan_error error = { 0 };
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(load(folder, expected, expected, &model, &error), PADAN_OK, "%s", error.message);
    cr_expect_float_eq(pd_frequencies_share(model.frequencies, PD_TEXT("kota"), PD_TEXT("SOLO, KOTA")), 0.285714286, 0);
    cr_expect_float_eq(pd_frequencies_share(model.frequencies, PD_TEXT("kota"), PD_TEXT("PALU")), 0.0714285714, 0);
    cr_expect_float_eq(pd_frequencies_share(model.frequencies, PD_TEXT("lahir"), PD_TEXT("1980-01-01")), 0.75, 0);
    cr_expect(isnan(pd_frequencies_share(model.frequencies, PD_TEXT("lain"), PD_TEXT("BOGOR"))));
    pd_model_reset(&model);
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

Test(frequencies, another_or_a_broken_file_is_refused)
{
    static const char *const broken[] = { "column,value\nkota,BOGOR\n", "column,value,frequency\nkota,BOGOR,2\n",
                                          "column,value,frequency\nkota,BOGOR\n",
                                          "column,value,frequency\nkota,B,x\n" };
    char folder[] = "/tmp/padan-test-XXXXXX";
    struct pd_model model;
    struct padan_error error = { 0 };
    cr_assert_not_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        cr_expect_eq(load(folder, broken[i], broken[i], &model, &error), PADAN_BAD_ARGUMENT, "case %zu", i);
        pd_model_reset(&model);
    }
    cr_expect_eq(load(folder, expected, "something else", &model, &error), PADAN_BAD_ARGUMENT);
    pd_model_reset(&model);
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

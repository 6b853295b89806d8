/* SPDX-License-Identifier: MIT
 * What a model says of single pairs of sources: read, written, and used. */
#include "model/source_pairs.h"

#include "base/buffer.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEAD "{\"probability_two_random_records_match\": 0.01, \"padan_thresholds\": {\"review\": 1, \"automatic\": 8},"
#define TAIL                                                                                                           \
    "\"blocking_rules_to_generate_predictions\": [\"l.a = r.a\"], \"comparisons\": [{\"output_column_name\": \"a\","   \
    " \"comparison_levels\": [{\"sql_condition\": \"a_l = a_r\"}, {\"sql_condition\": \"ELSE\"}]}]}"

static const char model_text[] =
    HEAD "\"padan_source_pairs\": [{\"source_dataset_l\": \"kiri\", \"source_dataset_r\": \"kanan\","
         " \"probability_two_random_records_match\": 0.25, \"padan_automatic\": 12.5},"
         " {\"source_dataset_l\": \"kiri\", \"source_dataset_r\": \"kiri\","
         " \"probability_two_random_records_match\": 0.0000001}]," TAIL;

static const char *const wrong[] = {
    HEAD "\"padan_source_pairs\": 3," TAIL,
    HEAD "\"padan_source_pairs\": [3]," TAIL,
    HEAD "\"padan_source_pairs\": [{\"source_dataset_l\": \"x\", \"source_dataset_r\": \"y\"}]," TAIL,
    HEAD "\"padan_source_pairs\": [{\"source_dataset_l\": \"x\", \"probability_two_random_records_match\": 0.1}]," TAIL,
    HEAD "\"padan_source_pairs\": [{\"source_dataset_l\": \"x\", \"source_dataset_r\": \"y\","
         " \"probability_two_random_records_match\": 1}]," TAIL,
};

static void read(struct pd_model *model, const char *text)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_model_read(model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
}

Test(source_pairs, a_pair_has_its_own_prior_and_threshold_either_way_round)
{
    struct pd_model model;
    struct pd_source sources[3] = { { .name = PD_TEXT("kanan"), .begin = 0, .end = 1 },
                                    { .name = PD_TEXT("kiri"), .begin = 1, .end = 2 },
                                    { .name = PD_TEXT("lain"), .begin = 2, .end = 3 } };
    const struct pd_table table = { .n_sources = 3, .sources = sources };
    struct pd_source_weights weights;
    read(&model, model_text);
    cr_assert_eq(pd_source_weights_make(&model, &table, &weights, NULL), PADAN_OK);
    const pd_weight across = pd_weight_of_ratio(1.0 / 3);
    cr_expect_eq(weights.priors[0 * 3 + 1], across);
    cr_expect_eq(weights.priors[1 * 3 + 0], across);
    cr_expect_eq(weights.priors[1 * 3 + 1], pd_weight_of_ratio(0.0000001 / (1 - 0.0000001)));
    cr_expect_eq(weights.priors[0], model.prior);
    cr_expect_eq(weights.priors[2 * 3 + 1], model.prior);
    cr_expect_eq(weights.largest_prior, across);
    cr_expect_eq(weights.automatic[1], (pd_weight)(12.5 * (double)PD_WEIGHT_ONE));
    cr_expect_eq(weights.automatic[4], 8 * PD_WEIGHT_ONE);
    pd_source_weights_reset(&weights);
    pd_model_reset(&model);
}

Test(source_pairs, written_and_read_again_they_are_the_same)
{
    struct pd_model model;
    struct pd_model again;
    struct pd_buffer text = { 0 };
    struct pd_buffer second = { 0 };
    read(&model, model_text);
    pd_model_write(&model, &text);
    pd_append_byte(&text, '\0');
    cr_expect_null(strstr(text.data, "padan_name"), "a name that nobody gave is not written");
    read(&again, text.data);
    pd_model_write(&again, &second);
    pd_append_byte(&second, '\0');
    cr_expect_str_eq(text.data, second.data);
    cr_expect_eq(again.n_source_pairs, 2);
    pd_buffer_reset(&text);
    pd_buffer_reset(&second);
    pd_model_reset(&model);
    pd_model_reset(&again);
}

Test(source_pairs, what_is_incomplete_is_refused)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pd_model model;
        struct padan_error error = { 0 };
        cr_expect_eq(pd_model_read(&model, pd_text_of(wrong[i]), "test", pd_linker_functions(), &error),
                     PADAN_BAD_ARGUMENT);
        cr_expect_not_null(strstr(error.message, "padan_source_pairs"), "%s", error.message);
    }
}

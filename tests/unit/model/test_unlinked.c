/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include "base/buffer.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define THRESHOLDS "\"padan_thresholds\": {\"review\": 1, \"automatic\": 8},"
#define RULE "[{\"blocking_rule\": \"l.b = r.b\", \"padan_refine\": [\"c\"]}]"

static enum padan_status read(struct pd_model *model, const char *middle, struct padan_error *error)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "{\"probability_two_random_records_match\": 0.01, %s"
                   "\"blocking_rules_to_generate_predictions\": [\"l.a = r.a\", \"l.c = r.c\"],"
                   "\"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
                   "{\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.9, \"u_probability\": 0.1},"
                   "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.9}]}]}",
                   middle);
    return pd_model_read(model, pd_text_of(text), "m.json", pd_linker_functions(), error);
}

Test(unlinked, a_model_says_how_far_unlinked_rows_are_looked_for)
{
    struct pd_model model;
    struct pd_model again;
    struct pd_buffer written = { 0 };
    struct padan_error error = { 0 };
    cr_assert_eq(read(&model,
                      THRESHOLDS
                      "\"padan_unlinked\": {\"review\": -7.5, \"first_rules\": 1, \"without_register\": -2.25,"
                      " \"blocking_rules\": " RULE "},",
                      &error),
                 PADAN_OK, "%s", error.message);
    pd_model_write(&model, &written);
    cr_assert_eq(pd_model_read(&again, (struct pd_text){ written.data, written.length }, "w.json",
                               pd_linker_functions(), &error),
                 PADAN_OK, "%s", error.message);
    for (int i = 0; i < 2; i++) {
        const struct pd_model *read_model = i == 0 ? &model : &again;
        cr_expect_eq(read_model->unlinked_weight, -7.5);
        cr_expect_eq(read_model->without_register_weight, -2.25);
        cr_expect_eq(read_model->n_rules, 2);
        cr_expect_eq(read_model->n_first_rules, 1);
        cr_assert_eq(read_model->n_unlinked_rules, 1);
        cr_expect_eq(read_model->unlinked_rules[0].n_refine, 1);
    }
    pd_model_reset(&model);
    pd_model_reset(&again);
    pd_buffer_reset(&written);
}

Test(unlinked, without_the_key_it_is_no_further)
{
    struct pd_model model;
    struct padan_error error = { 0 };
    cr_assert_eq(read(&model, THRESHOLDS, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(model.unlinked_weight, 1);
    cr_expect_eq(model.without_register_weight, 1);
    cr_expect_eq(model.n_unlinked_rules, 0);
    cr_expect_eq(model.n_first_rules, 2);
    pd_model_reset(&model);
}

Test(unlinked, what_makes_no_sense_is_refused)
{
    static const char *const wrong[] = {
        THRESHOLDS "\"padan_unlinked\": 3,",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -7.5, \"without_register\": 2, \"blocking_rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"blocking_rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": 2, \"blocking_rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -2, \"blocking_rules\": []},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -2, \"rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -2, \"first_rules\": 0, \"blocking_rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -2, \"first_rules\": 3, \"blocking_rules\": " RULE "},",
        THRESHOLDS "\"padan_unlinked\": {\"review\": -2, \"first_rules\": 1.5, \"blocking_rules\": " RULE "},",
        "\"padan_unlinked\": {\"review\": -2, \"blocking_rules\": " RULE "},",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pd_model model;
        struct padan_error error = { 0 };
        cr_expect_eq(read(&model, wrong[i], &error), PADAN_BAD_ARGUMENT, "%s", wrong[i]);
        cr_expect(strncmp(error.message, "m.json:1:", 9) == 0, "%s", error.message);
        pd_model_reset(&model);
    }
}

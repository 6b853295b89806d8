/* SPDX-License-Identifier: MIT
 * What a model says of members of households: read, written again, refused. */
#include "model/household_members.h"

#include "linking/linker.h"
#include "model/columns.h"

#include <criterion/criterion.h>
#include <stdio.h>

static enum padan_status read(struct pd_model *model, const char *members, struct padan_error *error)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "{\"probability_two_random_records_match\": 0.01, \"padan_household_members\": %s,"
                   "\"blocking_rules_to_generate_predictions\": [\"l.name = r.name\"],"
                   "\"comparisons\": [{\"output_column_name\": \"name\", \"comparison_levels\": ["
                   "{\"sql_condition\": \"name_l IS NULL\", \"is_null_level\": true},"
                   "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.9, \"u_probability\": 0.1},"
                   "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.9}]}]}",
                   members);
    return pd_model_read(model, pd_text_of(text), "m.json", pd_linker_functions(), error);
}

#define REST "\"least\": -14, \"apart\": 0.0625, \"odds\": 31.4159265358979, "

Test(household_members, what_is_written_reads_back_the_same)
{
    struct pd_model model, again;
    struct pd_buffer text = { 0 }, text_again = { 0 };
    struct pd_arena arena = { 0 };
    struct pd_text *names = NULL;
    size_t n_names = 0;
    cr_assert_eq(read(&model, "{\"columns\": [\"street\", \"house\"], " REST "\"bits\": [[6.1, -5.3]]}", NULL),
                 PADAN_OK);
    cr_expect_eq(model.members.n_columns, 2);
    cr_expect(pd_text_equal(model.members.columns[1], PD_TEXT("house")));
    cr_expect_eq(pd_household_member_bits(&model.members, (const int8_t[]){ 1 }, 1), 6.1);
    cr_expect_eq(pd_household_member_bits(&model.members, (const int8_t[]){ 0 }, 1), -5.3);
    cr_expect_eq(pd_household_member_bits(&model.members, (const int8_t[]){ -1 }, 1), 0,
                 "a missing value tells nothing");
    cr_assert_eq(pd_model_columns(&model, &arena, &names, &n_names, NULL), PADAN_OK);
    cr_expect_eq(n_names, 3, "columns of households are read from the files");
    pd_model_write(&model, &text);
    cr_assert_eq(
        pd_model_read(&again, (struct pd_text){ text.data, text.length }, "m.json", pd_linker_functions(), NULL),
        PADAN_OK);
    pd_model_write(&again, &text_again);
    cr_assert_eq(text.length, text_again.length);
    cr_expect_arr_eq(text.data, text_again.data, text.length);
    cr_expect_eq(again.members.odds, model.members.odds);
    pd_model_reset(&model);
    pd_model_reset(&again);
    pd_buffer_reset(&text);
    pd_buffer_reset(&text_again);
    pd_arena_reset(&arena);
}

Test(household_members, what_makes_no_sense_is_refused_with_its_place)
{
    static const char *const wrong[] = {
        "3",
        "{\"columns\": [], " REST "\"bits\": [[1, 2]]}",
        "{\"columns\": [\"a\", \"b\", \"c\", \"d\", \"e\"], " REST "\"bits\": [[1, 2]]}",
        "{\"columns\": [\"a\"], " REST "\"bits\": [[1]]}",
        "{\"columns\": [\"a\"], " REST "\"bits\": [[1, 2, 3]]}",
        "{\"columns\": [\"a\"], " REST "\"bits\": [[1, \"x\"]]}",
        "{\"columns\": [\"a\"], " REST "\"bits\": [[1, 2], [1, 2]]}",
        "{\"columns\": [\"a\"], " REST "\"bits\": [3]}",
        "{\"columns\": [\"a\"], \"least\": -14, \"apart\": 0, \"odds\": 2, \"bits\": [[1, 2]]}",
        "{\"columns\": [\"a\"], \"apart\": 0.1, \"odds\": 2, \"bits\": [[1, 2]]}",
        "{\"columns\": [\"a\"], \"least\": -14, \"apart\": 0.1, \"odds\": -1, \"bits\": [[1, 2]]}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pd_model model;
        struct padan_error error = { .status = PADAN_OK };
        cr_expect_eq(read(&model, wrong[i], &error), PADAN_BAD_ARGUMENT, "%s", wrong[i]);
        cr_expect_eq(strncmp(error.message, "m.json:1:", 9), 0, "%s: %s", wrong[i], error.message);
    }
}

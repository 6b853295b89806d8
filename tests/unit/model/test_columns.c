/* SPDX-License-Identifier: MIT
 * Which columns a model reads. */
#include "linking/linker.h"
#include "model/columns.h"
#include "model/date_columns.h"

#include <criterion/criterion.h>

static const char model_text[] =
    "{\"probability_two_random_records_match\": 0.01, \"blocking_rules_to_generate_predictions\": ["
    "  \"l.nik = r.nik\", {\"blocking_rule\": \"substr(l.nama, 1, 3) = substr(r.nama, 1, 3)\","
    "                      \"padan_refine\": [\"desa\"]}],"
    " \"comparisons\": [{\"output_column_name\": \"nama\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"nama_l = nama_r OR lower(alias_l) = lower(nama_r)\","
    "    \"tf_adjustment_column\": \"nama_umum\"},"
    "   {\"sql_condition\": \"ELSE\"}]}]}";

Test(model_columns, every_column_that_is_read_is_named_once)
{
    static const char *const expected[] = { "nik", "nama", "desa", "alias", "nama_umum" };
    struct pd_model model;
    struct pd_arena arena = { NULL };
    struct pd_text *names = NULL;
    struct padan_error error;
    size_t n_names = 0;
    cr_assert_eq(pd_model_read(&model, pd_text_of(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_model_columns(&model, &arena, &names, &n_names, NULL), PADAN_OK);
    cr_assert_eq(n_names, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < n_names; i++)
        cr_assert(pd_text_equal(names[i], pd_text_of(expected[i])), "%.*s", PD_TEXT_ARGS(names[i]));
    pd_arena_reset(&arena);
    pd_model_reset(&model);
}

Test(model_columns, dates_are_added_once_under_the_name_that_conditions_read)
{
    static const char text[] = "{\"probability_two_random_records_match\": 0.01, "
                               "\"blocking_rules_to_generate_predictions\": [\"l.name = r.name\"],"
                               " \"padan_columns\": {\"dob\": \"born\"},"
                               " \"comparisons\": [{\"output_column_name\": \"born\", \"comparison_levels\": ["
                               "   {\"sql_condition\": \"born_l = born_r\"}, {\"sql_condition\": \"ELSE\"}]}]}";
    struct pd_model model;
    struct padan_error error;
    cr_assert_eq(pd_model_read(&model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    cr_assert_eq(pd_model_add_date(&model, PD_TEXT("entered"), NULL), PADAN_OK);
    cr_assert_eq(model.n_dates, 0);
    cr_assert_eq(pd_model_add_date(&model, PD_TEXT("dob"), NULL), PADAN_OK);
    cr_assert_eq(pd_model_add_date(&model, PD_TEXT("born"), NULL), PADAN_OK);
    cr_assert_eq(model.n_dates, 1);
    cr_assert(pd_text_equal(model.dates[0], PD_TEXT("born")));
    pd_model_reset(&model);
}

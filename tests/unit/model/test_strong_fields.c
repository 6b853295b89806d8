/* SPDX-License-Identifier: MIT */
#include "model/strong_fields.h"

#include "linking/linker.h"

#include <criterion/criterion.h>

/* c and d both read the column y: one field. */
static const char text[] =
    "{\"link_type\": \"dedupe_only\", \"blocking_rules_to_generate_predictions\": [\"l.x = r.x\"],"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"x_l IS NULL OR x_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"x_l = x_r\", \"m_probability\": 0.9, \"u_probability\": 0.001},"
    "   {\"sql_condition\": \"substr(x_l, 1, 1) = substr(x_r, 1, 1)\", \"m_probability\": 0.9, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.05, \"u_probability\": 0.9}]},"
    "  {\"output_column_name\": \"b\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"z_l = z_r\", \"padan_weight\": 4}, {\"sql_condition\": \"ELSE\", \"padan_weight\": -1}]},"
    "  {\"output_column_name\": \"c\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"y_l = y_r\", \"padan_weight\": 9}, {\"sql_condition\": \"ELSE\", \"padan_weight\": "
    "3.99}]},"
    "  {\"output_column_name\": \"d\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"substr(y_l, 1, 2) = v_r\", \"padan_weight\": 7},"
    "   {\"sql_condition\": \"ELSE\", \"padan_weight\": -2}]}]}";

Test(strong_fields, levels_of_four_bits_speak_once_for_a_field)
{
    static const struct {
        int8_t gammas[4];
        unsigned n;
    } cases[] = {
        { { 2, 1, 1, 1 }, 3 }, { { 1, 1, 1, 1 }, 2 }, { { -1, 1, 1, 0 }, 2 }, { { 2, 0, 0, 0 }, 1 },
        { { 0, 0, 1, 1 }, 1 }, { { 0, 0, 0, 1 }, 1 }, { { 2, 1, 0, 0 }, 2 },  { { 0, 0, 0, 0 }, 0 },
    };
    struct pd_model model;
    struct pd_strong_fields strong;
    struct padan_error error = { 0 };
    cr_assert_eq(pd_model_read(&model, PD_TEXT(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    pd_strong_fields_make(&strong, &model);
    cr_expect_eq(pd_strong_fields_most(&strong), 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_strong_fields_count(&strong, cases[i].gammas), cases[i].n, "case %zu", i);
    pd_model_reset(&model);
}

/* SPDX-License-Identifier: MIT */
#include "train/lineage.h"

#include "linking/linker.h"
#include "normalise/lineage.h"

#include <criterion/criterion.h>

static const char model_text[] =
    "{\"blocking_rules_to_generate_predictions\": [\"l.nama = r.nama\"],"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"nama\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"nama_l = nama_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"awal\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"substr(nama_l, 1, 3) = substr(nama_r, 1, 3)\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"kunci\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"nama_kunci_l = nama_kunci_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"lahir\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"tgl_lahir_l = tgl_lahir_r AND nik15_l = nik15_r\"}, {\"sql_condition\": \"ELSE\"}]},"
    "  {\"output_column_name\": \"ibu\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"nama_ibu_l = nama_ibu_r\"}, {\"sql_condition\": \"ELSE\"}]}]}";

struct rule_case {
    const char *rule;
    uint64_t plain, normalised; /* masks without and with the lineage of normalised columns */
};

static const struct rule_case cases[] = {
    { "l.nama = r.nama", 0x03, 0x07 },
    { "substr(l.nama, 1, 1) = substr(r.nama, 1, 1) and l.rt = r.rt", 0x03, 0x07 },
    { "l.nama_depan = r.nama_depan", 0x00, 0x07 },
    { "l.tahun_lahir = r.tahun_lahir", 0x00, 0x08 },
    { "l.nik = r.nik", 0x00, 0x08 },
    { "l.nama_ibu_kunci = r.nama_ibu_kunci", 0x00, 0x10 },
    { "l.kode_desa = r.kode_desa", 0x00, 0x00 },
    { "l.rt = r.rt and levenshtein(l.tgl_lahir, r.tgl_lahir) <= 1", 0x08, 0x08 },
};

static struct pd_text origin(const void *context, struct pd_text column)
{
    (void)context;
    return pd_normalise_origin(column);
}

Test(lineage, a_rule_masks_what_was_made_from_its_columns)
{
    struct pd_model model;
    struct padan_error error = { 0 };
    const struct pd_lineage plain = { NULL, NULL };
    const struct pd_lineage normalised = { origin, NULL };
    cr_assert_eq(pd_model_read(&model, PD_TEXT(model_text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_expression *rule = NULL;
        cr_assert_eq(pd_expression_parse(&model.arena, pd_text_of(cases[i].rule), PD_MODE_RULE, pd_linker_functions(),
                                         "rule", &rule, &error),
                     PADAN_OK, "%s", error.message);
        cr_expect_eq(pd_lineage_mask(&plain, &model, rule), cases[i].plain, "%s", cases[i].rule);
        cr_expect_eq(pd_lineage_mask(&normalised, &model, rule), cases[i].normalised, "%s", cases[i].rule);
    }
    pd_model_reset(&model);
}

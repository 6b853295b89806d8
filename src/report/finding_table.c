/* SPDX-License-Identifier: MIT */
#include "report/finding_table.h"

#include "report/duplicate_tables.h"

struct finding_rows {
    const struct pd_report *report;
    const struct pd_findings *findings;
};

const char *pd_finding_kind_name(enum pd_finding_kind kind)
{
    static const char *const names[] = {
        [PD_FINDING_MENINGGAL] = "MENINGGAL",
        [PD_FINDING_GANDA_K1] = "GANDA_K1",
        [PD_FINDING_GANDA_K3] = "GANDA_K3",
        [PD_FINDING_GANDA_KK] = "GANDA_KK",
        [PD_FINDING_LARANGAN] = "PASANGAN_DILARANG",
        [PD_FINDING_TIDAK_LAYAK] = "TIDAK_LAYAK",
        [PD_FINDING_INDIKASI_MENINGGAL] = "INDIKASI_MENINGGAL",
        [PD_FINDING_PERGANTIAN_PENGURUS] = "PERGANTIAN_PENGURUS",
        [PD_FINDING_PASANGAN_PERIKSA] = "PASANGAN_PERIKSA",
        [PD_FINDING_PERIKSA] = "PERIKSA",
        [PD_FINDING_GANDA_K2] = "GANDA_K2",
    };
    return names[kind];
}

static size_t finding_line(const void *context, size_t index, struct pd_buffer *out)
{
    const struct finding_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_finding *finding = &rows->findings->items[index];
    pd_append_finding_id(out, index + 1);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_finding_kind_name((enum pd_finding_kind)finding->kind));
    pd_append_byte(out, ',');
    pd_append_key(report, finding->record, out);
    pd_append_byte(out, ',');
    pd_append_program(report, finding->record, out);
    pd_append_byte(out, ',');
    pd_append_period(report, finding->record, out);
    pd_append_byte(out, ',');
    pd_append_region(report, finding->record, out);
    pd_append_string(out, finding->certain ? ",pasti," : ",tinjau,");
    pd_append_group_id(out, finding->group);
    pd_append_byte(out, ',');
    if (finding->rule > 0) pd_append_csv(out, rows->findings->texts[finding->rule]);
    pd_append_byte(out, ',');
    if (finding->criterion > 0) pd_append_csv(out, rows->findings->texts[finding->criterion]);
    pd_append_byte(out, ',');
    pd_append_integer(report, report->linkage->columns.nominal, finding->record, out);
    pd_append_byte(out, ',');
    if (finding->amount != PD_NULL_INT) pd_append_i64(out, finding->amount);
    pd_append_string(out, finding->counted ? ",1\n" : ",0\n");
    return 1;
}

enum padan_status pd_write_findings(const struct pd_report *report, const struct pd_findings *findings,
                                    struct pd_run_folder *folder, struct padan_error *error)
{
    const struct finding_rows context = { report, findings };
    const struct pd_rows rows = {
        .header = PD_TEXT("id_temuan,jenis,source_dataset,unique_id,berkas,baris,program,periode,kode_wilayah,"
                          "keyakinan,id_grup,id_aturan,kriteria,nominal,nominal_temuan,dihitung"),
        .n_rows = findings->n_items,
        .format = finding_line,
        .context = &context,
        .n_threads = report->threads
    };
    return pd_run_folder_rows(folder, "temuan.csv", &rows, error);
}

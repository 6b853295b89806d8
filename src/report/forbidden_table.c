/* SPDX-License-Identifier: MIT
 * tumpang_tindih_larangan.csv. */
#include "report/overlap_tables.h"

struct forbidden_rows {
    const struct pd_report *report;
    const struct pd_overlaps *overlaps;
    const struct pd_findings *findings;
    int original_name;
};

/* program, key, nik, nama, periode, nominal of one side. */
static void append_side(const struct forbidden_rows *rows, const struct pd_forbidden *item, size_t side,
                        struct pd_buffer *out)
{
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const uint32_t record = item->record[side];
    const uint32_t other = item->record[1 - side];
    pd_append_byte(out, ',');
    pd_append_program(report, record, out);
    pd_append_byte(out, ',');
    pd_append_key(report, record, out);
    pd_append_byte(out, ',');
    if (linkage->columns.nik_longgar >= 0) {
        char scratch_a[24];
        char scratch_b[24];
        const struct pd_column *column = &linkage->table->columns[linkage->columns.nik_longgar];
        const struct pd_text number = pd_column_text(column, record, scratch_a);
        const struct pd_text beside = pd_column_text(column, other, scratch_b);
        if (beside.length == 0 || pd_text_equal(number, beside))
            pd_append_number(out, number, report->masking);
        else
            pd_append_number_beside(out, number, beside, report->masking);
    }
    pd_append_byte(out, ',');
    pd_append_column(report, rows->original_name, record, out);
    pd_append_byte(out, ',');
    pd_append_period(report, record, out);
    pd_append_byte(out, ',');
    pd_append_integer(report, linkage->columns.nominal, record, out);
}

static void append_day(int32_t day, struct pd_buffer *out)
{
    pd_append_byte(out, ',');
    if (day != INT32_MIN && day != INT32_MAX) pd_append_date(out, day);
}

static void append_rule(const struct pd_rule *rule, struct pd_buffer *out)
{
    pd_append_csv(out, rule->id);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_rule_verdict_name(rule->verdict));
    pd_append_string(out, rule->level == PD_UNIT_PERSON ? ",ORANG" : ",KELUARGA");
}

static size_t forbidden_line(const void *context, size_t index, struct pd_buffer *out)
{
    const struct forbidden_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_forbidden *item = &rows->overlaps->forbidden[index];
    const struct pd_rule *rule = &report->job->rule_table.rules[item->rule];
    const uint32_t place = rows->findings->places[item->finding];
    const struct pd_finding *finding = &rows->findings->items[place];
    pd_append_finding_id(out, (uint64_t)place + 1);
    pd_append_byte(out, ',');
    append_rule(rule, out);
    pd_append_string(out, item->same_person ? ",ORANG_SAMA" : ",SATU_KK");
    pd_append_string(out, item->certain ? ",pasti" : ",tinjau");
    append_side(rows, item, 0, out);
    append_side(rows, item, 1, out);
    append_day(item->begin, out);
    append_day(item->end, out);
    pd_append_byte(out, ',');
    if (rule->cancelled >= 0) pd_append_text(out, report->job->programs.items[rule->cancelled].code);
    pd_append_byte(out, ',');
    if (finding->amount != PD_NULL_INT) pd_append_i64(out, finding->amount);
    pd_append_byte(out, ',');
    pd_append_csv(out, rule->basis);
    pd_append_string(out, rule->verified ? ",ya," : ",tidak,");
    pd_append_region(report, finding->record, out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->cluster[finding->record], out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->household[finding->record], out);
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_forbidden(const struct pd_report *report, const struct pd_overlaps *overlaps,
                                     const struct pd_findings *findings, struct pd_run_folder *folder,
                                     struct padan_error *error)
{
    const struct forbidden_rows context = { report, overlaps, findings, pd_report_original(report, "nama") };
    const struct pd_rows rows = {
        .header = PD_TEXT("id_temuan,id_aturan,vonis,tingkat,hubungan,keyakinan,program_a,source_dataset_a,unique_id_a,"
                          "berkas_a,baris_a,nik_a,nama_a,periode_a,nominal_a,program_b,source_dataset_b,unique_id_b,"
                          "berkas_b,baris_b,nik_b,nama_b,periode_b,nominal_b,irisan_mulai,irisan_selesai,program_batal,"
                          "nominal_temuan,dasar_hukum,terverifikasi,kode_wilayah,cluster_id,household_cluster_id"),
        .n_rows = overlaps->n_forbidden,
        .format = forbidden_line,
        .context = &context,
        .n_threads = report->threads
    };
    return pd_run_folder_rows(folder, "tumpang_tindih_larangan.csv", &rows, error);
}

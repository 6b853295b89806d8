/* SPDX-License-Identifier: MIT
 * penerima_tidak_layak.csv. */
#include "report/eligibility_tables.h"

#include "base/prefetch.h"

struct ineligible_rows {
    const struct pd_eligibility_report *eligibility;
    int name; /* the column of names as they were written */
};

static const struct pd_finding *finding_of(const struct pd_eligibility_report *report, size_t row)
{
    const struct pd_findings *findings = report->findings;
    return &findings->items[findings->places[report->ineligibles->items[row].finding]];
}

static bool is_unfit(const struct pd_ineligible *reason)
{
    switch ((enum pd_ineligible_reason)reason->reason) {
    case PD_REASON_MENINGGAL: return !reason->undated;
    case PD_REASON_DECILE:
    case PD_REASON_CATEGORY:
    case PD_REASON_DISQUALIFIER: return true;
    case PD_REASON_INDIKASI_MENINGGAL:
    case PD_REASON_PERGANTIAN_PENGURUS:
    case PD_REASON_NONAKTIF:
    case PD_REASON_TIDAK_TERDAFTAR: break;
    }
    return false;
}

/* sumber_bukti, unique_id_bukti, tgl_bukti */
static void append_evidence(const struct pd_report *report, const struct pd_ineligible *reason, struct pd_buffer *out)
{
    pd_append_byte(out, ',');
    if (reason->evidence == PD_NO_RECORD) {
        pd_append_string(out, ",,");
        return;
    }
    pd_append_identity(report, reason->evidence, out);
    pd_append_byte(out, ',');
    const bool death = reason->reason == PD_REASON_MENINGGAL || reason->reason == PD_REASON_PERGANTIAN_PENGURUS ||
                       reason->reason == PD_REASON_INDIKASI_MENINGGAL;
    const int64_t day =
        death ? pd_report_integer(report, report->linkage->columns.tgl_meninggal, reason->evidence) : PD_NULL_INT;
    if (day != PD_NULL_INT)
        pd_append_date(out, (int32_t)day);
    else if (!death && pd_report_source(report, reason->evidence)->role == PD_ROLE_REGISTRY)
        pd_append_date(out, pd_report_source(report, reason->evidence)->published);
}

/* nilai, batas: the decile and its range; a condition has no value of its own. */
static void append_bounds(const struct pd_eligibility_report *report, const struct pd_ineligible *reason,
                          const struct pd_slice *slice, struct pd_buffer *out)
{
    pd_append_byte(out, ',');
    if (reason->reason == PD_REASON_DECILE && reason->value > 0) pd_append_u64(out, reason->value);
    pd_append_byte(out, ',');
    if (reason->reason == PD_REASON_DECILE) pd_append_format(out, "%u-%u", slice->decile_min, slice->decile_max);
    if (reason->reason == PD_REASON_CATEGORY)
        pd_append_csv(out, report->report->job->eligibility[slice->eligibility].category);
}

static void prefetch_ineligible_line(const void *context, size_t row)
{
    const struct ineligible_rows *rows = context;
    const struct pd_report *report = rows->eligibility->report;
    const struct pd_ineligible *reason = &rows->eligibility->ineligibles->items[row];
    pd_prefetch(&rows->eligibility->findings->items[rows->eligibility->findings->places[reason->finding]]);
    pd_report_prefetch_place(report, rows->name, reason->record);
    if (row >= PD_NEARER) pd_report_prefetch_bytes(report, rows->name, reason[-PD_NEARER].record);
    pd_report_prefetch_id(report, reason->evidence);
    if (reason->edge != PD_NO_EDGE) pd_prefetch(&report->linkage->edges->edges[reason->edge]);
}

static size_t ineligible_line(const void *context, size_t row, struct pd_buffer *out)
{
    const struct ineligible_rows *rows = context;
    const struct pd_eligibility_report *eligibility = rows->eligibility;
    const struct pd_report *report = eligibility->report;
    const struct pd_ineligible *reason = &eligibility->ineligibles->items[row];
    const struct pd_finding *finding = finding_of(eligibility, row);
    const struct pd_slice *slice = &eligibility->slices->items[eligibility->slices->of_row[reason->record]];
    const uint32_t record = reason->record;
    pd_append_finding_id(out, (uint64_t)(finding - eligibility->findings->items) + 1);
    pd_append_byte(out, ',');
    pd_append_key(report, record, out);
    pd_append_byte(out, ',');
    pd_append_program(report, record, out);
    pd_append_byte(out, ',');
    pd_append_period(report, record, out);
    pd_append_byte(out, ',');
    pd_append_region(report, record, out);
    pd_append_byte(out, ',');
    pd_append_nik(report, record, out);
    pd_append_byte(out, ',');
    pd_append_column(report, rows->name, record, out);
    pd_append_byte(out, ',');
    pd_append_csv(out, eligibility->findings->texts[finding->criterion]);
    pd_append_string(out, is_unfit(reason) ? ",TIDAK_LAYAK" : ",PERIKSA");
    pd_append_string(out, reason->member ? ",ANGGOTA_KK" : ",DIRI");
    append_evidence(report, reason, out);
    append_bounds(eligibility, reason, slice, out);
    pd_append_byte(out, ',');
    if (slice->version >= 0) pd_append_csv(out, eligibility->registry->versions[slice->version].name);
    pd_append_string(out, reason->certain ? ",pasti," : ",tinjau,");
    if (reason->edge != PD_NO_EDGE)
        pd_append_double(out, pd_weight_to_double(report->linkage->edges->edges[reason->edge].weight), 6);
    pd_append_byte(out, ',');
    pd_append_integer(report, report->linkage->columns.nominal, record, out);
    pd_append_byte(out, ',');
    if (finding->amount != PD_NULL_INT) pd_append_i64(out, finding->amount);
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_ineligibles(const struct pd_eligibility_report *report, struct pd_run_folder *folder,
                                       struct padan_error *error)
{
    const struct ineligible_rows context = { report, pd_report_original(report->report, "nama") };
    const struct pd_rows rows = {
        .header = PD_TEXT("id_temuan,source_dataset,unique_id,berkas,baris,program,periode,kode_wilayah,nik,nama,"
                          "alasan,tingkat,kena,sumber_bukti,unique_id_bukti,tgl_bukti,nilai,batas,versi_dtsen,"
                          "keyakinan,match_weight,nominal,nominal_temuan"),
        .n_rows = report->ineligibles->n_items,
        .format = ineligible_line,
        .prefetch = prefetch_ineligible_line,
        .context = &context,
        .n_threads = report->report->threads
    };
    return pd_run_folder_rows(folder, "penerima_tidak_layak.csv", &rows, error);
}

/* SPDX-License-Identifier: MIT
 * What every row-level report needs, and the fields they share: key, numbers behind masks, names, regions, periods. */
#ifndef PD_REPORT_ROW_CONTEXT_H
#define PD_REPORT_ROW_CONTEXT_H

#include "indonesia/period.h"
#include "indonesia/region.h"
#include "job/job.h"
#include "model/linkage.h"
#include "model/payment.h"
#include "report/masking.h"
#include "report/period_fields.h"
#include "table/record_names.h"

struct pd_report {
    const struct pd_linkage *linkage;
    struct pd_record_names names;
    struct pd_period_fields periods;
    const struct pd_job *job;
    const struct pd_region_index *regions;
    const struct pd_text *file_names; /* [files] by pd_table_place */
    /* As fields of a CSV file, which are the same in many lines: names of files, versions of sources, ids of the
     * model's decisions */
    const struct pd_text *file_fields, *version_fields, *decision_fields;
    const uint8_t *paid; /* [n_records] 1 = a payment was made by this row (programs only) */
    struct pd_row_programs programs;
    unsigned (*name_score)(struct pd_text a, struct pd_text b); /* of two canonical names, in thousandths */
    struct pd_masking masking;
    int threads;
};

static inline const struct pd_job_source *pd_report_source(const struct pd_report *report, uint32_t record)
{
    return &report->job->sources[pd_table_source(report->linkage->table, record)];
}
/* Brings the id of a record into the cache ahead of its use (pd_rows.prefetch), nothing for PD_NO_RECORD; likewise a
 * number of it; where the text of a column lies, and, once that is near, its first bytes. */
static inline void pd_report_prefetch_id(const struct pd_report *report, uint32_t record)
{
    if (record != PD_NO_RECORD) pd_record_names_prefetch(&report->names, record);
}
void pd_report_prefetch_integer(const struct pd_report *report, int column, uint32_t record);
void pd_report_prefetch_place(const struct pd_report *report, int column, uint32_t record);
void pd_report_prefetch_bytes(const struct pd_report *report, int column, uint32_t record);
/* Where the text of this record lies, and the text of the record PD_NEARER before it, of which that was asked then. */
enum { PD_NEARER = 8 };
void pd_report_prefetch_text(const struct pd_report *report, int column, uint32_t record);
/* "source_dataset,unique_id" of a record. */
void pd_append_identity(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* A record as one text, "source:unique_id": cluster_id and household_cluster_id. Nothing for PD_NO_RECORD. */
void pd_append_record_id(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* key = "source_dataset,unique_id,berkas,baris" */
void pd_append_key(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* The text of a column as a CSV field; nothing for column -1. The original text of a canonical column is that of
 * `asli_<name>` (pd_report_original). */
void pd_append_column(const struct pd_report *report, int column, uint32_t record, struct pd_buffer *out);
int pd_report_original(const struct pd_report *report, const char *canonical);
/* An integer column; nothing for NULL (PD_NULL_INT). */
void pd_append_integer(const struct pd_report *report, int column, uint32_t record, struct pd_buffer *out);
static inline int64_t pd_report_integer(const struct pd_report *report, int column, uint32_t record)
{
    return column < 0 ? PD_NULL_INT : pd_column_integer(&report->linkage->table->columns[column], record);
}
/* NIK of a row as it was written, masked. */
void pd_append_nik(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* name_score of two rows; UINT16_MAX when a name is missing. */
unsigned pd_report_name_score(const struct pd_report *report, uint32_t a, uint32_t b);
/* Program code of a row; nothing for other roles. */
void pd_append_program(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* The payment period of a row in the words of pd_period_append. */
void pd_append_period(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* The payment period of a row, PD_DATE_NONE where not known. */
static inline struct pd_period pd_report_period(const struct pd_report *report, uint32_t record)
{
    const struct pd_period_field *field = pd_period_field_of(&report->periods, record);
    if (field != NULL) return field->period;
    const int64_t begin = pd_report_integer(report, report->linkage->columns.mulai, record);
    const int64_t end = pd_report_integer(report, report->linkage->columns.selesai, record);
    return (struct pd_period){ begin == PD_NULL_INT ? PD_DATE_NONE : (int32_t)begin,
                               end == PD_NULL_INT ? PD_DATE_NONE : (int32_t)end };
}
/* Whether the source has the text of these days ready. */
static inline bool pd_source_says_period(const struct pd_job_source *source, struct pd_period period)
{
    return source->period_text.length > 0 && source->period.begin == period.begin && source->period.end == period.end;
}
/* The finest region code of a row (0 = tak_dikenal) and its dotted form. */
static inline uint64_t pd_report_region(const struct pd_report *report, uint32_t record)
{
    const struct pd_person_columns *columns = &report->linkage->columns;
    int64_t code = pd_report_integer(report, columns->kode_desa, record);
    if (code <= 0) code = pd_report_integer(report, columns->kode_kecamatan, record);
    if (code <= 0) code = pd_report_integer(report, columns->kode_kabupaten, record);
    if (code <= 0) code = pd_report_integer(report, columns->kode_provinsi, record);
    return code > 0 ? (uint64_t)code : 0;
}
void pd_append_region(const struct pd_report *report, uint32_t record, struct pd_buffer *out);
/* id_temuan of the finding at a position of temuan.csv, from 1: "T0000000001". */
void pd_append_finding_id(struct pd_buffer *out, uint64_t number);
/* Names in PD_NAME_BYTES (base/pen.h), but for the last. */
const char *pd_class_name(uint8_t class);
const char *pd_status_name(uint8_t status);
const char *pd_method_name(uint8_t method);
const char *pd_registry_state_name(uint8_t state);
const char *pd_cut_name(uint8_t cut);

#endif

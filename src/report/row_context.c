/* SPDX-License-Identifier: MIT */
#include "report/row_context.h"

#include "base/prefetch.h"

#include "report/row_pen.h"

#include <stdio.h>

static void prefetch_word(const struct pd_report *report, int column, uint32_t record)
{
    if (column >= 0) pd_column_prefetch(&report->linkage->table->columns[column], record);
}

void pd_report_prefetch_integer(const struct pd_report *report, int column, uint32_t record)
{
    if (record != PD_NO_RECORD) prefetch_word(report, column, record);
}

static uint32_t code_of(const struct pd_column *texts, uint32_t record)
{
    return pd_encoding_is_code(texts->encoding) ? (uint32_t)pd_column_word(texts, record) : 0;
}

void pd_report_prefetch_place(const struct pd_report *report, int column, uint32_t record)
{
    if (column < 0) return;
    const struct pd_column *texts = &report->linkage->table->columns[column];
    const uint32_t code = code_of(texts, record);
    if (code != 0) pd_prefetch(&texts->dictionary->begins[code - 1]);
}

void pd_report_prefetch_bytes(const struct pd_report *report, int column, uint32_t record)
{
    if (column < 0) return;
    const struct pd_column *texts = &report->linkage->table->columns[column];
    const uint32_t code = code_of(texts, record);
    if (code != 0) pd_prefetch(texts->dictionary->bytes + texts->dictionary->begins[code - 1]);
}

void pd_report_prefetch_text(const struct pd_report *report, int column, uint32_t record)
{
    pd_report_prefetch_place(report, column, record);
    if (record >= PD_NEARER) pd_report_prefetch_bytes(report, column, record - PD_NEARER);
}

void pd_append_identity(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    pd_append_csv_identity(out, &report->names, record);
}

void pd_append_record_id(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    if (record != PD_NO_RECORD) pd_append_csv_record_id(out, &report->names, record);
}

void pd_append_key(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_key(&pen, report, record);
    pd_pen_end(&pen);
}

void pd_append_column(const struct pd_report *report, int column, uint32_t record, struct pd_buffer *out)
{
    const size_t begin = out->length;
    if (column < 0) return;
    pd_append_csv_value(out, &report->linkage->table->columns[column], record);
    pd_hide_numbers(out, begin, report->masking);
}

int pd_report_original(const struct pd_report *report, const char *canonical)
{
    char name[64];
    (void)snprintf(name, sizeof name, "asli_%s", canonical);
    return pd_table_find(report->linkage->table, pd_text_of(name));
}

void pd_append_integer(const struct pd_report *report, int column, uint32_t record, struct pd_buffer *out)
{
    const int64_t value = pd_report_integer(report, column, record);
    if (value != PD_NULL_INT) pd_append_i64(out, value);
}

void pd_append_nik(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    char scratch[24];
    const struct pd_linkage *linkage = report->linkage;
    if (linkage->columns.nik_longgar < 0) return;
    const struct pd_column *column = &linkage->table->columns[linkage->columns.nik_longgar];
    pd_append_number(out, pd_column_text(column, record, scratch), report->masking);
}

unsigned pd_report_name_score(const struct pd_report *report, uint32_t a, uint32_t b)
{
    char scratch_a[24];
    char scratch_b[24];
    const struct pd_linkage *linkage = report->linkage;
    const struct pd_column *names = &linkage->table->columns[linkage->columns.nama];
    if (pd_column_is_null(names, a) || pd_column_is_null(names, b)) return UINT16_MAX;
    if (pd_column_word(names, a) == pd_column_word(names, b)) return 1000;
    return report->name_score(pd_column_text(names, a, scratch_a), pd_column_text(names, b, scratch_b));
}

void pd_append_program(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    const int program = pd_row_program(&report->programs, report->linkage->table, record);
    if (program >= 0) pd_append_text(out, report->job->programs.items[program].code);
}

void pd_append_period(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_period(&pen, report, record);
    pd_pen_end(&pen);
}

void pd_append_region(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_region(&pen, report, record);
    pd_pen_end(&pen);
}

void pd_append_finding_id(struct pd_buffer *out, uint64_t number)
{
    pd_append_byte(out, 'T');
    pd_append_digits(out, number, 10);
}

const char *pd_class_name(uint8_t class)
{
    static const char names[][PD_NAME_BYTES] = { "tidak_padan", "tinjau", "otomatis" };
    return names[class];
}

const char *pd_status_name(uint8_t status)
{
    static const char names[][PD_NAME_BYTES] = { "MENINGGAL",      "GANDA_DUKCAPIL", "NONAKTIF",       "PADAN",
                                                 "PADAN_SEBAGIAN", "FORMAT_SALAH",   "TIDAK_DITEMUKAN" };
    return names[status];
}

const char *pd_method_name(uint8_t method)
{
    static const char names[][PD_NAME_BYTES] = { "NIK", "NIK_TYPO", "NIK_15", "KK_NAMA", "NAMA_TGL", "TIDAK" };
    return names[method];
}

const char *pd_registry_state_name(uint8_t state)
{
    static const char names[][PD_NAME_BYTES] = { "TERDAFTAR", "TINJAU", "TIDAK_TERDAFTAR" };
    return names[state];
}

const char *pd_cut_name(uint8_t cut)
{
    static const char *const names[] = { "", "DUA_ORANG_REGISTER", "BUKAN_TERBAIK", "JEMBATAN_LEMAH" };
    return names[cut];
}

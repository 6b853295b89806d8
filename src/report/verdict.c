/* SPDX-License-Identifier: MIT */
#include "report/verdict.h"

enum { MIRIP_FROM = 850 };

static const struct pd_column *column_of(const struct pd_report *report, int column)
{
    return &report->linkage->table->columns[column];
}

enum pd_verdict pd_verdict_equal(const struct pd_report *report, int column, uint32_t row, uint32_t reference)
{
    if (column < 0 || pd_column_is_null(column_of(report, column), row)) return PD_VERDICT_KOSONG_SUMBER;
    if (pd_column_is_null(column_of(report, column), reference)) return PD_VERDICT_KOSONG_ACUAN;
    const bool same =
        pd_column_word(column_of(report, column), row) == pd_column_word(column_of(report, column), reference);
    return same ? PD_VERDICT_SAMA : PD_VERDICT_BEDA;
}

enum pd_verdict pd_verdict_nik(const struct pd_report *report, uint32_t row, uint32_t reference)
{
    return pd_verdict_equal(report, report->linkage->columns.nik_longgar, row, reference);
}

enum pd_verdict pd_verdict_name(const struct pd_report *report, uint32_t row, uint32_t reference, unsigned name_score)
{
    const enum pd_verdict verdict = pd_verdict_equal(report, report->linkage->columns.nama, row, reference);
    if (verdict != PD_VERDICT_BEDA) return verdict;
    return name_score >= MIRIP_FROM && name_score <= 1000 ? PD_VERDICT_MIRIP : PD_VERDICT_BEDA;
}

enum pd_verdict pd_verdict_birth_date(const struct pd_report *report, uint32_t row, uint32_t reference)
{
    const struct pd_person_columns *columns = &report->linkage->columns;
    const enum pd_verdict verdict = pd_verdict_equal(report, columns->tgl_lahir, row, reference);
    if (verdict != PD_VERDICT_SAMA && verdict != PD_VERDICT_BEDA) return verdict;
    return pd_report_integer(report, columns->tgl_tumpuk, row) == 2 ? PD_VERDICT_DEFAULT : verdict;
}

const char *pd_verdict_name_of(enum pd_verdict verdict)
{
    static const char *const names[] = { "SAMA", "MIRIP", "BEDA", "KOSONG_SUMBER", "KOSONG_ACUAN", "DEFAULT" };
    return names[verdict];
}

void pd_append_verdict(struct pd_buffer *out, enum pd_verdict verdict, unsigned score_thousandths)
{
    pd_append_string(out, pd_verdict_name_of(verdict));
    if (verdict != PD_VERDICT_MIRIP) return;
    pd_append_string(out, " (");
    pd_append_u64(out, score_thousandths / 10);
    pd_append_byte(out, ')');
}

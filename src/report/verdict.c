/* SPDX-License-Identifier: MIT */
#include "report/verdict.h"

enum { MIRIP_FROM = 850 };

enum pd_verdict pd_verdict_equal(const struct pd_report *report, int index, uint32_t row, uint32_t reference)
{
    if (index < 0) return PD_VERDICT_KOSONG_SUMBER;
    const struct pd_column *column = &report->linkage->table->columns[index];
    const uint64_t null = pd_column_stored_null(column);
    const uint64_t value = pd_column_stored(column, row);
    if (value == null) return PD_VERDICT_KOSONG_SUMBER;
    const uint64_t wanted = pd_column_stored(column, reference);
    if (wanted == null) return PD_VERDICT_KOSONG_ACUAN;
    return value == wanted ? PD_VERDICT_SAMA : PD_VERDICT_BEDA;
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
    static const char names[][PD_NAME_BYTES] = { "SAMA", "MIRIP", "BEDA", "KOSONG_SUMBER", "KOSONG_ACUAN", "DEFAULT" };
    return names[verdict];
}

void pd_append_verdict(struct pd_buffer *out, enum pd_verdict verdict, unsigned score_thousandths)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_verdict(&pen, verdict, score_thousandths);
    pd_pen_end(&pen);
}

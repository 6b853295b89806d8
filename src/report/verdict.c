/* SPDX-License-Identifier: MIT */
#include "report/verdict.h"

enum pd_verdict pd_verdict_equal(const struct pd_report *report, int index, uint32_t row, uint32_t reference)
{
    if (index < 0) return PD_VERDICT_KOSONG_SUMBER;
    const struct pd_column *column = &report->linkage->table->columns[index];
    return pd_verdict_of_values(pd_column_stored(column, row), pd_column_stored(column, reference),
                                pd_column_stored_null(column));
}

enum pd_verdict pd_verdict_nik(const struct pd_report *report, uint32_t row, uint32_t reference)
{
    return pd_verdict_equal(report, report->linkage->columns.nik_longgar, row, reference);
}

enum pd_verdict pd_verdict_name(const struct pd_report *report, uint32_t row, uint32_t reference, unsigned name_score)
{
    return pd_verdict_scored(pd_verdict_equal(report, report->linkage->columns.nama, row, reference), name_score);
}

enum pd_verdict pd_verdict_birth_date(const struct pd_report *report, uint32_t row, uint32_t reference)
{
    const int dates = report->linkage->columns.tgl_lahir;
    return pd_verdict_dated(report, row, pd_verdict_equal(report, dates, row, reference));
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

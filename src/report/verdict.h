/* SPDX-License-Identifier: MIT
 * The words reviewers know for one element of two rows (DOMAIN 9.4): SAMA, MIRIP (nn), BEDA, KOSONG_SUMBER,
 * KOSONG_ACUAN, DEFAULT (a birth date that stands for "unknown"). */
#ifndef PD_REPORT_VERDICT_H
#define PD_REPORT_VERDICT_H

#include "report/row_context.h"

enum pd_verdict {
    PD_VERDICT_SAMA,
    PD_VERDICT_MIRIP,
    PD_VERDICT_BEDA,
    PD_VERDICT_KOSONG_SUMBER,
    PD_VERDICT_KOSONG_ACUAN,
    PD_VERDICT_DEFAULT
};

/* Of two values as a column stores them. */
static inline enum pd_verdict pd_verdict_of_values(uint64_t value, uint64_t reference, uint64_t null)
{
    const enum pd_verdict known = value == reference ? PD_VERDICT_SAMA : PD_VERDICT_BEDA;
    const enum pd_verdict told = reference == null ? PD_VERDICT_KOSONG_ACUAN : known;
    return value == null ? PD_VERDICT_KOSONG_SUMBER : told;
}
/* Names that differ and are alike: MIRIP, from a score of 600 thousandths on. Below are other people's names (D3). */
static inline enum pd_verdict pd_verdict_scored(enum pd_verdict of_names, unsigned name_score)
{
    enum { MIRIP_FROM = 600, MOST = 1000 };
    const bool alike = name_score >= MIRIP_FROM && name_score <= MOST;
    return of_names == PD_VERDICT_BEDA && alike ? PD_VERDICT_MIRIP : of_names;
}
/* A birth date of the row that stands for "unknown": DEFAULT. */
static inline enum pd_verdict pd_verdict_dated(const struct pd_report *report, uint32_t row, enum pd_verdict of_dates)
{
    enum { STANDS_FOR_UNKNOWN = 2 };
    if (of_dates != PD_VERDICT_SAMA && of_dates != PD_VERDICT_BEDA) return of_dates;
    const int64_t heap = pd_report_integer(report, report->linkage->columns.tgl_tumpuk, row);
    return heap == STANDS_FOR_UNKNOWN ? PD_VERDICT_DEFAULT : of_dates;
}
/* Equality of one column of a row and its reference. */
enum pd_verdict pd_verdict_equal(const struct pd_report *report, int column, uint32_t row, uint32_t reference);
enum pd_verdict pd_verdict_nik(const struct pd_report *report, uint32_t row, uint32_t reference);
enum pd_verdict pd_verdict_name(const struct pd_report *report, uint32_t row, uint32_t reference, unsigned name_score);
enum pd_verdict pd_verdict_birth_date(const struct pd_report *report, uint32_t row, uint32_t reference);
/* In PD_NAME_BYTES (base/pen.h). */
const char *pd_verdict_name_of(enum pd_verdict verdict);
/* "SAMA", or "MIRIP (88)" with the score in hundredths. */
void pd_append_verdict(struct pd_buffer *out, enum pd_verdict verdict, unsigned score_thousandths);

PD_PEN_INLINE void pd_pen_verdict(struct pd_pen *pen, enum pd_verdict verdict, unsigned score_thousandths)
{
    pd_pen_name(pen, pd_verdict_name_of(verdict));
    if (verdict != PD_VERDICT_MIRIP) return;
    pd_pen_literal(pen, " (");
    pd_pen_u64(pen, score_thousandths / 10);
    pd_pen_byte(pen, ')');
}

#endif

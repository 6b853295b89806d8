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

/* Equality of one column of a row and its reference. */
enum pd_verdict pd_verdict_equal(const struct pd_report *report, int column, uint32_t row, uint32_t reference);
enum pd_verdict pd_verdict_nik(const struct pd_report *report, uint32_t row, uint32_t reference);
/* name_score in thousandths: MIRIP from 850 on. */
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

/* SPDX-License-Identifier: MIT
 * How NIK and KK numbers are shown. Hidden by default; opened only with a stated reason, which goes into the trail.
 * One number alone keeps its six region digits, as the KPU does [s:mask-kpu]; two numbers side by side show only the
 * digits in which they differ, so a reviewer sees the typing error and not the number. */
#ifndef PD_REPORT_MASKING_H
#define PD_REPORT_MASKING_H

#include "base/pen.h"

enum { PD_NUMBER_DIGITS = 16, PD_REGION_DIGITS = 6 };

/* {0} hides. */
struct pd_masking {
    bool open;
    const char *reason; /* borrowed; NULL while hidden */
};

/* Opens the numbers. BAD_ARGUMENT when the reason is NULL or blank. */
PADAN_MUST_CHECK enum padan_status pd_masking_open(struct pd_masking *masking, const char *reason,
                                                   struct padan_error *error);

/* Appends a NIK or KK as a CSV field: "320101**********". What is not 16 digits shows no digit and no letter at all;
 * an empty number stays empty. */
void pd_append_number(struct pd_buffer *out, struct pd_text number, struct pd_masking masking);
/* Appends number for a row that also shows other: "************3***". All hidden when the lengths differ, one is empty,
 * or more than four digits differ: those are two numbers, not one with a typing error, and the digits would tell both.
 * Call it twice with the two exchanged. */
void pd_append_number_beside(struct pd_buffer *out, struct pd_text number, struct pd_text other,
                             struct pd_masking masking);

/* Of what was appended to out from `begin` on, a cell as somebody wrote it: of numbers in it that may be a NIK or a KK,
 * as in a row whose cells have moved or in "SITI 3201...", the digits behind the region. */
void pd_hide_numbers(struct pd_buffer *out, size_t begin, struct pd_masking masking);

/* pd_append_number of a number of `length` digits. */
PD_PEN_INLINE void pd_pen_number(struct pd_pen *pen, uint64_t number, unsigned length, struct pd_masking masking)
{
    if (masking.open) {
        pd_pen_digits(pen, number, length);
        return;
    }
    char *hidden = pen->at;
    if (length == PD_NUMBER_DIGITS)
        hidden = pd_put_few_digits(hidden, (uint32_t)(number / pd_powers_of_ten[PD_NUMBER_DIGITS - PD_REGION_DIGITS]),
                                   PD_REGION_DIGITS);
    memset(hidden, '*', PD_NUMBER_ROOM);
    pen->at += length;
}

#endif

/* SPDX-License-Identifier: MIT
 * Payment periods as closed intervals of days: `2026`, `2026-T4` (a quarter: PKH and Sembako pay four tahap a year),
 * `2026-11`, `2026-10..2026-12`, `November 2026`, `Okt-Des 2026`, `TAHAP 4 TAHUN 2026`, `Triwulan IV 2026`, `Semester 2
 * 2026`. */
#ifndef PD_INDONESIA_PERIOD_H
#define PD_INDONESIA_PERIOD_H

#include "base/date.h"
#include "base/text.h"

struct pd_period {
    int32_t begin, end; /* first and last day; begin PD_DATE_NONE = unknown */
};

/* Reads one text; default_year (0 = none) serves texts without a year (`TAHAP 2`, `Maret`). */
struct pd_period pd_period_read(struct pd_text text, int default_year);
/* A row's own columns: periode wins over tahap; tahun (0 = none) gives the year; tahap 1..4 is a quarter. */
struct pd_period pd_period_of_row(struct pd_text period, struct pd_text stage, int year);

#endif

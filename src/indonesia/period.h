/* SPDX-License-Identifier: MIT
 * Payment periods as closed intervals of days: `2026`, `2026-T4` (a quarter: PKH and Sembako pay four tahap a year),
 * `2026-11`, `2026-10..2026-12`, `November 2026`, `Nov-26`, `Okt-Des 2026`, `TAHAP 4 TAHUN 2026`, `Triwulan IV 2026`,
 * `Semester 2 2026`, `Des 2025 - Jan 2026`. A full date (`2026-11-05`, `01/11/2026`, an Excel day number, with a time
 * of day or without) is the month it lies in. */
#ifndef PD_INDONESIA_PERIOD_H
#define PD_INDONESIA_PERIOD_H

#include "base/buffer.h"
#include "indonesia/birth_date.h"

struct pd_period {
    int32_t begin, end; /* first and last day; begin PD_DATE_NONE = unknown */
};

struct pd_period_options {
    int year;                 /* of texts without one (`TAHAP 2`, `Maret`); 0 = none */
    enum pd_date_order order; /* of full dates; UNKNOWN is read as day first */
};

/* Reads one text; what is not understood is unknown, never a year. */
struct pd_period pd_period_read(struct pd_text text, const struct pd_period_options *options);
/* What the numbers of a text say: a date has a day above twelve; where both numbers may be a month, the later one last
 * (`10-12-2026`), the text is read as a day, and may mean months. Not so on the first of a month, as spreadsheets write
 * one. */
enum pd_period_form { PD_PERIOD_PLAIN, PD_PERIOD_DATE, PD_PERIOD_DAY_OR_MONTHS };
enum pd_period_form pd_period_form_of(struct pd_text text);
/* A row's own columns: periode wins over tahap; tahap 1..4 is a quarter; where both say nothing, the whole year. */
struct pd_period pd_period_of_row(struct pd_text period, struct pd_text stage, const struct pd_period_options *options);
/* The words of a job file for it: `2026`, `2026-T4`, `2026-11`, `2026-07..2026-12`, and `2026-11-05..2026-12-04` where
 * it is no run of whole months; nothing for an unknown period. */
void pd_period_append(struct pd_buffer *buffer, struct pd_period period);
/* The same at a place with PD_NUMBER_ROOM bytes (base/digits.h); returns where it ends. */
char *pd_period_put(char *to, struct pd_period period);

#endif

/* SPDX-License-Identifier: MIT
 * Dates as Indonesian offices write them (DOMAIN 3), with both readings where day and month may be swapped, and the
 * heaps of invented birth days. */
#ifndef PD_INDONESIA_BIRTH_DATE_H
#define PD_INDONESIA_BIRTH_DATE_H

#include "base/date.h"
#include "base/text.h"

enum pd_date_order { PD_DATE_ORDER_UNKNOWN, PD_DATE_ORDER_DAY_MONTH, PD_DATE_ORDER_MONTH_DAY };

struct pd_date_options {
    enum pd_date_order order; /* UNKNOWN is read as day first, the Indonesian habit */
    int reference_year;       /* two-digit years above its last two digits are 19YY */
};

struct pd_date_reading {
    int32_t day;        /* day number, PD_DATE_NONE when there is no full date */
    int32_t other;      /* the reading with day and month swapped, where the form allows one; else PD_DATE_NONE */
    int year;           /* birth year, also when only the year is known; 0 = unknown */
    bool numeric_order; /* the form depends on the file's order (DD/MM/YYYY), so it counts as evidence */
    bool serial;        /* an Excel day number */
    bool two_digit_year;
};

/* Reads DD-MM-YYYY, DD/MM/YY, YYYY-MM-DD (with or without a time of day), DDMMYYYY, YYYYMMDD, "5 Agustus 1990",
 * "05-AGU-90", Excel serials, `1967`, `00/00/1967`. Years outside 1850..2100 are not dates. */
struct pd_date_reading pd_date_read(struct pd_text text, const struct pd_date_options *options);

/* Whether both orders of day and month make a date of the text, each another one: 03/04/1990, but neither 25/04/1990
 * nor 04/04/1990. */
bool pd_date_reads_both_ways(struct pd_text text);
/* The text of a date whose reading depends on the order of day and month, with its first two numbers exchanged, as long
 * as it was: 25/04/1990 of 04/25/1990; else false, and nothing is written. turned must have room for the text. */
bool pd_date_turn(struct pd_text text, char *turned);
/* Whether the text is of a full date in any form. */
bool pd_date_is_full(struct pd_text text);

/* Month 1..12 of an Indonesian or English month name or its abbreviation (any case), else 0. */
int pd_month_of_word(struct pd_text word);

/* Evidence about the order of a file: dates whose first field exceeds 12, and whose second field does. */
struct pd_date_evidence {
    uint64_t n_day_first, n_month_first, n_ambiguous, n_serial, n_iso, n_words;
    uint64_t n_compact; /* DDMMYYYY */
    uint64_t n_other;   /* no full date */
    uint64_t n_no_day;  /* of all but these: day, month and year are there, but no such day is, 31/02/1985 */
};
void pd_date_evidence_add(struct pd_date_evidence *evidence, struct pd_text text, uint64_t weight);
/* MONTH_DAY when month-first evidence outweighs day-first 9 to 1, DAY_MONTH the other way or without evidence; UNKNOWN
 * when a file mixes both. */
enum pd_date_order pd_date_evidence_order(const struct pd_date_evidence *evidence);
/* "DD-MM-YYYY", "MM-DD-YYYY", "YYYY-MM-DD", "DD MMMM YYYY", "serial", "DDMMYYYY", "campuran" (mixed) or "" (none): for
 * reports. */
const char *pd_date_evidence_format(const struct pd_date_evidence *evidence);

/* A birthplace-and-date cell (`JAKARTA, 17-08-1990`) split at the last comma, or before the first digit. Either part
 * may be empty. */
void pd_split_ttl(struct pd_text text, struct pd_text *place, struct pd_text *date);

/* 2 for the default days 1 July, 31 December, 1 January, 1 for a 15th, else 0 [s:dob-ptk][s:dob-era]. */
unsigned pd_date_heap(int32_t day);

#endif

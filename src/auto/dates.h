/* SPDX-License-Identifier: MIT
 * Dates in a column: which forms they have, and a value read by them. Forms are many, since every spreadsheet has its
 * own: signs between the parts or none, years of two digits, months by name in English, Indonesian, Malay and languages
 * of Europe, a leading zero that was lost when the cell became a number. */
#ifndef PD_AUTO_DATES_H
#define PD_AUTO_DATES_H

#include "base/text.h"

#include <stddef.h>

/* Formats of dates that occur; bit i = pd_date_formats[i]. */
enum { PD_DATE_FORMATS = 31, PD_DATE_FIRST_TEXTUAL = 18 };
struct pd_date_format {
    const char *format;
    bool short_year;
    bool packed; /* digits alone */
};
extern const struct pd_date_format pd_date_formats[PD_DATE_FORMATS];
/* Months whose first three letters are no English month's; bit i = pd_date_months[i]. */
enum { PD_DATE_MONTHS = 28 };
struct pd_date_month {
    char own[4], english[4];
};
extern const struct pd_date_month pd_date_months[PD_DATE_MONTHS];

/* What looks at the values of a column add up to. */
struct pd_date_counts {
    size_t n, by_format[PD_DATE_FORMATS];
    size_t lost_zeros; /* digits alone that are a date with the zero that they lack; not in n */
    size_t cut_months; /* of n: months whose name is not English, or abbreviated in another way */
    uint32_t of_months;
};

struct pd_profile;

void pd_dates_look(struct pd_text value, struct pd_date_counts *counts);
/* The share of dates among n values, and their forms. */
void pd_dates_choose(const struct pd_date_counts *counts, size_t n, struct pd_profile *profile);
/* Whether a column that pd_dates_choose has looked at, and whose repetition is known, holds dates. */
bool pd_dates_are_kind(const struct pd_profile *profile);
/* The day of a value in the forms of its column. */
bool pd_dates_read(struct pd_text value, const struct pd_profile *profile, int64_t *day);

#endif

/* SPDX-License-Identifier: MIT
 * Days as numbers: day 0 is 1970-01-01 (proleptic Gregorian). Method: days from civil, Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms". */
#ifndef PD_BASE_DATE_H
#define PD_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define PD_DATE_NONE INT32_MIN

struct pd_date {
    int year, month, day;
};

bool pd_date_valid(int year, int month, int day);
/* Day number of a valid date. */
int32_t pd_date_from_civil(int year, int month, int day);
struct pd_date pd_date_to_civil(int32_t day_number);
/* ISO date at a place with PD_NUMBER_ROOM bytes (base/digits.h), nothing for PD_DATE_NONE; returns where it ends. */
char *pd_date_put(char *to, int32_t day_number);
/* Whole years from birth to then (birthdays counted), as a person's age. */
int pd_date_age(int32_t birth, int32_t then);

#endif

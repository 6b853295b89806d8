/* SPDX-License-Identifier: MIT
 * How two identity numbers, dates, region codes or addresses relate: small codes by *where* they differ, because NIK,
 * birth date, sex and region are not independent evidence (two women of one village and birth date have neighbouring
 * serials). All functions are pure and symmetric. */
#ifndef PD_COMPARE_IDENTITY_H
#define PD_COMPARE_IDENTITY_H

#include "base/text.h"

/* NIK = region 6 digits, date of birth 6 digits (day + 40 for women), serial 4 digits [s:klaten]. The first relation
 * that holds is given, in this order (the order of precedence differs from the numbers, which models use):
 * EQUAL, ROUNDED, SERIAL_DIGIT, SERIAL_SWAP, SAME_PREFIX, DIGIT, SWAP, GAP, TWO_EDITS, SAME_REGION, SAME_DATE,
 * UNRELATED. Relations other than EQUAL and GAP need two texts of 16 digits; GAP needs 16 and 15 or 17 digits (or any
 * lengths that differ by 1, both >= 12). Other lengths: TWO_EDITS when Levenshtein is 2 and both have >= 14 digits,
 * else UNRELATED. */
enum pd_nik_relation {
    PD_NIK_EQUAL = 0,
    PD_NIK_DIGIT = 1,        /* one digit differs, in the region or the date */
    PD_NIK_SWAP = 2,         /* two neighbouring digits are swapped, at least one of them before the serial */
    PD_NIK_SERIAL_DIGIT = 3, /* one digit of the serial differs: neighbours or twins as well as typos */
    PD_NIK_SERIAL_SWAP = 4,  /* two neighbouring digits inside the serial are swapped */
    PD_NIK_GAP = 5,          /* one digit lost or inserted */
    PD_NIK_SAME_PREFIX = 6,  /* same region and date, serials differ in more than a digit or swap */
    PD_NIK_ROUNDED = 7,      /* only the last digit differs, and it is 0 in one of them: a spreadsheet's rounding */
    PD_NIK_TWO_EDITS = 8,    /* optimal string alignment distance 2 */
    PD_NIK_SAME_REGION = 9,  /* first 6 digits only */
    PD_NIK_SAME_DATE = 10,   /* digits 7..12 only */
    PD_NIK_UNRELATED = 11
};

/* digits: the number, leading zeros by the length (at most 17 digits). length 0 is UNRELATED to everything. */
int pd_nik_relation(uint64_t digits_a, unsigned length_a, uint64_t digits_b, unsigned length_b);

/* The same of two numbers of 16 digits, one per nibble, the first digit in the highest. */
int pd_nik_relation_of_nibbles(uint64_t a, uint64_t b);

/* Two dates as day numbers (base/date.h). The first that holds, in the order of the numbers. */
enum pd_date_relation {
    PD_DATE_EQUAL = 0,
    PD_DATE_SWAPPED = 1,    /* same year, day and month exchanged */
    PD_DATE_DIGIT = 2,      /* one digit of DDMMYYYY differs, in the day or the month */
    PD_DATE_DEFAULT = 3,    /* same year, and one (not both) is 1 Jan, 1 Jul or 31 Dec: date unknown [s:dob-ptk] */
    PD_DATE_SAME_MONTH = 4, /* same year and month */
    PD_DATE_YEAR_OFF = 5,   /* same day and month, years 1 or 10 apart */
    PD_DATE_YEAR_DIGIT = 6, /* same day and month, one other digit of the year differs or two are swapped */
    PD_DATE_SAME_YEAR = 7,
    PD_DATE_NEAR = 8, /* at most 366 days apart */
    PD_DATE_UNRELATED = 9
};
int pd_date_relation(int32_t a, int32_t b);
/* True for 1 Jan, 1 Jul and 31 Dec. */
bool pd_date_is_default(int32_t day);

/* How much of two region codes agrees: 4 village (10 digits), 3 district (6), 2 regency (4), 1 province (2), 0 nothing.
 * Codes of 2, 4, 6 or 10 digits, Kemendagri style; the shorter one decides how far the answer can go. Other positive
 * numbers are 4 when equal, else 0; 0 and less is no code. */
int pd_region_proximity(int64_t a, int64_t b);

/* Address similarity in thousandths: weighted Jaccard of the sets of words and numbers. Level and street words (JL, GG,
 * DUSUN, ...) do not count; numbers count by their value without leading zeros (RT 01 = RT 1), tied to the kind of
 * number before them (RT, RW, NO). 0 when one has no word. */
int pd_address_similarity(struct pd_text a, struct pd_text b);

/* The same over prepared addresses. */
enum { PD_ADDRESS_WORDS_MAX = 24 };
struct pd_address_profile {
    uint16_t n_words, weight;
    uint32_t words[PD_ADDRESS_WORDS_MAX]; /* ascending; low 3 bits are the weight */
};
void pd_address_profile_build(struct pd_text address, struct pd_address_profile *out);
int pd_address_profile_similarity(const struct pd_address_profile *a, const struct pd_address_profile *b);

#endif

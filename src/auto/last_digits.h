/* SPDX-License-Identifier: MIT
 * Numbers that stand here with a beginning and there without: a telephone as +55 77 0740408, 0055 77 0740408 and
 * 077 0740408, an account with and without the letters of its bank, a number whose leading zeros a spreadsheet took.
 * Their last digits are the number; what stands before is the same few beginnings in all rows. */
#ifndef PD_AUTO_LAST_DIGITS_H
#define PD_AUTO_LAST_DIGITS_H

#include "auto/profile.h"

/* Fewer digits repeat by chance in large files. */
enum { PD_LAST_DIGITS_LEAST = 7 };

/* The last PD_LAST_DIGITS_LEAST digits of a value without its signs; false where it has not that many, or where they
 * are zeros and a low number, which columns that number their rows have in common. */
bool pd_last_digits_of(struct pd_text value, uint64_t *digits);
/* Sets profile->last_digits of a column of codes where values of which one has another beginning than the other, and
 * the same digits behind it, are one in a hundred of its values, and the beginnings are few; 0 where they are not.
 * Cost O(n log n) in the rows. */
PADAN_MUST_CHECK enum padan_status pd_auto_look_at_last_digits(const struct pd_table *table, struct pd_profile *profile,
                                                               struct padan_error *error);

#endif

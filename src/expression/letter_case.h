/* SPDX-License-Identifier: MIT
 * The other case of a letter, by code point, without locales: one letter for one letter ('ß' becomes 'ẞ', not "SS"). */
#ifndef PD_EXPRESSION_LETTER_CASE_H
#define PD_EXPRESSION_LETTER_CASE_H

/* The letter itself when it has no other case. In UTF-8 the other case is at most half as long again. */
unsigned pd_letter_small(unsigned code);
unsigned pd_letter_capital(unsigned code);

#endif

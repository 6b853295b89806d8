/* SPDX-License-Identifier: MIT
 * The other case of a letter, by code point, without locales: one letter for one letter ('ß' becomes 'ẞ', not "SS"). */
#ifndef PD_EXPRESSION_LETTER_CASE_H
#define PD_EXPRESSION_LETTER_CASE_H

#include "base/text.h"

/* The code point at byte *at, which moves on behind it; false for a byte that is no UTF-8 and stands for itself. */
bool pd_letters_next(struct pd_text text, size_t *at, unsigned *code);
/* The letter itself when it has no other case. In UTF-8 the other case is at most half as long again. */
unsigned pd_letter_small(unsigned code);
unsigned pd_letter_capital(unsigned code);
/* The text with each letter changed by one of these, into out, which has room for half as long again: its length there.
 * A letter beyond ASCII that becomes 0 is left out. Bytes that are no UTF-8 stay as they are. */
size_t pd_letters_put(struct pd_text text, unsigned letter(unsigned code), char *out);
/* Whether the text has letters that are capital, or small, and have another case. */
void pd_letters_look(struct pd_text text, bool *capital, bool *small);

#endif

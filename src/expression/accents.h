/* SPDX-License-Identifier: MIT
 * Letters without their accents, of all scripts, without locales: what files hold that were typed without them.
 * Letters with a stroke (the d of Vietnamese, the l of Polish) are letters of their own and stay. */
#ifndef PD_EXPRESSION_ACCENTS_H
#define PD_EXPRESSION_ACCENTS_H

#include "base/text.h"

/* The letter without marks, the code itself when it has none, 0 for a mark that stands behind its letter. */
unsigned pd_letter_plain(unsigned code);
/* The text without accents, into out, which has room for the text: its length there. A letter and its mark in one code
 * point or in two come out the same. Bytes that are no UTF-8 stay as they are. */
size_t pd_accents_strip(struct pd_text text, char *out);

#endif

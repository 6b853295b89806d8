/* SPDX-License-Identifier: MIT
 * Phonetic keys of Indonesian name tokens (DOMAIN 2.4 and 2.6): A strict (agreement strength), B main (blocking and
 * indexing), C skeleton (only with a birth date or regency, and with sex). */
#ifndef PD_INDONESIA_PHONETIC_H
#define PD_INDONESIA_PHONETIC_H

#include "base/text.h"

enum pd_phonetic { PD_PHONETIC_A, PD_PHONETIC_B, PD_PHONETIC_C };

/* Key of one token of letters A-Z (other bytes are left out). Never longer than the token plus 1 per X (X is KS), cut
 * at capacity. A one-letter token gives one letter. Returns the length. */
size_t pd_phonetic_token(enum pd_phonetic kind, struct pd_text token, char *out, size_t capacity);
/* Key of the name written without blanks, so that NUR HAYATI and NURHAYATI agree. */
size_t pd_phonetic_joined(enum pd_phonetic kind, struct pd_text name, char *out, size_t capacity);

#endif

/* SPDX-License-Identifier: MIT
 * MUHAMMAD as officials shorten and spell it. The forms of DOMAIN 2.3 are in datasets/singkatan_nama.csv; there are
 * more than a list holds (MUHMD, MOEHD, MUHAM, MHM), all of one shape:
 *
 *   M (O | OE | U)? (C | K)? H, then M, A and E, then D or T, at least three letters, a consonant last. */
#ifndef PD_INDONESIA_MUHAMMAD_H
#define PD_INDONESIA_MUHAMMAD_H

#include "base/text.h"

/* Is the whole token, of capital letters, of that shape? */
bool pd_is_muhammad(struct pd_text token);
/* Where the next word starts in a token that is MUHAMMAD, fully written, and another word without a blank
 * (MOHAMADRIDWAN); 0 for any other. */
size_t pd_muhammad_split(struct pd_text token);

#endif

/* SPDX-License-Identifier: MIT
 * Indonesian free text to plain capitals: what every dictionary look-up of this folder starts from. */
#ifndef PD_INDONESIA_FOLD_H
#define PD_INDONESIA_FOLD_H

#include "base/text.h"

/* Upper-case ASCII of a UTF-8 text: letters with diacritics become their base letters (E-acute to E), typographic
 * quotes the apostrophe, NBSP and zero-width characters a blank or nothing; bytes that are no UTF-8 are read as CP1252.
 * Characters that cannot be folded (other scripts) are left out. Never writes more than capacity bytes; returns the
 * length. Cost O(length). */
size_t pd_fold(struct pd_text text, char *out, size_t capacity);

/* As pd_fold with only letters and digits kept: how names of places are compared. */
size_t pd_fold_letters(struct pd_text text, char *out, size_t capacity);

/* True for a text that says "nothing": empty, dashes, 0, NULL, N/A, #N/A, NAN, NONE, TIDAK ADA, TDK ADA, BELUM ADA,
 * KOSONG, XXX... [s:synchrono, DOMAIN 1.5]. */
bool pd_is_nothing(struct pd_text text);

#endif

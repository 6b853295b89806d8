/* SPDX-License-Identifier: MIT
 * UTF-16 to UTF-8 in pieces, for what spreadsheets save as "Unicode text". Which byte comes first is told by the mark
 * at the beginning (Unicode 15, 2.6); half a pair of surrogates becomes U+FFFD. */
#ifndef PD_BASE_UTF16_H
#define PD_BASE_UTF16_H

#include "base/text.h"

enum { PD_UTF16_MARK = 2, PD_UTF16_ROOM = 8 }; /* bytes: of the mark; that a unit may need, with a half before it */

struct pd_utf16 {
    bool high_byte_first;
    uint16_t surrogate; /* first half of a pair whose second has not been seen; 0: none */
};

/* Whether text that begins so is UTF-16 with a mark. */
bool pd_utf16_is_marked(const char *bytes, size_t n);
/* Begins after the mark. */
void pd_utf16_start(struct pd_utf16 *state, const char *mark);
/* Turns units of in[0 .. n) into out[0 .. room) while there is one and PD_UTF16_ROOM is left; *used bytes of in were
 * taken. Returns the bytes made. */
size_t pd_utf16_decode(struct pd_utf16 *state, const char *in, size_t n, size_t *used, char *out, size_t room);
/* What is left when the text ends: the U+FFFD of a half. Returns its bytes; out has PD_UTF16_ROOM. */
size_t pd_utf16_end(struct pd_utf16 *state, char *out);

#endif

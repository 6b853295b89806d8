/* SPDX-License-Identifier: MIT
 * Birth places: free text, so weak evidence; folded enough that KAB. SOLO, SURAKARTA and KOTA SURAKARTA agree (DOMAIN
 * 3). */
#ifndef PD_INDONESIA_PLACE_H
#define PD_INDONESIA_PLACE_H

#include "indonesia/indonesia.h"

enum { PD_PLACE_CAPACITY = 96 };

/* Canonical capitals of a place: level words off the front, aliases replaced, blanks of known spellings joined. Returns
 * the length written, 0 for none. */
size_t pd_place_read(const struct pd_indonesia *indonesia, struct pd_text text, char *out, size_t capacity);

#endif

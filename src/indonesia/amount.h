/* SPDX-License-Identifier: MIT
 * Money in Indonesian and machine spelling: `Rp 600.000`, `600.000,00`, `Rp.600.000,-`, `600,000.00`, `600000.0`,
 * `6E+05`. */
#ifndef PD_INDONESIA_AMOUNT_H
#define PD_INDONESIA_AMOUNT_H

#include "base/text.h"

/* What a look at the cell says. */
enum pd_amount_state { PD_AMOUNT_EMPTY, PD_AMOUNT_READ, PD_AMOUNT_UNREADABLE };

/* Whole rupiah, half a rupiah and more rounded up in size. One separator followed by exactly three digits is a
 * thousands separator; one followed by one or two digits at the end is the decimal sign. Negative amounts keep their
 * sign. */
enum pd_amount_state pd_amount_read(struct pd_text text, int64_t *rupiah);

#endif

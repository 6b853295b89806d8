/* SPDX-License-Identifier: MIT
 * Values without their accents. Names are written with them by one clerk and without by another: NGUYEN VAN AN is
 * Nguyen Van An with its seven marks. Equal as they stand says more, so that stays a level of its own; below it, and in
 * keys, letters count without their marks. Letters with a stroke, and joined ones, are other letters to Unicode, so
 * what they are mistaken for stands here. */
#ifndef PD_AUTO_PLAIN_LETTERS_H
#define PD_AUTO_PLAIN_LETTERS_H

#include "base/buffer.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct pd_accent_counts {
    size_t n;          /* values with a letter that has a mark, or stands in the table */
    uint32_t of_table; /* letters of it that occur */
};

void pd_accents_look(struct pd_text value, struct pd_accent_counts *counts);
/* What stands before a value in small letters, and behind it, to make it plain. */
void pd_plain_begin(struct pd_buffer *out, uint32_t of_table);
void pd_plain_end(struct pd_buffer *out, uint32_t of_table);

#endif

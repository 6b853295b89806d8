/* SPDX-License-Identifier: MIT
 * How a column writes sexes: letters and words of some languages. What M and P stand for hangs on the letter beside
 * them: H and M are hombre and mujer, P and W are pria and wanita. */
#ifndef PD_AUTO_SEXES_H
#define PD_AUTO_SEXES_H

#include "base/buffer.h"
#include "base/text.h"

#include <stddef.h>

struct pd_sex_counts {
    size_t n; /* values that are a sex, or unknown */
    bool letters[26];
};

/* Letters that are not what they are mostly. */
struct pd_sex_letters {
    bool female_m, male_p;
};

void pd_sexes_look(struct pd_text value, struct pd_sex_counts *counts);
struct pd_sex_letters pd_sexes_choose(const struct pd_sex_counts *counts);
/* 'm' or 'f'; 0 where the value is no sex, or unknown. */
char pd_sex_of(struct pd_text value, struct pd_sex_letters letters);
/* The words of a sex as a list of SQL: small letters without signs. */
void pd_sexes_append(struct pd_buffer *out, char sex, struct pd_sex_letters letters);

#endif

/* SPDX-License-Identifier: MIT
 * The kind of a column from looks at its values. */
#ifndef PD_AUTO_KIND_H
#define PD_AUTO_KIND_H

#include "auto/plain_letters.h"
#include "auto/profile.h"
#include "auto/quantities.h"
#include "auto/sexes.h"

/* What the looks at a column's values added up to. */
struct pd_value_counts {
    size_t n;
    size_t digits, letters, numbers, fractions, emails, punctuated, identities, women, upper, lower, mixed, words,
        bytes, initials;
    size_t by_length[32];
    struct pd_date_counts dates;
    struct pd_sex_counts sexes;
    struct pd_accent_counts accents;
    struct pd_quantity_counts quantities;
    double largest;
    size_t decimals;     /* digits behind the decimal signs of all numbers */
    double sum, squares; /* of the numbers */
};

void pd_value_look(struct pd_text value, struct pd_value_counts *counts);
/* Letters that stand alone, of any script. */
bool pd_value_is_initials(struct pd_text value);
/* Fills the shares of profile (whose repetition is known) and chooses its kind. */
void pd_kind_choose(const struct pd_value_counts *counts, size_t n_rows, struct pd_profile *profile);
/* Whether hardly a value has anything but letters, as names have not. */
bool pd_kind_of_letters(const struct pd_profile *profile);
/* The same of a name or a text: words such as people, places and firms have. */
bool pd_kind_of_words(const struct pd_profile *profile);
/* Whether most rows have a value: what most do not have says nothing of the file. */
bool pd_kind_is_filled(const struct pd_profile *profile);

#endif

/* SPDX-License-Identifier: MIT
 * Words and their other forms, for the generator alone: the engine has dictionaries of its own, and a test holds that a
 * third of these variants and more are in none of them. */
#ifndef PD_GENERATE_DAMAGE_TABLES_H
#define PD_GENERATE_DAMAGE_TABLES_H

#include "base/text.h"

struct pd_word_variants {
    const char *word;     /* as the population has it; may be two words */
    const char *variants; /* parted by blanks */
};

extern const struct pd_word_variants pd_spellings[]; /* sorted by word */
extern const size_t pd_n_spellings;
extern const struct pd_word_variants pd_abbreviations[]; /* sorted by word */
extern const size_t pd_n_abbreviations;
/* Titles: before a man's name, before a woman's, before either's, after the name. Words parted by blanks. */
extern const char pd_titles_man[], pd_titles_woman[], pd_titles_any[], pd_titles_after[];

/* The entry of a word, or NULL. */
const struct pd_word_variants *pd_word_variants_find(const struct pd_word_variants *table, size_t n,
                                                     struct pd_text word);

#endif

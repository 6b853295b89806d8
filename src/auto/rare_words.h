/* SPDX-License-Identifier: MIT
 * A rule for tables of long texts: two rows share a word that few rows have. Titles and names of goods differ in their
 * order of words, in what is left out and in the column where something stands; what they share are the words that
 * tell them apart. Source: an inverted index over rare terms, as search engines and token blocking have it
 * (Papadakis and others 2011); here with the rarity counted on the rows. */
#ifndef PD_AUTO_RARE_WORDS_H
#define PD_AUTO_RARE_WORDS_H

#include "auto/drawn.h"
#include "auto/equal_pairs.h"

struct pd_auto_words {
    size_t *texts; /* [n_texts] profiles whose words count; none: no such rule */
    size_t n_texts;
    uint32_t most_rows; /* that a word may have */
    double pairs;       /* that the rule makes, at most: pairs with two such words are counted twice */
    uint64_t found[PD_DRAWN_WORDS];
};

/* The rule with the most rows per word whose pairs stay within budget, as long as more rows find more. Of all texts and
 * names, where one of them is compared by its words. */
PADAN_MUST_CHECK enum padan_status pd_auto_words_choose(const struct pd_auto_data *data,
                                                        const struct pd_profiles *profiles, double budget,
                                                        struct pd_arena *arena, struct pd_auto_words *words,
                                                        struct padan_error *error);
/* The rule: its condition, and what stands beside it in the model ("padan_words"). */
void pd_auto_words_print(const struct pd_auto_words *words, const struct pd_auto_data *data,
                         const struct pd_profiles *profiles, struct pd_buffer *condition, struct pd_buffer *beside);

#endif

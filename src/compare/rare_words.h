/* SPDX-License-Identifier: MIT
 * Cosine over the words of texts, each weighted by how rare it is among the texts of its column: ln(1 + N / n), N texts
 * of which n hold it. A text is the set of its words; a word that both sides have counts as rare as it is on each.
 * Source: inverse document frequency, Sparck Jones 1972; the cosine of such vectors, Salton & Buckley 1988; for record
 * linkage, Cohen 1998. */
#ifndef PD_COMPARE_RARE_WORDS_H
#define PD_COMPARE_RARE_WORDS_H

#include "table/table.h"

struct pd_rare_word {
    uint64_t hash;
    double weight;
};

/* The texts of a column as vectors of length 1. */
struct pd_rare_words {
    struct pd_rare_word *words; /* of all texts, ascending by hash in each */
    size_t *ends;               /* [n_texts] where each one's words end */
    size_t n_texts;
};

/* Makes the vectors of all texts of a dictionary. Cost O(bytes) and a sort of each text's words. */
PADAN_MUST_CHECK enum padan_status pd_rare_words_make(const struct pd_dictionary *dictionary,
                                                      struct pd_rare_words *words, struct padan_error *error);
void pd_rare_words_reset(struct pd_rare_words *words);
size_t pd_rare_words_bytes(const struct pd_rare_words *words);

/* The words of the text with a code of the dictionary. */
static inline const struct pd_rare_word *pd_rare_words_of(const struct pd_rare_words *words, uint32_t code, size_t *n)
{
    const size_t begin = code == 1 ? 0 : words->ends[code - 2];
    *n = words->ends[code - 1] - begin;
    return words->words + begin;
}

/* Cosine of two vectors of length 1: 0 to 1; 1 for two without words. */
double pd_rare_words_cosine(const struct pd_rare_word *a, size_t n_a, const struct pd_rare_word *b, size_t n_b);

#endif

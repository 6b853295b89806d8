/* SPDX-License-Identifier: MIT
 * Textbook twins of the string metrics and identity relations: obviously right, slow, for texts up to 512 bytes. */
#ifndef PD_TESTS_TEXTBOOK_METRICS_H
#define PD_TESTS_TEXTBOOK_METRICS_H

#include "base/text.h"

enum { TEXTBOOK_MAX = 512 };

size_t textbook_levenshtein(struct pd_text a, struct pd_text b);
size_t textbook_osa(struct pd_text a, struct pd_text b);
size_t textbook_damerau(struct pd_text a, struct pd_text b);
size_t textbook_hamming(struct pd_text a, struct pd_text b);
double textbook_jaro(struct pd_text a, struct pd_text b);
double textbook_jaro_winkler(struct pd_text a, struct pd_text b);
double textbook_jaccard(struct pd_text a, struct pd_text b);
double textbook_qgram(struct pd_text a, struct pd_text b, unsigned q);
/* Cosine of the words (between blanks) of texts a and b, weighted by ln(1 + n_texts / texts that hold them). */
double textbook_rare_words(const struct pd_text *texts, size_t n_texts, size_t a, size_t b);

#endif

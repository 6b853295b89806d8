/* SPDX-License-Identifier: MIT
 * String metrics over bytes. Every function here agrees with a textbook twin in tests/reference/.
 *
 * Bytes, not characters: DuckDB's functions of the same names work on bytes, and a model trained there must give the
 * same levels here. All functions are pure, symmetric and safe for any thread. They use the stack only, never the heap;
 * edit distances therefore read at most PD_METRIC_TEXT_MAX bytes of a text. */
#ifndef PD_COMPARE_STRING_METRICS_H
#define PD_COMPARE_STRING_METRICS_H

#include "base/text.h"

enum { PD_METRIC_TEXT_MAX = 16384 };

/* Levenshtein distance: insertions, deletions, substitutions.
 * Cost    O(ceil(m / 64) n).  Source  Myers 1999, Hyyro 2003 (blocks). */
size_t pd_levenshtein(struct pd_text a, struct pd_text b);
/* The distance when it is at most limit, else limit + 1. Gives up early. */
size_t pd_levenshtein_bounded(struct pd_text a, struct pd_text b, size_t limit);
/* Optimal string alignment: also swaps of neighbours, no part edited twice.  Source  Hyyro 2003. */
size_t pd_osa_distance(struct pd_text a, struct pd_text b);
/* Unrestricted Damerau-Levenshtein (DuckDB damerau_levenshtein).  Cost O(m n).  Source  Lowrance & Wagner 1975. */
size_t pd_damerau_levenshtein(struct pd_text a, struct pd_text b);
/* Places that differ; SIZE_MAX when the lengths differ (DuckDB refuses those). */
size_t pd_hamming(struct pd_text a, struct pd_text b);

/* What Jaro's formula is made of: matching bytes and half-transpositions already halved. */
struct pd_jaro_parts {
    size_t matches, transpositions;
};
struct pd_jaro_parts pd_jaro_count(struct pd_text a, struct pd_text b);
/* The one double expression of DuckDB and rapidfuzz on the integer results, so that no level differs in the last bit:
 * (m/|a| + m/|b| + (m-t)/m) / 3, 0 for m = 0 (also for two empty texts, as DuckDB). */
double pd_jaro_formula(struct pd_jaro_parts parts, size_t length_a, size_t length_b);
/* Jaro, plus prefix (at most 4) * 0.1 * (1 - jaro) when jaro > 0.7. */
double pd_jaro_winkler_formula(double jaro, size_t prefix);
/* Best value of both with at most `common` matches; a little above, because the sum of rounded terms need not be
 * monotone to the last bit. */
double pd_jaro_ceiling(size_t common, size_t length_a, size_t length_b, size_t prefix);
double pd_jaro_similarity(struct pd_text a, struct pd_text b);
double pd_jaro_winkler_similarity(struct pd_text a, struct pd_text b);

/* Jaccard similarity of the sets of bytes of two texts (DuckDB jaccard), 0 when one is empty. */
double pd_jaccard_similarity(struct pd_text a, struct pd_text b);
/* Dice coefficient of the multisets of q-grams (q 1..4, no padding), 2 common / (all of a + all of b); texts shorter
 * than q count as one gram each. 1 for two empty texts. Above PD_QGRAM_MAX bytes only the first ones are read. */
enum { PD_QGRAM_MAX = 1024 };
double pd_qgram_similarity(struct pd_text a, struct pd_text b, unsigned q);

/* Cosine of the sets of words of two texts, 0 to 1, each word weighted by its form: length up to 9, more for numbers
 * and most for words of letters and digits. Case and punctuation do not count. 1 for two texts without words. Above
 * PD_WORDS_MAX words only the first ones are read. */
enum { PD_WORDS_MAX = 96 };
double pd_word_similarity(struct pd_text a, struct pd_text b);

/* Letter counts of a text in 64 bits: how many of each letter class it has, unary and capped. For any two texts,
 * their common bytes (as multisets) are at most min(|a|, |b|, popcount(sig_a & sig_b) + min(overflow)), so a metric can
 * be refused without reading the texts. */
struct pd_signature {
    uint64_t bits;
    uint32_t overflow; /* bytes that found their class full */
    uint32_t length;
};
struct pd_signature pd_signature_of(struct pd_text text);
/* Upper bound of the bytes two texts have in common. */
size_t pd_signature_common(const struct pd_signature *a, const struct pd_signature *b);
/* Lower bound of the Levenshtein (also OSA and Damerau) distance; upper bound of Jaro(-Winkler) with a margin above
 * rounding. */
size_t pd_signature_distance(const struct pd_signature *a, const struct pd_signature *b);
double pd_signature_jaro(const struct pd_signature *a, const struct pd_signature *b, size_t prefix);

#endif

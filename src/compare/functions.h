/* SPDX-License-Identifier: MIT
 * The similarity functions of the condition language. */
#ifndef PD_COMPARE_FUNCTIONS_H
#define PD_COMPARE_FUNCTIONS_H

#include "expression/expression.h"

/* levenshtein, damerau_levenshtein, osa_distance, hamming (also mismatches), jaro_similarity,
 * jaro_winkler_similarity, jaccard, qgram_similarity(text, text[, q]), name_similarity, nik_relation, date_relation,
 * region_proximity, address_similarity, array_cosine_similarity. Ended by name == NULL. */
extern const struct pd_function pd_compare_functions[];

#endif

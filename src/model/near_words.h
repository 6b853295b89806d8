/* SPDX-License-Identifier: MIT
 * Texts of a dictionary as words of 4 bits a letter, so that small distances are told as those of whole words of digits
 * are (pd_packed_distance): dates, postal codes, telephone numbers. Letters are the 16 from '*' to '9', and of texts of
 * one length only, the most frequent among the distinct ones. */
#ifndef PD_MODEL_NEAR_WORDS_H
#define PD_MODEL_NEAR_WORDS_H

#include "table/dictionary.h"

enum { PD_NEAR_LETTERS_MAX = 15 };

/* *words [n_entries + 1] by code, PD_PACKED_NULL for texts that have none and for NULL; to be freed. *words stays NULL
 * where most texts have none, or where there are so many that looking one up would be a cache miss. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_near_words_make(const struct pd_dictionary *dictionary, uint64_t **words,
                                                      struct padan_error *error);

#endif

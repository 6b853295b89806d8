/* SPDX-License-Identifier: MIT
 * The words of a rule's texts (padan_words): in every record those that at most so many rows have. A word that one row
 * alone has brings nothing together and is left out too. */
#ifndef PD_MODEL_RULE_WORDS_H
#define PD_MODEL_RULE_WORDS_H

#include "model/derive.h"
#include "model/model.h"

/* Adds the texts to the deriver's table as columns, in its arena. BAD_ARGUMENT where an expression is no text. */
PADAN_MUST_CHECK enum padan_status pd_rule_words_columns(const struct pd_rule_words *rule, struct pd_deriver *deriver,
                                                         const char *where, int **columns, struct padan_error *error);

/* Codes of words, which are added to a dictionary: begins [n_records + 1], ascending in every record, each once. */
struct pd_word_lists {
    uint32_t *begins;
    uint64_t *codes;
};
PADAN_MUST_CHECK enum padan_status pd_rule_words_find(const struct pd_rule_words *rule, const struct pd_table *table,
                                                      const int *columns, struct pd_dictionary *dictionary,
                                                      struct pd_word_lists *lists, struct padan_error *error);

#endif

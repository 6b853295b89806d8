/* SPDX-License-Identifier: MIT
 * Term-frequency adjustments as weights ready to add: log2(u / max(frequency, floor)) * strength per distinct value.
 * Frequencies come from the model's own expressions (a table in the bundle: one new row changes no weight) or are
 * counted on the input (Splink's way: count / non-null count over all sources). */
#ifndef PD_COMPARE_TERM_FREQUENCY_H
#define PD_COMPARE_TERM_FREQUENCY_H

#include "model/derive.h"
#include "model/model.h"

/* What no value, or one without a frequency, has in place of an addition: the other row's counts then. */
#define PD_NO_FREQUENCY INT64_MAX

struct pd_term_frequency {
    pd_weight *additions; /* by value or by record */
    size_t n_additions;
    enum pd_values_key key;
    int column;
    int64_t base;
    pd_weight largest; /* the most it adds for any value */
};

/* Adjustments of one level. u is that of the exact level of the column. */
PADAN_MUST_CHECK enum padan_status pd_term_frequency_make(const struct pd_model *model, const struct pd_level *level,
                                                          double u, struct pd_deriver *deriver,
                                                          struct pd_term_frequency *out, struct padan_error *error);
void pd_term_frequency_reset(struct pd_term_frequency *frequency);

/* What a pair's level adds: the smaller of the two, as the more frequent value decides; nothing when both have none. */
static inline pd_weight pd_term_frequency_smaller(const struct pd_term_frequency *frequency, size_t left, size_t right)
{
    const pd_weight a = frequency->additions[left];
    const pd_weight b = frequency->additions[right];
    const pd_weight smaller = a < b ? a : b;
    return smaller == PD_NO_FREQUENCY ? 0 : smaller;
}
/* The same from the words of the column; not by record. */
static inline pd_weight pd_term_frequency_of_words(const struct pd_term_frequency *frequency, uint64_t left,
                                                   uint64_t right)
{
    return pd_term_frequency_smaller(frequency, pd_values_index(frequency->key, frequency->base, left),
                                     pd_values_index(frequency->key, frequency->base, right));
}
/* Bring near what pd_term_frequency_add will read of a pair: first the words, then, once they are there, what they add.
 */
void pd_term_frequency_prefetch_words(const struct pd_term_frequency *frequency, const struct pd_table *table,
                                      uint32_t left, uint32_t right);
void pd_term_frequency_prefetch(const struct pd_term_frequency *frequency, const struct pd_table *table, uint32_t left,
                                uint32_t right);
pd_weight pd_term_frequency_add(const struct pd_term_frequency *frequency, const struct pd_table *table, uint32_t left,
                                uint32_t right);

#endif

/* SPDX-License-Identifier: MIT
 * What a model says of single pairs of sources (padan_source_pairs): how often two random rows of them match, and from
 * which weight on a match is of class otomatis. Inside a register that was cleaned of duplicates the prior is many bits
 * lower than between two files. */
#ifndef PD_MODEL_SOURCE_PAIRS_H
#define PD_MODEL_SOURCE_PAIRS_H

#include "model/model.h"
#include "table/table.h"

/* From which match weight on pairs are kept, and linked; by_source: linked from what that model says of the sources. */
struct pd_link_thresholds {
    pd_weight kept, linked;
    const struct pd_model *by_source; /* or NULL */
};

/* From which weight on rows of two sources are linked. */
pd_weight pd_linked_from(const struct pd_link_thresholds *thresholds, struct pd_text a, struct pd_text b);

/* For one table: [n_sources * n_sources], symmetric. Pairs that the model does not name have what it says for all. */
struct pd_source_weights {
    size_t n_sources;
    pd_weight *priors;
    pd_weight *automatic;
    pd_weight largest_prior;
    bool one_prior, one_automatic; /* the same for all pairs of sources: none has to be told */
};

/* Names of sources are compared as they are; a named source that the table does not have says nothing. */
PADAN_MUST_CHECK enum padan_status pd_source_weights_make(const struct pd_model *model, const struct pd_table *table,
                                                          struct pd_source_weights *weights, struct padan_error *error);
void pd_source_weights_reset(struct pd_source_weights *weights);

/* Place of a pair of records in the tables above. */
static inline size_t pd_source_pair_index(const struct pd_source_weights *weights, const struct pd_table *table,
                                          uint32_t left, uint32_t right)
{
    return pd_table_source(table, left) * weights->n_sources + pd_table_source(table, right);
}

#endif

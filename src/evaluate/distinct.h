/* SPDX-License-Identifier: MIT
 * Pairs of entities that are known to be different, by kind (hard negatives: twins, namesakes ...): how many of them
 * have rows in one cluster. */
#ifndef PD_EVALUATE_DISTINCT_H
#define PD_EVALUATE_DISTINCT_H

#include "evaluate/population.h"

struct pd_distinct_count {
    uint64_t n_pairs, n_merged;
    uint64_t n_absent; /* pairs of which the truth does not have one; not counted in n_pairs */
};

struct pd_distinct {
    struct pd_dictionary kinds;
    struct pd_distinct_count *counts; /* [kinds.n_entries] code less 1 */
    size_t capacity;
};

/* Counts the pairs of a CSV kind,entity_id_l,entity_id_r (kind may be absent). The population must be complete.
 * BAD_INPUT when the file or one of its entity columns is missing, or no pair of it is in the truth. */
PADAN_MUST_CHECK enum padan_status pd_distinct_count(struct pd_distinct *distinct,
                                                     const struct pd_population *population, const char *path,
                                                     struct padan_error *error);
void pd_distinct_reset(struct pd_distinct *distinct);

/* Merged pairs in a thousand, by kind: lines of a table, and a JSON array. */
void pd_distinct_print(const struct pd_distinct *distinct, struct pd_buffer *out);
void pd_distinct_json(const struct pd_distinct *distinct, struct pd_buffer *out);

#endif

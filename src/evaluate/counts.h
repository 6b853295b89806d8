/* SPDX-License-Identifier: MIT
 * The counting walks behind pd_evaluation_count. */
#ifndef PD_EVALUATE_COUNTS_H
#define PD_EVALUATE_COUNTS_H

#include "evaluate/evaluate.h"

/* What one entity adds. A wrong pair joins two entities and is counted at both; entities that wrong pairs join, each
 * with another or in a chain, are one unit of the bootstrap. */
struct pd_entity_counts {
    uint64_t n_true, n_found, n_wrong;
    uint32_t n_rows;
    uint32_t joined; /* 0, else 1 + an entity before it that it is joined to */
};

/* The first of the entities that an entity is joined to, itself where there is none before it. */
uint32_t pd_entity_first(struct pd_entity_counts *entities, uint32_t entity);

/* Fills all, by_source, by_group, classes' n_true and n_found, B-cubed, and entities [entities' n_entries], zeroed by
 * the caller. O(rows * rows of a cluster with --by, else O(rows)). */
PADAN_MUST_CHECK enum padan_status pd_count_pairs(struct pd_evaluation *evaluation,
                                                  const struct pd_population *population,
                                                  struct pd_entity_counts *entities, struct padan_error *error);
/* Pairs of one household against pairs of one household cluster, over rows whose household is known. */
PADAN_MUST_CHECK enum padan_status
pd_count_households(struct pd_pair_counts *counts, const struct pd_population *population, struct padan_error *error);
/* Percentile intervals from PD_BOOTSTRAP_RESAMPLES Poisson resamples of units; adds up the counts of joined entities at
 * the first of them. */
PADAN_MUST_CHECK enum padan_status pd_bootstrap(struct pd_evaluation *evaluation, struct pd_entity_counts *entities,
                                                size_t n_entities, int threads, uint64_t seed,
                                                struct padan_error *error);

#endif

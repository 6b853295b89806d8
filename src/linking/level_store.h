/* SPDX-License-Identifier: MIT
 * All pairs of a model's rules with all their levels, for a caller who asks again and again which of them reach a
 * weight, each time with other weights: levels do not hang on m and u. The first look costs about two runs of the
 * linker, since no pair is given up early; each further one an addition per pair, and more only for those whose weight
 * hangs on how common their values are. */
#ifndef PD_LINKING_LEVEL_STORE_H
#define PD_LINKING_LEVEL_STORE_H

#include "linking/linker.h"

/* Pairs by left record; their levels are those of a pattern, of which there are few. */
struct pd_level_store {
    size_t n_records, n_pairs, n_patterns, n_comparisons;
    size_t *begins;   /* [n_records + 1] where the pairs of a left record begin */
    uint64_t *rights; /* [n_pairs] right record, and below it the pattern; in order of the records */
    int8_t *gammas;   /* [n_patterns * n_comparisons] level of a comparison, -1 for null */
};

/* Blocks and levels all pairs in scope; 8 bytes for each, 12 to 30 more while it works. */
PADAN_MUST_CHECK enum padan_status pd_level_store_fill(struct pd_level_store *store, struct pd_linker *linker,
                                                       const struct pd_scope *scope, struct padan_error *error);
/* The same of pairs that are given, left records before right ones. */
PADAN_MUST_CHECK enum padan_status pd_level_store_take(struct pd_level_store *store, struct pd_linker *linker,
                                                       const struct pd_pair *pairs, size_t n_pairs,
                                                       struct padan_error *error);
/* Puts the levels of another linker's comparisons behind those that the pairs have. */
PADAN_MUST_CHECK enum padan_status pd_level_store_widen(struct pd_level_store *store, struct pd_linker *linker,
                                                        struct padan_error *error);
/* What pd_linker_run would keep of the same scope, edges being empty before; .pass is not told. The linker's model has
 * the rules of the one that filled the store; m, u and frequencies may be others, and its comparisons be any whose
 * levels follow from those in the store: gammas [n_patterns * n_comparisons of the model]. */
PADAN_MUST_CHECK enum padan_status pd_level_store_reach(const struct pd_level_store *store, const int8_t *gammas,
                                                        const struct pd_linker *linker, pd_weight needed,
                                                        struct pd_edges *edges, struct padan_error *error);
/* Right record of an item of rights, and its pattern. */
static inline uint32_t pd_level_store_right(uint64_t item)
{
    return (uint32_t)(item >> 32);
}
static inline uint32_t pd_level_store_pattern(uint64_t item)
{
    return (uint32_t)item;
}
void pd_level_store_reset(struct pd_level_store *store);

#endif

/* SPDX-License-Identifier: MIT
 * The general engine over a table that is at hand, with links left in memory: what the public library is made of. */
#ifndef PD_ENGINE_AT_HAND_H
#define PD_ENGINE_AT_HAND_H

#include "cluster/cluster.h"
#include "engine/engine.h"
#include "linking/block_keys.h"

struct pd_links {
    struct pd_edges edges; /* those of class automatic were joined, unless cut */
    struct pd_clusters clusters;
    struct pd_arena arena;
    struct pd_text *comparisons;       /* [edges.n_comparisons] their names */
    struct pd_buffer model, decisions; /* JSON; words */
};

/* Links the rows of a table with `unique_id` and sources as ingest makes them. Of the options, those about files,
 * folder and memory say nothing. The table is empty afterwards, whatever the outcome. A link type that is not given is
 * the model's; without a model dedupe_only for one source, link_only for several. Errors as pd_engine_run's. */
PADAN_MUST_CHECK enum padan_status pd_engine_link_table(const struct pd_engine_options *options, struct pd_table *table,
                                                        struct pd_links *links, struct padan_error *error);
void pd_links_reset(struct pd_links *links);

/* The keys of a table's rows under a model, with part_of_rows set; cut as for pd_block_keys_find. The table is empty
 * afterwards. */
PADAN_MUST_CHECK enum padan_status pd_engine_key_table(const struct pd_engine_options *options, struct pd_table *table,
                                                       const struct pd_key_list *cut, struct pd_block_keys *keys,
                                                       struct padan_error *error);

/* Pairs that somebody else found, scored under a model. */
struct pd_pairs_to_score {
    size_t n_pairs;
    const uint32_t *left, *right;
    double *weights; /* [n_pairs] out */
    int8_t *levels;  /* [n_pairs][n_levels] out, n_levels being the model's comparisons; or NULL */
    size_t n_levels;
};
PADAN_MUST_CHECK enum padan_status pd_engine_score_table(const struct pd_engine_options *options,
                                                         struct pd_table *table, const struct pd_pairs_to_score *pairs,
                                                         struct padan_error *error);

#endif

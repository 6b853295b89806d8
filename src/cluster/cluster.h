/* SPDX-License-Identifier: MIT
 * Clusters of persons and of families from kept edges.
 *
 * Persons: edges of class automatic are taken from the strongest to the weakest (ties by record ids), and two groups
 * are joined unless both hold a row of an *anchor* source (a register whose rows are known to be different people) and
 * the rows differ. So two people of the register never end in one cluster, whatever bridge would join them; the edge
 * that would have done it is marked. The result depends only on the set of edges.
 *
 * A cluster is named by its representative: the member with the smallest (source name, unique_id). */
#ifndef PD_CLUSTER_CLUSTER_H
#define PD_CLUSTER_CLUSTER_H

#include "model/linkage.h"
#include "table/table.h"

struct pd_cluster_options {
    const struct pd_table *table;
    int anchor_source; /* -1: none */
    bool unguarded;    /* join even two different rows of the anchor source (to see what the guard is worth) */
    int threads;
};

struct pd_clusters {
    size_t n_records;
    bool unguarded;    /* as in the options */
    uint32_t *cluster; /* [n_records] representative record */
    uint32_t *size;    /* [n_records] members of the record's cluster */
    uint32_t *anchor;  /* [n_records] the anchor row of the record's cluster, PD_NO_RECORD when it has none */
};

/* Sets `cut` of automatic edges that were refused. Cost near O(edges + records): edges are ordered only where they
 * connect two rows of the anchor source. */
PADAN_MUST_CHECK enum padan_status pd_cluster_persons(const struct pd_cluster_options *options, struct pd_edges *edges,
                                                      struct pd_clusters *clusters, struct padan_error *error);
void pd_clusters_reset(struct pd_clusters *clusters);

/* Joins with a view of the whole: edges of class automatic from the strongest to the weakest, as above, but two groups
 * join only when the pairs between them agree on the whole: the sum of their weights over the threshold, each held
 * within +-10 bits, is not negative. Pairs that were never compared are scored now. Of two large groups 7 members each
 * speak for all. It keeps chains (A like B, B like C, A unlike C) apart and lets a weak record join where several
 * members speak for it. So do rows of one source in a link: two damaged rows of one person may have little in common
 * but the row of the other source that both are linked to. */
struct pd_group_options {
    struct pd_cluster_options cluster;
    pd_weight threshold;
    pd_weight (*score)(void *context, uint32_t left, uint32_t right); /* of any two records, left < right */
    void *context;
};
PADAN_MUST_CHECK enum padan_status pd_cluster_groups(const struct pd_group_options *options, struct pd_edges *edges,
                                                     struct pd_clusters *clusters, struct padan_error *error);
/* One to one: an edge joins two groups when they have no source in common. Refused edges are marked. */
PADAN_MUST_CHECK enum padan_status pd_cluster_one_to_one(const struct pd_cluster_options *options,
                                                         struct pd_edges *edges, struct pd_clusters *clusters,
                                                         struct padan_error *error);
/* Mutual: as one to one, and an edge joins only when it is the strongest of both its rows among their edges with the
 * other's source. Inside one source too: clusters have two rows then. Refused edges are marked. */
PADAN_MUST_CHECK enum padan_status pd_cluster_mutual(const struct pd_cluster_options *options, struct pd_edges *edges,
                                                     struct pd_clusters *clusters, struct padan_error *error);

/* Pairs: an edge joins two rows that are not joined yet. Others are marked. */
PADAN_MUST_CHECK enum padan_status pd_cluster_pairs(const struct pd_cluster_options *options, struct pd_edges *edges,
                                                    struct pd_clusters *clusters, struct padan_error *error);

/* Best link: an edge joins when it is the strongest of its left or of its right row. Others are marked. */
PADAN_MUST_CHECK enum padan_status pd_cluster_best_link(const struct pd_cluster_options *options,
                                                        struct pd_edges *edges, struct pd_clusters *clusters,
                                                        struct padan_error *error);

/* Families: person clusters with the same family number. number_of_record gives the number a row carries (0 = none);
 * rows of sources with a lower `priority` speak first (the registry, then the register, then rosters). A number shared
 * by more than max_people clusters is no family.
 *
 * An old or mistyped card must not break a family apart: with a register, a number one slip (another digit, neighbours
 * swapped) from the register's own number of the person gives way to it, and so does the person's own number in its
 * place, and one that the register does not know where all who carry it are of one family there; without one, a number
 * that only one cluster has gives way to the cluster's next number. household [n_records] out: the representative row
 * of the family. */
struct pd_household_options {
    const struct pd_table *table;
    const uint64_t *number;  /* [n_records] encoded digits (table/table.h) */
    const uint64_t *person;  /* [n_records] likewise: personal numbers; NULL: none */
    const uint8_t *priority; /* [n_sources] */
    uint32_t max_people;
    int register_source; /* -1: none; else clusters->anchor holds its rows */
    int threads;
};
PADAN_MUST_CHECK enum padan_status pd_cluster_households(const struct pd_household_options *options,
                                                         const struct pd_clusters *clusters, uint32_t *household,
                                                         struct padan_error *error);

enum { PD_SOURCES_MAX = 4096 }; /* every regency sends a roster of each program, and there are 514 */

/* Order of rows by (source name, unique_id) as texts; unique_id is the column of that name. */
struct pd_identity_order {
    const struct pd_table *table;
    int unique_id;
    uint32_t source_rank[PD_SOURCES_MAX];
};
PADAN_MUST_CHECK enum padan_status pd_identity_order_make(const struct pd_table *table, struct pd_identity_order *order,
                                                          struct padan_error *error);
/* True when a comes before b. */
bool pd_identity_before(const struct pd_identity_order *order, uint32_t a, uint32_t b);
/* Brings what is asked of a row near, ahead of its use. */
void pd_identity_prefetch(const struct pd_identity_order *order, uint32_t record);

#endif

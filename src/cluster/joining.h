/* SPDX-License-Identifier: MIT
 * What the ways of clustering share: union-find in the order of strength, clusters named by their representatives. */
#ifndef PD_CLUSTER_JOINING_H
#define PD_CLUSTER_JOINING_H

#include "base/radix.h"
#include "cluster/cluster.h"

/* True when the groups of roots a and b may join by this edge; sets edge->cut when not. */
typedef bool pd_may_join(void *context, struct pd_edge *edge, uint32_t a, uint32_t b);
/* Told that root `joined` became part of `root`; may be NULL. */
typedef void pd_joined(void *context, uint32_t root, uint32_t joined);

struct pd_joining {
    pd_may_join *may_join;
    pd_joined *joined;
    void *context;
};

PADAN_MUST_CHECK enum padan_status pd_cluster_join(const struct pd_cluster_options *options,
                                                   const struct pd_joining *joining, struct pd_edges *edges,
                                                   struct pd_clusters *clusters, struct padan_error *error);

/* The steps that this consists of. Until it is named, `cluster` holds a record's parent, a root's own number, and
 * `anchor` is that of roots; `size` too, for joining by keys, and is counted anew when clusters are named. */

/* Every record a cluster of its own. */
PADAN_MUST_CHECK enum padan_status pd_clusters_begin(const struct pd_cluster_options *options,
                                                     struct pd_clusters *clusters, struct padan_error *error);
/* Joins by the edges of the keys, [n_keys] by `record` and with their weights as `hash`, from the strongest to the
 * weakest, ties in order of keys. scratch [n_keys]; both as pd_radix_sort wants them. joining may be NULL. */
PADAN_MUST_CHECK enum padan_status pd_clusters_join_keys(const struct pd_joining *joining, struct pd_edges *edges,
                                                         struct pd_key *keys, size_t n_keys, struct pd_key *scratch,
                                                         int threads, struct pd_clusters *clusters,
                                                         struct padan_error *error);
/* Representatives in place of roots; anchors of roots and sizes for all records. */
PADAN_MUST_CHECK enum padan_status pd_clusters_name(const struct pd_cluster_options *options,
                                                    struct pd_clusters *clusters, struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * What holds each cluster together: number and strength of its edges, density, and bridges, edges without which the
 * cluster would fall apart (Tarjan 1974). */
#ifndef PD_CLUSTER_METRICS_H
#define PD_CLUSTER_METRICS_H

#include "cluster/cluster.h"

struct pd_cluster_metric {
    uint32_t cluster; /* representative record */
    uint32_t n_rows;
    uint64_t n_edges, n_bridges;
    pd_weight min_weight, max_weight;
};

struct pd_cluster_metrics {
    struct pd_cluster_metric *items; /* [n_items] clusters of two rows and more, ascending by representative */
    size_t n_items;
    uint8_t *is_bridge; /* [n_edges] of the edges given */
};

/* Edges count when they are of class automatic and inside one cluster. Cost O(records + edges). */
PADAN_MUST_CHECK enum padan_status pd_cluster_metrics_make(const struct pd_clusters *clusters,
                                                           const struct pd_edges *edges,
                                                           struct pd_cluster_metrics *metrics,
                                                           struct padan_error *error);
void pd_cluster_metrics_reset(struct pd_cluster_metrics *metrics);
/* Edges over all pairs of the cluster's rows. */
double pd_cluster_density(const struct pd_cluster_metric *metric);

#endif

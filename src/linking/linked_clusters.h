/* SPDX-License-Identifier: MIT
 * Clusters of a linker's edges, in the way its model names (padan_clusters). */
#ifndef PD_LINKING_LINKED_CLUSTERS_H
#define PD_LINKING_LINKED_CLUSTERS_H

#include "cluster/cluster.h"
#include "linking/linker.h"

/* Edges have their classes. threshold: weight from which two rows count as alike in groups. */
PADAN_MUST_CHECK enum padan_status pd_linked_clusters(struct pd_linker *linker, pd_weight threshold,
                                                      struct pd_edges *edges, struct pd_clusters *clusters,
                                                      struct padan_error *error);
/* The way of clustering in words. */
const char *pd_clustering_words(enum pd_clustering clustering);

#endif

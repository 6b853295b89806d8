/* SPDX-License-Identifier: MIT
 * Persons who are each other's only candidates. Where no register says who is who, two rows that are alike but not
 * equal may be one person with a slip, or twins, namesakes, neighbours on a list. Who stands in both sources would be
 * told from the other there: so of two clusters the sources speak. They have none in common, and among all clusters
 * that a kept pair leads to, neither has another candidate in any source of the other. Both people of a look-alike pair
 * would have to be in the data once each, and in different sources. */
#ifndef PD_CLUSTER_ONLY_CANDIDATE_H
#define PD_CLUSTER_ONLY_CANDIDATE_H

#include "cluster/cluster.h"

struct pd_only_candidate_of {
    const struct pd_table *table;
    const struct pd_clusters *clusters; /* of class automatic as far as it is known */
    const struct pd_edges *edges;
    int threads;
};

/* only [n_edges] out: 1 for an edge between two such clusters, 0 for others and inside a cluster. Of more than 64
 * sources some are taken for one, which never makes an edge more. Linear in records, and for every edge in the edges of
 * its clusters. LIMIT above 2 billion edges, OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_cluster_only_candidates(const struct pd_only_candidate_of *of, uint8_t *only,
                                                              struct padan_error *error);

#endif

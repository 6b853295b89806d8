/* SPDX-License-Identifier: MIT
 * Guarded union-find over edges in order of strength (Kruskal's order), see cluster.h. */
#include "cluster/joining.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "base/roots.h"

enum { EDGES_AHEAD = 32, RECORDS_AHEAD = 16 };

/* Weights become sort keys, strongest first. */
static void order_keys(struct pd_key *keys, size_t n)
{
    pd_weight strongest = INT64_MIN;
    pd_weight weakest = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        const pd_weight weight = (pd_weight)keys[i].hash;
        if (weight > strongest) strongest = weight;
        if (weight < weakest) weakest = weight;
    }
    const uint64_t range = n == 0 ? 0 : (uint64_t)strongest - (uint64_t)weakest;
    const unsigned shift = range == 0 ? 0 : (unsigned)__builtin_clzll(range);
    for (size_t i = 0; i < n; i++) keys[i].hash = ((uint64_t)strongest - keys[i].hash) << shift;
}

/* Edges in order of strength lie anywhere, and so do their records: asks for both ahead of their use. */
static inline void prefetch(const struct pd_key *keys, size_t n_keys, size_t i, const struct pd_edges *edges,
                            const struct pd_clusters *clusters)
{
    if (n_keys - i <= EDGES_AHEAD) return;
    pd_prefetch_to_write(&edges->edges[keys[i + EDGES_AHEAD].record]);
    const struct pd_edge *edge = &edges->edges[keys[i + RECORDS_AHEAD].record];
    pd_prefetch_to_write(&clusters->cluster[edge->left]);
    pd_prefetch_to_write(&clusters->cluster[edge->right]);
}

static void join(const struct pd_key *keys, size_t n_keys, const struct pd_joining *joining, struct pd_edges *edges,
                 struct pd_clusters *clusters)
{
    for (size_t i = 0; i < n_keys; i++) {
        struct pd_edge *edge = &edges->edges[keys[i].record];
        prefetch(keys, n_keys, i, edges, clusters);
        const uint32_t a = pd_root(clusters->cluster, edge->left);
        const uint32_t b = pd_root(clusters->cluster, edge->right);
        edge->cut = PD_CUT_NONE;
        if (a == b) continue;
        const uint32_t anchor_a = clusters->anchor[a];
        const uint32_t anchor_b = clusters->anchor[b];
        if (anchor_a != PD_NO_RECORD && anchor_b != PD_NO_RECORD && !clusters->unguarded) {
            edge->cut = PD_CUT_TWO_REGISTER_PERSONS;
            continue;
        }
        if (joining != NULL && !joining->may_join(joining->context, edge, a, b)) continue;
        const bool keep_a = clusters->size[a] >= clusters->size[b];
        const uint32_t root = keep_a ? a : b;
        clusters->cluster[keep_a ? b : a] = root;
        clusters->size[root] = clusters->size[a] + clusters->size[b];
        clusters->anchor[root] = anchor_a != PD_NO_RECORD ? anchor_a : anchor_b;
        if (joining != NULL && joining->joined != NULL) joining->joined(joining->context, root, keep_a ? b : a);
    }
}

enum padan_status pd_clusters_join_keys(const struct pd_joining *joining, struct pd_edges *edges, struct pd_key *keys,
                                        size_t n_keys, struct pd_key *scratch, int threads,
                                        struct pd_clusters *clusters, struct padan_error *error)
{
    order_keys(keys, n_keys);
    PD_TRY(pd_radix_sort(keys, scratch, n_keys, threads, error));
    join(keys, n_keys, joining, edges, clusters);
    return PADAN_OK;
}

/* Keys of the automatic edges. */
static size_t list_keys(const struct pd_edges *edges, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < edges->n_edges; i++)
        if (edges->edges[i].class == PD_CLASS_AUTOMATIC)
            keys[n++] = (struct pd_key){ (uint64_t)edges->edges[i].weight, (uint32_t)i, 0 };
    return n;
}

enum padan_status pd_cluster_join(const struct pd_cluster_options *options, const struct pd_joining *joining,
                                  struct pd_edges *edges, struct pd_clusters *clusters, struct padan_error *error)
{
    struct pd_key *keys = NULL, *scratch = NULL;
    *clusters = (struct pd_clusters){ 0 };
    enum padan_status status = pd_clusters_begin(options, clusters, error);
    if (status == PADAN_OK) status = pd_keys_make(edges->n_edges, &keys, &scratch, error);
    if (status == PADAN_OK)
        status = pd_clusters_join_keys(joining, edges, keys, list_keys(edges, keys), scratch, options->threads,
                                       clusters, error);
    pd_free(keys);
    if (status == PADAN_OK) status = pd_clusters_name(options, clusters, error);
    if (status != PADAN_OK) pd_clusters_reset(clusters);
    return status;
}

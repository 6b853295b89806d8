/* SPDX-License-Identifier: MIT
 * Persons: what edges of class automatic connect, see cluster.h. Method: the order of edges matters only where they
 * connect two rows of the anchor source. So all edges are joined side by side first, in the order they lie in, by
 * union-find without locks (a larger root is hung below a smaller one by compare and swap; R. Anderson and H. Woll
 * 1991). The few components with two anchors are taken apart and joined again from the strongest edge down. */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "cluster/joining.h"

enum { CHUNK_EDGES = 1 << 15, RECORDS_AHEAD = 32 };

/* For the root of a component with two anchors, until it is taken apart. */
#define CONTESTED (PD_NO_RECORD - 1)

struct connecting {
    struct pd_edges *edges;
    struct pd_clusters *clusters;
};

static uint32_t load(const uint32_t *parent, uint32_t record)
{
    return __atomic_load_n(&parent[record], __ATOMIC_RELAXED);
}

/* The root of a record while others are joined: parents only ever give way to smaller ones of the same component. */
static uint32_t root_meanwhile(uint32_t *parent, uint32_t record)
{
    for (uint32_t next; (next = load(parent, record)) != record; record = next) {
        const uint32_t further = load(parent, next);
        if (further != next) __atomic_store_n(&parent[record], further, __ATOMIC_RELAXED);
    }
    return record;
}

static void connect(uint32_t *parent, uint32_t left, uint32_t right)
{
    for (;;) {
        left = root_meanwhile(parent, left);
        right = root_meanwhile(parent, right);
        if (left == right) return;
        const uint32_t smaller = left < right ? left : right;
        const uint32_t larger = left < right ? right : left;
        uint32_t expected = larger;
        if (__atomic_compare_exchange_n(&parent[larger], &expected, smaller, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return;
    }
}

static enum padan_status connect_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct connecting *connecting = context;
    struct pd_edge *edges = connecting->edges->edges;
    uint32_t *parent = connecting->clusters->cluster;
    const size_t n = connecting->edges->n_edges, begin = chunk * CHUNK_EDGES;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        if (end - i > RECORDS_AHEAD) pd_prefetch_to_write(&parent[edges[i + RECORDS_AHEAD].right]);
        if (edges[i].class != PD_CLASS_AUTOMATIC) continue;
        if (edges[i].cut != PD_CUT_NONE) edges[i].cut = PD_CUT_NONE;
        connect(parent, edges[i].left, edges[i].right);
    }
    return PADAN_OK;
}

/* Tells roots their anchors; whether a component has two. */
static bool find_contested(const struct pd_cluster_options *options, struct pd_clusters *clusters)
{
    bool any = false;
    if (options->anchor_source < 0) return false;
    const struct pd_source *anchors = &options->table->sources[options->anchor_source];
    for (size_t i = anchors->begin; i < anchors->end; i++) {
        uint32_t *anchor = &clusters->anchor[pd_clusters_root(clusters->cluster, (uint32_t)i)];
        if (*anchor == i) continue;
        any = any || *anchor != PD_NO_RECORD;
        *anchor = *anchor == PD_NO_RECORD ? (uint32_t)i : CONTESTED;
    }
    return any;
}

/* Keys of the edges of contested components, in order of edges. */
static enum padan_status list_contested(const struct pd_edges *edges, struct pd_clusters *clusters,
                                        struct pd_key **keys, size_t *n_keys, struct padan_error *error)
{
    size_t capacity = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (edge->class != PD_CLASS_AUTOMATIC) continue;
        if (clusters->anchor[pd_clusters_root(clusters->cluster, edge->left)] != CONTESTED) continue;
        PD_TRY(pd_grow(keys, &capacity, *n_keys + 1, sizeof **keys, error));
        (*keys)[(*n_keys)++] = (struct pd_key){ (uint64_t)edge->weight, (uint32_t)i, 0 };
    }
    return PADAN_OK;
}

static void take_out(const struct pd_cluster_options *options, uint32_t record, struct pd_clusters *clusters)
{
    const bool is_anchor = pd_table_source(options->table, record) == (size_t)options->anchor_source;
    clusters->cluster[record] = record;
    clusters->size[record] = 1;
    clusters->anchor[record] = is_anchor ? record : PD_NO_RECORD;
}

/* Every record of a contested component has an edge in it. */
static enum padan_status join_contested(const struct pd_cluster_options *options, struct pd_edges *edges,
                                        struct pd_clusters *clusters, struct padan_error *error)
{
    struct pd_key *listed = NULL;
    struct pd_key *keys = NULL, *scratch = NULL;
    size_t n = 0;
    enum padan_status status = list_contested(edges, clusters, &listed, &n, error);
    if (status == PADAN_OK) status = pd_keys_make(n, &keys, &scratch, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) {
        keys[i] = listed[i];
        take_out(options, edges->edges[keys[i].record].left, clusters);
        take_out(options, edges->edges[keys[i].record].right, clusters);
    }
    if (status == PADAN_OK)
        status = pd_clusters_join_keys(NULL, edges, keys, n, scratch, options->threads, clusters, error);
    pd_free(listed);
    pd_free(keys);
    return status;
}

static enum padan_status connect_all(const struct pd_cluster_options *options, struct pd_edges *edges,
                                     struct pd_clusters *clusters, struct padan_error *error)
{
    struct connecting connecting = { edges, clusters };
    const size_t n_chunks = (edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    PD_TRY(pd_clusters_begin(options, clusters, error));
    PD_TRY(pd_parallel_for(n_chunks, options->threads, connect_chunk, &connecting, error));
    if (find_contested(options, clusters)) PD_TRY(join_contested(options, edges, clusters, error));
    return pd_clusters_name(options, clusters, error);
}

enum padan_status pd_cluster_persons(const struct pd_cluster_options *options, struct pd_edges *edges,
                                     struct pd_clusters *clusters, struct padan_error *error)
{
    *clusters = (struct pd_clusters){ 0 };
    const enum padan_status status = connect_all(options, edges, clusters, error);
    if (status != PADAN_OK) pd_clusters_reset(clusters);
    return status;
}

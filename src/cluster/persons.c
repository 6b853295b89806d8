/* SPDX-License-Identifier: MIT
 * Persons: what edges of class automatic connect, see cluster.h. Method: the order of edges matters only where they
 * connect two rows of the anchor source. So all edges are joined side by side first, in the order they lie in, by
 * union-find without locks (a larger root is hung below a smaller one by compare and swap; R. Anderson and H. Woll
 * 1991). The few components with two anchors are taken apart and joined again from the strongest edge down. */
#include "base/chosen_keys.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "cluster/joining.h"

enum { CHUNK_EDGES = 1 << 15, CHUNK_ANCHORS = 1 << 15, RECORDS_AHEAD = 32 };

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

/* Rows of the anchor source on their way to their roots. */
struct anchoring {
    const struct pd_source *anchors;
    struct pd_clusters *clusters;
    bool contested; /* a component has two */
};

static enum padan_status anchor_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct anchoring *anchoring = context;
    const struct pd_clusters *clusters = anchoring->clusters;
    const size_t begin = anchoring->anchors->begin + chunk * CHUNK_ANCHORS;
    const size_t end =
        anchoring->anchors->end - begin < CHUNK_ANCHORS ? anchoring->anchors->end : begin + CHUNK_ANCHORS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        uint32_t *anchor = &clusters->anchor[root_meanwhile(clusters->cluster, (uint32_t)i)];
        uint32_t before = PD_NO_RECORD;
        if (__atomic_compare_exchange_n(anchor, &before, (uint32_t)i, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
            before == i)
            continue;
        __atomic_store_n(anchor, CONTESTED, __ATOMIC_RELAXED);
        __atomic_store_n(&anchoring->contested, true, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

/* Tells roots their anchors; whether a component has two. */
static enum padan_status find_contested(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                        bool *contested, struct padan_error *error)
{
    struct anchoring anchoring = { NULL, clusters, false };
    *contested = false;
    if (options->anchor_source < 0) return PADAN_OK;
    anchoring.anchors = &options->table->sources[options->anchor_source];
    const size_t n = anchoring.anchors->end - anchoring.anchors->begin;
    PD_TRY(pd_parallel_for((n + CHUNK_ANCHORS - 1) / CHUNK_ANCHORS, options->threads, anchor_chunk, &anchoring, error));
    *contested = anchoring.contested;
    return PADAN_OK;
}

/* Whether an edge is of a contested component; its weight is its key. */
static bool takes_contested(const void *context, size_t edge_index, uint64_t *weight)
{
    const struct connecting *connecting = context;
    const struct pd_edge *edge = &connecting->edges->edges[edge_index];
    const struct pd_clusters *clusters = connecting->clusters;
    *weight = (uint64_t)edge->weight;
    return edge->class == PD_CLASS_AUTOMATIC &&
           clusters->anchor[root_meanwhile(clusters->cluster, edge->left)] == CONTESTED;
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
    const struct connecting connecting = { edges, clusters };
    const struct pd_choice choice = { takes_contested, NULL, &connecting };
    struct pd_key *keys = NULL, *scratch = NULL;
    size_t n = 0;
    enum padan_status status = pd_chosen_keys(&choice, 0, edges->n_edges, options->threads, &keys, &n, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) {
        take_out(options, edges->edges[keys[i].record].left, clusters);
        take_out(options, edges->edges[keys[i].record].right, clusters);
    }
    if (status == PADAN_OK)
        status = pd_clusters_join_keys(NULL, edges, keys, n, scratch, options->threads, clusters, error);
    pd_free(keys);
    pd_free(scratch);
    return status;
}

static enum padan_status connect_all(const struct pd_cluster_options *options, struct pd_edges *edges,
                                     struct pd_clusters *clusters, struct padan_error *error)
{
    struct connecting connecting = { edges, clusters };
    const size_t n_chunks = (edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    bool contested = false;
    PD_TRY(pd_clusters_begin(options, clusters, error));
    PD_TRY(pd_parallel_for(n_chunks, options->threads, connect_chunk, &connecting, error));
    PD_TRY(find_contested(options, clusters, &contested, error));
    if (contested) PD_TRY(join_contested(options, edges, clusters, error));
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

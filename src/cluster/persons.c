/* SPDX-License-Identifier: MIT
 * Guarded union-find over edges in order of strength (Kruskal's order), see cluster.h. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "cluster/joining.h"

enum { CHUNK_RECORDS = 1 << 16, EDGES_AHEAD = 32, RECORDS_AHEAD = 16, RANGES_MAX = 8 };

void pd_clusters_reset(struct pd_clusters *clusters)
{
    pd_free(clusters->cluster);
    pd_free(clusters->size);
    pd_free(clusters->anchor);
    *clusters = (struct pd_clusters){ 0 };
}

/* Root of a record, halving the path. */
static uint32_t root_of(uint32_t *parent, uint32_t record)
{
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

/* Automatic edges as sort keys, strongest first; ties keep the order of edges. */
static size_t order_keys(const struct pd_edges *edges, struct pd_key *keys)
{
    pd_weight strongest = INT64_MIN;
    pd_weight weakest = INT64_MAX;
    size_t n = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (edge->class != PD_CLASS_AUTOMATIC) continue;
        if (edge->weight > strongest) strongest = edge->weight;
        if (edge->weight < weakest) weakest = edge->weight;
        keys[n++] = (struct pd_key){ (uint64_t)edge->weight, (uint32_t)i, 0 };
    }
    const uint64_t range = n == 0 ? 0 : (uint64_t)strongest - (uint64_t)weakest;
    const unsigned shift = range == 0 ? 0 : (unsigned)__builtin_clzll(range);
    for (size_t i = 0; i < n; i++) keys[i].hash = ((uint64_t)strongest - keys[i].hash) << shift;
    return n;
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
        const uint32_t a = root_of(clusters->cluster, edge->left);
        const uint32_t b = root_of(clusters->cluster, edge->right);
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

/* Clusters on their way to their names. */
struct naming {
    const struct pd_identity_order *order;
    struct pd_clusters *clusters;
    uint32_t *smallest; /* [n_records] by root: the member of smallest identity */
    size_t n_ranges;
};

static size_t end_of_chunk(const struct naming *naming, size_t chunk)
{
    const size_t n = naming->clusters->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

/* Every record's root in place of its parent. Whoever reads a parent meanwhile comes to the same root. */
static enum padan_status root_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    uint32_t *parent = naming->clusters->cluster;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(naming, chunk); i++) {
        uint32_t root = (uint32_t)i;
        for (uint32_t next; (next = __atomic_load_n(&parent[root], __ATOMIC_RELAXED)) != root;) root = next;
        __atomic_store_n(&parent[i], root, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

/* The smallest identities of the roots of a range of records. */
static enum padan_status choose_range(void *context, size_t range, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    const size_t n_records = naming->clusters->n_records;
    const size_t begin = range * n_records / naming->n_ranges;
    const size_t n = (range + 1) * n_records / naming->n_ranges - begin;
    const uint32_t *roots = naming->clusters->cluster;
    (void)worker, (void)error;
    for (size_t i = begin; i < begin + n; i++) naming->smallest[i] = (uint32_t)i;
    for (size_t i = 0; i < n_records; i++) {
        const uint32_t root = roots[i];
        if (root == i || root - begin >= n) continue;
        if (pd_identity_before(naming->order, (uint32_t)i, naming->smallest[root]))
            naming->smallest[root] = (uint32_t)i;
    }
    return PADAN_OK;
}

/* Replaces roots by representatives; what roots hold is read, never changed. */
static enum padan_status name_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    struct pd_clusters *clusters = naming->clusters;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(naming, chunk); i++) {
        const uint32_t root = clusters->cluster[i];
        if (root != i) {
            clusters->size[i] = clusters->size[root];
            clusters->anchor[i] = clusters->anchor[root];
        }
        clusters->cluster[i] = naming->smallest[root];
    }
    return PADAN_OK;
}

static enum padan_status name_clusters(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                       struct padan_error *error)
{
    struct pd_identity_order order;
    const int threads = options->threads;
    const size_t n = clusters->n_records, n_chunks = (n + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    struct naming naming = { &order, clusters, NULL, threads < 1 ? 1 : (size_t)threads };
    if (naming.n_ranges > RANGES_MAX) naming.n_ranges = RANGES_MAX;
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    PD_TRY(pd_allocate_array(&naming.smallest, n, sizeof *naming.smallest, error));
    enum padan_status status = pd_parallel_for(n_chunks, threads, root_chunk, &naming, error);
    if (status == PADAN_OK) status = pd_parallel_for(naming.n_ranges, threads, choose_range, &naming, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, name_chunk, &naming, error);
    pd_free(naming.smallest);
    return status;
}

static enum padan_status allocate_clusters(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                           struct padan_error *error)
{
    const size_t n = options->table->n_records;
    *clusters = (struct pd_clusters){ .n_records = n, .unguarded = options->unguarded };
    PD_TRY(pd_allocate_array(&clusters->cluster, n, sizeof *clusters->cluster, error));
    PD_TRY(pd_allocate_array(&clusters->size, n, sizeof *clusters->size, error));
    PD_TRY(pd_allocate_array(&clusters->anchor, n, sizeof *clusters->anchor, error));
    for (size_t i = 0; i < n; i++) {
        clusters->cluster[i] = (uint32_t)i;
        clusters->size[i] = 1;
        const bool is_anchor = options->anchor_source >= 0 &&
                               pd_table_source(options->table, (uint32_t)i) == (size_t)options->anchor_source;
        clusters->anchor[i] = is_anchor ? (uint32_t)i : PD_NO_RECORD;
    }
    return PADAN_OK;
}

static enum padan_status join_in_order(const struct pd_cluster_options *options, const struct pd_joining *joining,
                                       struct pd_edges *edges, struct pd_clusters *clusters, struct pd_key *keys,
                                       struct padan_error *error)
{
    const size_t n_keys = order_keys(edges, keys);
    PD_TRY(pd_radix_sort(keys, keys + edges->n_edges, n_keys, options->threads, error));
    join(keys, n_keys, joining, edges, clusters);
    return PADAN_OK;
}

enum padan_status pd_cluster_persons(const struct pd_cluster_options *options, struct pd_edges *edges,
                                     struct pd_clusters *clusters, struct padan_error *error)
{
    return pd_cluster_join(options, NULL, edges, clusters, error);
}

enum padan_status pd_cluster_join(const struct pd_cluster_options *options, const struct pd_joining *joining,
                                  struct pd_edges *edges, struct pd_clusters *clusters, struct padan_error *error)
{
    struct pd_key *keys = NULL;
    *clusters = (struct pd_clusters){ 0 };
    enum padan_status status = allocate_clusters(options, clusters, error);
    if (status == PADAN_OK) status = pd_allocate_array(&keys, edges->n_edges * 2 + 8, sizeof *keys, error);
    if (status == PADAN_OK) status = join_in_order(options, joining, edges, clusters, keys, error);
    pd_free(keys);
    if (status == PADAN_OK) status = name_clusters(options, clusters, error);
    if (status != PADAN_OK) pd_clusters_reset(clusters);
    return status;
}

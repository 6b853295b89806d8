/* SPDX-License-Identifier: MIT
 * From the forest of a union-find to clusters that are named by their members of smallest identity. Method: records
 * that are no roots, which are few, are sorted by their roots, and a cluster is named when its members lie side by
 * side. So what is kept of all records is read in order, and hardly more of it than of the members is looked into: the
 * rows of a large register that a small roster meets lie anywhere. */
#include "base/chosen_keys.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "cluster/joining.h"

enum { CHUNK_RECORDS = 1 << 16, CHUNK_KEYS = 1 << 4, RECORDS_AHEAD = 32 };

void pd_clusters_reset(struct pd_clusters *clusters)
{
    pd_free(clusters->cluster);
    pd_free(clusters->size);
    pd_free(clusters->anchor);
    *clusters = (struct pd_clusters){ 0 };
}

static size_t end_of_chunk(const struct pd_clusters *clusters, size_t chunk)
{
    const size_t n = clusters->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

static size_t count_chunks(const struct pd_clusters *clusters)
{
    return (clusters->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
}

struct beginning {
    struct pd_clusters *clusters;
    size_t anchors_begin, n_anchors;
};

static enum padan_status begin_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct beginning *beginning = context;
    struct pd_clusters *clusters = beginning->clusters;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(clusters, chunk); i++) {
        clusters->cluster[i] = (uint32_t)i;
        clusters->size[i] = 1;
        clusters->anchor[i] = i - beginning->anchors_begin < beginning->n_anchors ? (uint32_t)i : PD_NO_RECORD;
    }
    return PADAN_OK;
}

static enum padan_status allocate(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                  struct padan_error *error)
{
    const size_t n = options->table->n_records;
    *clusters = (struct pd_clusters){ .n_records = n, .unguarded = options->unguarded };
    PD_TRY(pd_allocate_array(&clusters->cluster, n, sizeof *clusters->cluster, error));
    PD_TRY(pd_allocate_array(&clusters->size, n, sizeof *clusters->size, error));
    return pd_allocate_array(&clusters->anchor, n, sizeof *clusters->anchor, error);
}

enum padan_status pd_clusters_begin(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                    struct padan_error *error)
{
    struct beginning beginning = { clusters, 0, 0 };
    if (options->anchor_source >= 0) {
        const struct pd_source *anchors = &options->table->sources[options->anchor_source];
        beginning.anchors_begin = anchors->begin;
        beginning.n_anchors = anchors->end - anchors->begin;
    }
    PD_TRY(allocate(options, clusters, error));
    return pd_parallel_for(count_chunks(clusters), options->threads, begin_chunk, &beginning, error);
}

/* Clusters on their way to their names. */
struct naming {
    const struct pd_identity_order *order;
    struct pd_clusters *clusters;
    unsigned shift;            /* brings the bits of a record to the top of a key */
    const struct pd_key *keys; /* [n_keys] of records that are no roots: the root's; by that */
    size_t n_keys;
};

/* Every record's root in place of its parent. Whoever reads a parent meanwhile comes to the same root. */
static enum padan_status root_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    const struct pd_clusters *clusters = naming->clusters;
    uint32_t *parent = clusters->cluster;
    (void)worker, (void)error;
    const size_t end = end_of_chunk(clusters, chunk);
    for (size_t i = chunk * CHUNK_RECORDS; i < end; i++) {
        uint32_t root = (uint32_t)i;
        if (end - i > RECORDS_AHEAD)
            pd_prefetch(&parent[__atomic_load_n(&parent[i + RECORDS_AHEAD], __ATOMIC_RELAXED)]);
        for (uint32_t next; (next = __atomic_load_n(&parent[root], __ATOMIC_RELAXED)) != root;) root = next;
        __atomic_store_n(&parent[i], root, __ATOMIC_RELAXED);
        clusters->size[i] = 1;
    }
    return PADAN_OK;
}

static bool takes_member(const void *context, size_t record, uint64_t *hash)
{
    const struct naming *naming = context;
    const uint32_t root = naming->clusters->cluster[record];
    *hash = (uint64_t)root << naming->shift;
    return root != record;
}

static void reach_member(const struct naming *naming, size_t key)
{
    const uint32_t record = naming->keys[key].record;
    pd_prefetch_to_write(&naming->clusters->cluster[record]);
    pd_prefetch_to_write(&naming->clusters->size[record]);
    pd_identity_prefetch(naming->order, record);
}

/* Names the cluster of a root and the members of keys [begin, end). */
static void name_cluster(const struct naming *naming, size_t begin, size_t end)
{
    const struct pd_clusters *clusters = naming->clusters;
    const uint32_t root = (uint32_t)(naming->keys[begin].hash >> naming->shift);
    uint32_t smallest = root;
    for (size_t i = begin; i < end; i++) {
        if (naming->n_keys - i > RECORDS_AHEAD) reach_member(naming, i + RECORDS_AHEAD);
        if (pd_identity_before(naming->order, naming->keys[i].record, smallest)) smallest = naming->keys[i].record;
    }
    clusters->cluster[root] = smallest;
    clusters->size[root] = (uint32_t)(end - begin + 1);
    for (size_t i = begin; i < end; i++) {
        const uint32_t record = naming->keys[i].record;
        clusters->cluster[record] = smallest;
        clusters->size[record] = clusters->size[root];
        clusters->anchor[record] = clusters->anchor[root];
    }
}

static enum padan_status name_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    const size_t n = naming->n_keys, last = (chunk + 1) * CHUNK_KEYS < n ? (chunk + 1) * CHUNK_KEYS : n;
    (void)worker, (void)error;
    for (size_t begin = pd_key_run_begin(naming->keys, n, chunk * CHUNK_KEYS), end; begin < last; begin = end) {
        end = pd_key_run_end(naming->keys, n, begin);
        name_cluster(naming, begin, end);
    }
    return PADAN_OK;
}

static enum padan_status name_all(struct naming *naming, int threads, struct padan_error *error)
{
    const size_t n = naming->clusters->n_records;
    const struct pd_choice members = { takes_member, NULL, naming };
    struct pd_key *keys = NULL;
    PD_TRY(pd_parallel_for(count_chunks(naming->clusters), threads, root_chunk, naming, error));
    enum padan_status status = pd_chosen_keys(&members, 0, n, threads, &keys, &naming->n_keys, error);
    naming->keys = keys;
    const size_t n_chunks = (naming->n_keys + CHUNK_KEYS - 1) / CHUNK_KEYS;
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, name_chunk, naming, error);
    pd_free(keys);
    return status;
}

enum padan_status pd_clusters_name(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                   struct padan_error *error)
{
    struct pd_identity_order order;
    struct naming naming = { .order = &order,
                             .clusters = clusters,
                             .shift = (unsigned)__builtin_clzll((uint64_t)clusters->n_records | 1) };
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    return name_all(&naming, options->threads, error);
}

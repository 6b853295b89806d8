/* SPDX-License-Identifier: MIT
 * From the forest of a union-find to clusters that are named by their members of smallest identity. Method: chunks of
 * records side by side, which add themselves to their roots; neither sums nor the smallest depend on who comes first.
 */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "cluster/joining.h"

enum { CHUNK_RECORDS = 1 << 16, RECORDS_AHEAD = 32 };

void pd_clusters_reset(struct pd_clusters *clusters)
{
    pd_free(clusters->cluster);
    pd_free(clusters->size);
    pd_free(clusters->anchor);
    *clusters = (struct pd_clusters){ 0 };
}

/* Clusters on their way to their names. */
struct naming {
    const struct pd_identity_order *order;
    struct pd_clusters *clusters;
    uint32_t *smallest; /* [n_records] by root: the member of smallest identity */
};

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

/* Every record's root in place of its parent. Whoever reads a parent meanwhile comes to the same root. Every record is
 * the only one it knows of. */
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
        naming->smallest[i] = (uint32_t)i;
        clusters->size[i] = 1;
    }
    return PADAN_OK;
}

/* A root lies anywhere, and the smallest so far is most often the root itself. */
static void reach_root(const struct naming *naming, size_t record)
{
    const uint32_t root = naming->clusters->cluster[record];
    if (root == record) return;
    pd_prefetch_to_write(&naming->clusters->size[root]);
    pd_prefetch_to_write(&naming->smallest[root]);
    pd_identity_prefetch(naming->order, root);
}

/* The sizes and smallest identities of roots. */
static enum padan_status choose_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    const struct pd_clusters *clusters = naming->clusters;
    const size_t end = end_of_chunk(clusters, chunk);
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end; i++) {
        const uint32_t root = clusters->cluster[i];
        if (end - i > RECORDS_AHEAD) reach_root(naming, i + RECORDS_AHEAD);
        if (root == i) continue;
        (void)__atomic_fetch_add(&clusters->size[root], 1, __ATOMIC_RELAXED);
        uint32_t smallest = __atomic_load_n(&naming->smallest[root], __ATOMIC_RELAXED);
        while (pd_identity_before(naming->order, (uint32_t)i, smallest) &&
               !__atomic_compare_exchange_n(&naming->smallest[root], &smallest, (uint32_t)i, true, __ATOMIC_RELAXED,
                                            __ATOMIC_RELAXED)) {}
    }
    return PADAN_OK;
}

/* Replaces roots by representatives; what roots hold is read, never changed. */
static enum padan_status name_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    struct pd_clusters *clusters = naming->clusters;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(clusters, chunk); i++) {
        const uint32_t root = clusters->cluster[i];
        if (root != i) {
            clusters->size[i] = clusters->size[root];
            clusters->anchor[i] = clusters->anchor[root];
        }
        clusters->cluster[i] = naming->smallest[root];
    }
    return PADAN_OK;
}

enum padan_status pd_clusters_name(const struct pd_cluster_options *options, struct pd_clusters *clusters,
                                   struct padan_error *error)
{
    struct pd_identity_order order;
    const int threads = options->threads;
    struct naming naming = { &order, clusters, NULL };
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    PD_TRY(pd_allocate_array(&naming.smallest, clusters->n_records, sizeof *naming.smallest, error));
    enum padan_status status = pd_parallel_for(count_chunks(clusters), threads, root_chunk, &naming, error);
    if (status == PADAN_OK) status = pd_parallel_for(count_chunks(clusters), threads, choose_chunk, &naming, error);
    if (status == PADAN_OK) status = pd_parallel_for(count_chunks(clusters), threads, name_chunk, &naming, error);
    pd_free(naming.smallest);
    return status;
}

/* SPDX-License-Identifier: MIT
 * Method: one pointer per cluster without a register person makes a functional graph; union-find names its components,
 * a register person's cluster always being the root. A component without one gets the best that any of it has. Few
 * clusters have a pair to follow: they are listed, so that all others cost a copy of their name. */
#include "reconcile/likely.h"

#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/roots.h"

#include <stdlib.h>

enum { CHUNK_RECORDS = 1 << 16, SIDES = 2 };

/* The best pairs out of a cluster without a register person: of all, and of those with a row of the register itself.
 * Then the root of its component. */
struct follower {
    uint32_t cluster, any, direct, root;
};

struct following {
    const struct pd_linkage *linkage;
    struct follower *followers; /* in no order */
    size_t n_followers;
    uint32_t *parent;
};

/* --- pairs out of clusters --- */

/* The side of a pair at an end, as sides are offered: those of one pair after the other. */
static const struct pd_edge *pair_of_side(const struct pd_linkage *linkage, size_t side)
{
    return &linkage->edges->edges[side / SIDES];
}

static uint32_t row_of_side(const struct pd_linkage *linkage, size_t side)
{
    const struct pd_edge *edge = pair_of_side(linkage, side);
    return side % SIDES == 0 ? edge->left : edge->right;
}

/* Nearly all pairs are so, and need not ask where their ends are. */
static bool joins(const struct pd_edge *edge)
{
    return edge->class == PD_CLASS_AUTOMATIC && edge->cut == PD_CUT_NONE;
}

static bool takes_side(const void *context, size_t side, uint64_t *hash)
{
    const struct pd_linkage *linkage = context;
    const struct pd_edge *edge = pair_of_side(linkage, side);
    if (edge->class == PD_CLASS_NONE || joins(edge)) return false;
    const uint32_t cluster = linkage->cluster[row_of_side(linkage, side)];
    *hash = pd_mix64(cluster);
    return cluster != linkage->cluster[row_of_side(linkage, side ^ 1)] && linkage->anchor[cluster] == PD_NO_RECORD;
}

static void reach_side(const void *context, size_t side)
{
    const struct pd_linkage *linkage = context;
    const struct pd_edge *edge = pair_of_side(linkage, side);
    if (edge->class != PD_CLASS_NONE && !joins(edge)) pd_prefetch(&linkage->cluster[row_of_side(linkage, side)]);
}

static void improve(const struct pd_edge *edges, uint32_t edge, uint32_t *best)
{
    if (*best == PD_NO_EDGE || edges[edge].weight > edges[*best].weight) *best = edge;
}

/* Of the sides of one cluster, in the order of pairs. */
static struct follower find_strongest(const struct pd_linkage *linkage, const struct pd_key *sides, size_t n)
{
    struct follower follower = { linkage->cluster[row_of_side(linkage, sides[0].record)], PD_NO_EDGE, PD_NO_EDGE, 0 };
    for (size_t i = 0; i < n; i++) {
        const uint32_t other = row_of_side(linkage, sides[i].record ^ 1);
        improve(linkage->edges->edges, sides[i].record / SIDES, &follower.any);
        if (linkage->anchor[other] == other) improve(linkage->edges->edges, sides[i].record / SIDES, &follower.direct);
    }
    return follower;
}

static enum padan_status list_followers(struct following *following, int threads, struct padan_error *error)
{
    const struct pd_linkage *linkage = following->linkage;
    const struct pd_choice choice = { takes_side, reach_side, linkage };
    struct pd_key *sides = NULL;
    size_t n = 0;
    enum padan_status status = pd_chosen_keys(&choice, 0, SIDES * linkage->edges->n_edges, threads, &sides, &n, error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&following->followers, n + 1, sizeof *following->followers, error);
    for (size_t begin = 0, end; status == PADAN_OK && begin < n; begin = end) {
        end = pd_key_run_end(sides, n, begin);
        following->followers[following->n_followers++] = find_strongest(linkage, sides + begin, end - begin);
    }
    pd_free(sides);
    return status;
}

/* The pair that a cluster follows. One with somebody's row in a roster gives way to one with a row of the register:
 * that is the candidate which the reports name. */
static uint32_t pair_to_follow(const struct pd_linkage *linkage, const struct follower *follower)
{
    if (follower->direct == PD_NO_EDGE) return follower->any;
    const struct pd_edge *edge = &linkage->edges->edges[follower->any];
    const uint32_t other = linkage->cluster[edge->left] == follower->cluster ? edge->right : edge->left;
    return linkage->anchor[other] != PD_NO_RECORD ? follower->direct : follower->any;
}

/* --- components --- */

/* Joins the ends of a pair; a person of the register stays the root. The smallest one, or the smallest cluster, is the
 * root in the end, whatever the order of pairs. */
static void join(const struct pd_linkage *linkage, uint32_t pair, uint32_t *parent)
{
    const struct pd_edge *edge = &linkage->edges->edges[pair];
    const uint32_t a = pd_root(parent, edge->left);
    const uint32_t b = pd_root(parent, edge->right);
    if (a == b) return;
    const bool a_known = linkage->anchor[a] != PD_NO_RECORD;
    const bool b_known = linkage->anchor[b] != PD_NO_RECORD;
    const bool keep_a = a_known != b_known ? a_known : a < b;
    parent[keep_a ? b : a] = keep_a ? a : b;
}

static int by_root(const void *a, const void *b)
{
    const struct follower *x = a;
    const struct follower *y = b;
    if (x->root != y->root) return x->root < y->root ? -1 : 1;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* Clusters that only follow each other (two months of one roster, say) take the strongest pair with a row of the
 * register that any of them has, the first cluster's where several are as strong. */
static void follow_together(struct following *following)
{
    const struct pd_linkage *linkage = following->linkage;
    struct follower *followers = following->followers;
    size_t n = 0;
    for (size_t i = 0; i < following->n_followers; i++) {
        followers[i].root = pd_root(following->parent, followers[i].cluster);
        if (followers[i].direct != PD_NO_EDGE && linkage->anchor[followers[i].root] == PD_NO_RECORD)
            followers[n++] = followers[i];
    }
    qsort(followers, n, sizeof *followers, by_root);
    for (size_t i = 0; i < n;) {
        const uint32_t root = followers[i].root;
        uint32_t best = PD_NO_EDGE;
        for (; i < n && followers[i].root == root; i++) improve(linkage->edges->edges, followers[i].direct, &best);
        join(linkage, best, following->parent);
    }
}

static size_t end_of_chunk(const struct following *following, size_t chunk)
{
    const size_t n = following->linkage->table->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

/* pd_parallel_body: every row its cluster. */
static enum padan_status begin_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct following *following = context;
    const size_t begin = chunk * CHUNK_RECORDS;
    (void)worker, (void)error;
    memcpy(following->parent + begin, following->linkage->cluster + begin,
           (end_of_chunk(following, chunk) - begin) * sizeof *following->parent);
    return PADAN_OK;
}

/* pd_parallel_body: every row's root in place of its parent. Whoever reads a parent meanwhile comes to the same root.
 */
static enum padan_status root_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct following *following = context;
    uint32_t *parent = following->parent;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(following, chunk); i++) {
        uint32_t root = (uint32_t)i;
        for (uint32_t next; (next = __atomic_load_n(&parent[root], __ATOMIC_RELAXED)) != root;) root = next;
        __atomic_store_n(&parent[i], root, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

enum padan_status pd_likely_persons(const struct pd_linkage *linkage, int threads, uint32_t *likely,
                                    struct padan_error *error)
{
    struct following following = { .linkage = linkage, .parent = likely };
    const size_t n_chunks = (linkage->table->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    enum padan_status status = list_followers(&following, threads, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, begin_chunk, &following, error);
    if (status == PADAN_OK) {
        for (size_t i = 0; i < following.n_followers; i++)
            join(linkage, pair_to_follow(linkage, &following.followers[i]), likely);
        follow_together(&following);
        status = pd_parallel_for(n_chunks, threads, root_chunk, &following, error);
    }
    pd_free(following.followers);
    return status;
}

enum padan_status pd_likely_find(const struct pd_linkage *linkage, int threads, uint32_t *likely,
                                 uint32_t *likely_family, struct padan_error *error)
{
    PD_TRY(pd_likely_persons(linkage, threads, likely, error));
    return pd_likely_families(linkage, threads, likely_family, error);
}

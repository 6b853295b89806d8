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

enum { CHUNK_RECORDS = 1 << 16, RECORDS_AHEAD = 32, SIDES = 2 };

/* The best pairs out of a cluster without a register person: of all, and of those with a row of the register itself.
 * Then the root of its component. */
struct follower {
    uint32_t cluster, any, direct, root;
};

struct following {
    const struct pd_linkage *linkage;
    struct pd_key *sides; /* [n_sides] pairs out of clusters, those of one cluster together */
    size_t n_sides;
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
    PD_TRY(pd_chosen_keys(&choice, 0, SIDES * linkage->edges->n_edges, threads, &following->sides, &following->n_sides,
                          error));
    const struct pd_key *sides = following->sides;
    const size_t n = following->n_sides;
    PD_TRY(pd_allocate_array(&following->followers, n + 1, sizeof *following->followers, error));
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = pd_key_run_end(sides, n, begin);
        following->followers[following->n_followers++] = find_strongest(linkage, sides + begin, end - begin);
    }
    return PADAN_OK;
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
    const size_t end = end_of_chunk(following, chunk);
    for (size_t i = chunk * CHUNK_RECORDS; i < end; i++) {
        uint32_t root = (uint32_t)i;
        if (end - i > RECORDS_AHEAD)
            pd_prefetch(&parent[__atomic_load_n(&parent[i + RECORDS_AHEAD], __ATOMIC_RELAXED)]);
        for (uint32_t next; (next = __atomic_load_n(&parent[root], __ATOMIC_RELAXED)) != root;) root = next;
        __atomic_store_n(&parent[i], root, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

/* --- alternatives --- */

struct choice {
    uint32_t person, edge;
    pd_weight weight;
};

/* The persons that a cluster's pairs lead to, from the strongest pair down, but for its likely one. */
struct choices {
    struct choice of[PD_ALTERNATIVES_MAX];
    size_t n;
};

static void offer(struct choices *choices, struct choice offered)
{
    size_t at = 0;
    while (at < choices->n && choices->of[at].person != offered.person) at++;
    if (at < choices->n) {
        if (choices->of[at].weight >= offered.weight) return;
    } else if (choices->n < PD_ALTERNATIVES_MAX) {
        choices->n++;
    } else {
        at = PD_ALTERNATIVES_MAX - 1;
        if (choices->of[at].weight >= offered.weight) return;
    }
    for (; at > 0 && choices->of[at - 1].weight < offered.weight; at--) choices->of[at] = choices->of[at - 1];
    choices->of[at] = offered;
}

/* Of the sides of one cluster. */
static enum padan_status list_choices(const struct following *following, const struct pd_key *sides, size_t n,
                                      struct pd_alternatives *out, struct padan_error *error)
{
    const struct pd_linkage *linkage = following->linkage;
    const uint32_t *likely = following->parent;
    const uint32_t cluster = linkage->cluster[row_of_side(linkage, sides[0].record)];
    struct choices choices = { .n = 0 };
    for (size_t i = 0; i < n; i++) {
        const uint32_t person = likely[row_of_side(linkage, sides[i].record ^ 1)];
        const uint32_t edge = sides[i].record / SIDES;
        if (person != likely[cluster])
            offer(&choices, (struct choice){ person, edge, linkage->edges->edges[edge].weight });
    }
    if (choices.n == 0) return PADAN_OK;
    PD_TRY(pd_grow(&out->items, &out->capacity, out->n_items + choices.n, sizeof *out->items, error));
    for (size_t i = 0; i < choices.n; i++)
        out->items[out->n_items++] =
            (struct pd_alternative){ cluster, choices.of[i].person, (uint32_t)i + 2, choices.of[i].edge };
    out->marks[cluster / 64] |= UINT64_C(1) << cluster % 64;
    return PADAN_OK;
}

static int by_cluster(const void *a, const void *b)
{
    const struct pd_alternative *x = a;
    const struct pd_alternative *y = b;
    if (x->cluster != y->cluster) return x->cluster < y->cluster ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static enum padan_status list_alternatives(const struct following *following, struct pd_alternatives *alternatives,
                                           struct padan_error *error)
{
    PD_TRY(pd_allocate(&alternatives->marks, following->linkage->table->n_records / 64 + 1, sizeof(uint64_t), error));
    for (size_t begin = 0, end; begin < following->n_sides; begin = end) {
        end = pd_key_run_end(following->sides, following->n_sides, begin);
        PD_TRY(list_choices(following, following->sides + begin, end - begin, alternatives, error));
    }
    if (alternatives->n_items > 1)
        qsort(alternatives->items, alternatives->n_items, sizeof *alternatives->items, by_cluster);
    return PADAN_OK;
}

void pd_alternatives_reset(struct pd_alternatives *alternatives)
{
    pd_free(alternatives->items);
    pd_free(alternatives->marks);
    *alternatives = (struct pd_alternatives){ 0 };
}

/* --- the whole --- */

enum padan_status pd_likely_persons(const struct pd_linkage *linkage, int threads, uint32_t *likely,
                                    struct pd_alternatives *alternatives, struct padan_error *error)
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
    if (status == PADAN_OK) status = list_alternatives(&following, alternatives, error);
    pd_free(following.sides);
    pd_free(following.followers);
    return status;
}

/* SPDX-License-Identifier: MIT
 * Method: one pointer per cluster without a register person makes a functional graph; union-find names its components,
 * a register person's cluster always being the root. A component without one gets the best that any of it has. Families
 * of equal register numbers are joined likewise. */
#include "reconcile/likely.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/radix.h"

enum { EDGES_AHEAD = 16 };
enum { FAMILY_PEOPLE_MAX = 20 }; /* a number of more people is no family (CONTRACT 3) */

/* The best pairs out of clusters without a register person, [n_records] by cluster representative: of all, and of those
 * with a row of the register itself. */
struct strongest {
    uint32_t *any, *direct;
};

static void improve(const struct pd_edge *edges, uint32_t edge, uint32_t *best)
{
    if (*best == PD_NO_EDGE || edges[edge].weight > edges[*best].weight) *best = edge;
}

static void find_strongest(const struct pd_linkage *linkage, const struct strongest *strongest)
{
    const struct pd_edge *edges = linkage->edges->edges;
    const size_t n = linkage->table->n_records;
    memset(strongest->any, 0xff, n * sizeof *strongest->any); /* PD_NO_EDGE */
    memset(strongest->direct, 0xff, n * sizeof *strongest->direct);
    for (size_t i = 0; i < linkage->edges->n_edges; i++) {
        const struct pd_edge *edge = &edges[i];
        if (linkage->edges->n_edges - i > EDGES_AHEAD) pd_prefetch(&linkage->cluster[edge[EDGES_AHEAD].right]);
        const uint32_t rows[2] = { edge->left, edge->right };
        const uint32_t sides[2] = { linkage->cluster[edge->left], linkage->cluster[edge->right] };
        if (sides[0] == sides[1] || edge->class == PD_CLASS_NONE) continue;
        for (size_t side = 0; side < 2; side++) {
            if (linkage->anchor[sides[side]] != PD_NO_RECORD) continue;
            improve(edges, (uint32_t)i, &strongest->any[sides[side]]);
            const uint32_t other = rows[1 - side];
            if (linkage->anchor[other] == other) improve(edges, (uint32_t)i, &strongest->direct[sides[side]]);
        }
    }
}

/* The pair that a cluster follows. One with somebody's row in a roster gives way to one with a row of the register:
 * that is the candidate which the reports name. */
static uint32_t pair_of(const struct pd_linkage *linkage, const struct strongest *strongest, uint32_t cluster)
{
    const uint32_t any = strongest->any[cluster];
    if (any == PD_NO_EDGE || strongest->direct[cluster] == PD_NO_EDGE) return any;
    const struct pd_edge *edge = &linkage->edges->edges[any];
    const uint32_t other = linkage->cluster[edge->left] == cluster ? edge->right : edge->left;
    return linkage->anchor[other] != PD_NO_RECORD ? strongest->direct[cluster] : any;
}

static uint32_t root_of(uint32_t *parent, uint32_t record)
{
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

/* Joins the ends of a pair; a person of the register stays the root. */
static void join(const struct pd_linkage *linkage, uint32_t pair, uint32_t *parent)
{
    const struct pd_edge *edge = &linkage->edges->edges[pair];
    const uint32_t a = root_of(parent, edge->left);
    const uint32_t b = root_of(parent, edge->right);
    if (a == b) return;
    const bool a_known = linkage->anchor[a] != PD_NO_RECORD;
    const bool b_known = linkage->anchor[b] != PD_NO_RECORD;
    const bool keep_a = a_known != b_known ? a_known : a < b;
    parent[keep_a ? b : a] = keep_a ? a : b;
}

/* Clusters that only follow each other (two months of one roster, say) take the strongest pair with a row of the
 * register that any of them has. found [n_records], overwritten: that pair by root. */
static void follow_together(const struct pd_linkage *linkage, const uint32_t *direct, uint32_t *found, uint32_t *parent)
{
    const size_t n = linkage->table->n_records;
    memset(found, 0xff, n * sizeof *found); /* PD_NO_EDGE */
    for (size_t i = 0; i < n; i++) {
        if (direct[i] == PD_NO_EDGE) continue;
        const uint32_t root = root_of(parent, (uint32_t)i);
        if (linkage->anchor[root] == PD_NO_RECORD) improve(linkage->edges->edges, direct[i], &found[root]);
    }
    for (size_t i = 0; i < n; i++)
        if (found[i] != PD_NO_EDGE) join(linkage, found[i], parent);
}

static void follow(const struct pd_linkage *linkage, const struct strongest *strongest, uint32_t *parent)
{
    const size_t n = linkage->table->n_records;
    for (size_t i = 0; i < n; i++) parent[i] = linkage->cluster[i];
    for (size_t i = 0; i < n; i++) {
        const uint32_t pair = pair_of(linkage, strongest, (uint32_t)i);
        if (pair != PD_NO_EDGE) join(linkage, pair, parent);
    }
    follow_together(linkage, strongest->direct, strongest->any, parent);
    for (size_t i = 0; i < n; i++) parent[i] = root_of(parent, (uint32_t)i);
}

enum padan_status pd_likely_persons(const struct pd_linkage *linkage, uint32_t *likely, struct padan_error *error)
{
    struct strongest strongest = { 0 };
    PD_TRY(pd_allocate_array(&strongest.any, linkage->table->n_records, sizeof *strongest.any, error));
    const enum padan_status status =
        pd_allocate_array(&strongest.direct, linkage->table->n_records, sizeof *strongest.direct, error);
    if (status == PADAN_OK) {
        find_strongest(linkage, &strongest);
        follow(linkage, &strongest, likely);
    }
    pd_free(strongest.any);
    pd_free(strongest.direct);
    return status;
}

/* Joins the families of the rows keys[0 .. n), which have one number in the register. */
static void join_families(const struct pd_linkage *linkage, const struct pd_key *keys, size_t n, uint32_t *parent)
{
    for (size_t i = 1; i < n && n <= FAMILY_PEOPLE_MAX; i++) {
        const uint32_t a = root_of(parent, linkage->household[keys[0].record]);
        const uint32_t b = root_of(parent, linkage->household[keys[i].record]);
        parent[a < b ? b : a] = a < b ? a : b;
    }
}

enum padan_status pd_likely_families(const struct pd_linkage *linkage, uint32_t *likely_family,
                                     struct padan_error *error)
{
    const struct pd_table *table = linkage->table;
    for (size_t i = 0; i < table->n_records; i++) likely_family[i] = (uint32_t)i;
    if (linkage->register_source < 0 || linkage->columns.no_kk < 0) return PADAN_OK;
    const struct pd_source *people = &table->sources[linkage->register_source];
    const uint64_t *numbers = table->columns[linkage->columns.no_kk].words;
    struct pd_key *keys = NULL, *scratch = NULL;
    size_t n = 0;
    PD_TRY(pd_keys_make(people->end - people->begin, &keys, &scratch, error));
    for (size_t i = people->begin; i < people->end; i++)
        if (numbers[i] != 0) keys[n++] = (struct pd_key){ pd_mix64(numbers[i]), (uint32_t)i, 0 };
    const enum padan_status status = pd_radix_sort(keys, scratch, n, 1, error);
    for (size_t begin = 0, end; status == PADAN_OK && begin < n; begin = end) {
        end = pd_key_run_end(keys, n, begin);
        join_families(linkage, keys + begin, end - begin, likely_family);
    }
    for (size_t i = 0; i < table->n_records; i++) likely_family[i] = root_of(likely_family, (uint32_t)i);
    pd_free(keys);
    return status;
}

struct finding {
    const struct pd_linkage *linkage;
    uint32_t *likely, *likely_family;
};

static enum padan_status find_one(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct finding *finding = context;
    (void)worker;
    if (chunk == 0) return pd_likely_persons(finding->linkage, finding->likely, error);
    return pd_likely_families(finding->linkage, finding->likely_family, error);
}

enum padan_status pd_likely_find(const struct pd_linkage *linkage, int threads, uint32_t *likely,
                                 uint32_t *likely_family, struct padan_error *error)
{
    struct finding finding = { linkage, likely, likely_family };
    return pd_parallel_for(2, threads, find_one, &finding, error);
}

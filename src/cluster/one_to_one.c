/* SPDX-License-Identifier: MIT
 * One to one: a row is linked to one row of another source at most, the best first; and mutual: only pairs that are the
 * best of both their rows are linked, so that no row is left with what others did not want. See cluster.h. */
#include "base/memory.h"
#include "cluster/joining.h"

struct pairing {
    const struct pd_table *table;
    const struct pd_edges *edges;
    uint32_t *next;
    uint32_t *best; /* [n_records * n_sources] + 1, 0 = none; NULL: need not be the best of both */
};

static uint32_t *best_of(const struct pairing *pairing, uint32_t row, uint32_t other)
{
    return &pairing->best[row * pairing->table->n_sources + pd_table_source(pairing->table, other)];
}

/* Ties go to the pair that comes first. */
static void consider(const struct pairing *pairing, uint32_t edge)
{
    const struct pd_edge *edges = pairing->edges->edges;
    uint32_t *const sides[] = { best_of(pairing, edges[edge].left, edges[edge].right),
                                best_of(pairing, edges[edge].right, edges[edge].left) };
    for (size_t i = 0; i < 2; i++)
        if (*sides[i] == 0 || edges[edge].weight > edges[*sides[i] - 1].weight) *sides[i] = edge + 1;
}

static bool is_mutual(const struct pairing *pairing, const struct pd_edge *edge)
{
    const uint32_t number = (uint32_t)(edge - pairing->edges->edges) + 1;
    return *best_of(pairing, edge->left, edge->right) == number && *best_of(pairing, edge->right, edge->left) == number;
}

static bool have_source_in_common(const struct pairing *pairing, uint32_t a, uint32_t b)
{
    uint32_t x = a;
    do {
        uint32_t y = b;
        do {
            if (pd_table_source(pairing->table, x) == pd_table_source(pairing->table, y)) return true;
            y = pairing->next[y];
        } while (y != b);
        x = pairing->next[x];
    } while (x != a);
    return false;
}

/* Inside one source every two rows have it in common, and mutual pairs are two rows at most. */
static bool may_pair(void *context, struct pd_edge *edge, uint32_t a, uint32_t b)
{
    const struct pairing *pairing = context;
    const bool one_source = pairing->best != NULL && pairing->table->n_sources == 1;
    if ((pairing->best == NULL || is_mutual(pairing, edge)) && (one_source || !have_source_in_common(pairing, a, b)))
        return true;
    edge->cut = PD_CUT_NOT_BEST;
    return false;
}

static void pair_rings(void *context, uint32_t root, uint32_t joined)
{
    struct pairing *pairing = context;
    const uint32_t after = pairing->next[root];
    pairing->next[root] = pairing->next[joined];
    pairing->next[joined] = after;
}

static enum padan_status join_pairs(const struct pd_cluster_options *options, struct pairing *pairing,
                                    struct pd_edges *edges, struct pd_clusters *clusters, struct padan_error *error)
{
    const size_t n = options->table->n_records;
    const struct pd_joining joining = { may_pair, pair_rings, pairing };
    PD_TRY(pd_allocate_array(&pairing->next, n + 1, sizeof *pairing->next, error));
    for (size_t i = 0; i < n; i++) pairing->next[i] = (uint32_t)i;
    const enum padan_status status = pd_cluster_join(options, &joining, edges, clusters, error);
    pd_free(pairing->next);
    return status;
}

enum padan_status pd_cluster_one_to_one(const struct pd_cluster_options *options, struct pd_edges *edges,
                                        struct pd_clusters *clusters, struct padan_error *error)
{
    struct pairing pairing = { .table = options->table, .edges = edges };
    return join_pairs(options, &pairing, edges, clusters, error);
}

enum padan_status pd_cluster_mutual(const struct pd_cluster_options *options, struct pd_edges *edges,
                                    struct pd_clusters *clusters, struct padan_error *error)
{
    const struct pd_table *table = options->table;
    struct pairing pairing = { .table = table, .edges = edges };
    PD_TRY(pd_allocate(&pairing.best, table->n_records * table->n_sources + 1, sizeof *pairing.best, error));
    for (size_t i = 0; i < edges->n_edges; i++)
        if (edges->edges[i].class == PD_CLASS_AUTOMATIC) consider(&pairing, (uint32_t)i);
    const enum padan_status status = join_pairs(options, &pairing, edges, clusters, error);
    pd_free(pairing.best);
    return status;
}

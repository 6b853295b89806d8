/* SPDX-License-Identifier: MIT
 * Best link: each row follows its strongest pair alone; and pairs: no cluster of three. See cluster.h. */
#include "base/memory.h"
#include "cluster/joining.h"

struct best {
    const struct pd_edges *edges;
    uint32_t *edge; /* [n_records] + 1, 0 = none */
};

/* Ties go to the pair that comes first. */
static void consider(struct best *best, uint32_t record, uint32_t edge)
{
    const uint32_t so_far = best->edge[record];
    if (so_far == 0 || best->edges->edges[edge].weight > best->edges->edges[so_far - 1].weight)
        best->edge[record] = edge + 1;
}

static bool is_best(void *context, struct pd_edge *edge, uint32_t a, uint32_t b)
{
    const struct best *best = context;
    const uint32_t number = (uint32_t)(edge - best->edges->edges) + 1;
    (void)a;
    (void)b;
    if (best->edge[edge->left] == number || best->edge[edge->right] == number) return true;
    edge->cut = PD_CUT_NOT_BEST;
    return false;
}

enum padan_status pd_cluster_best_link(const struct pd_cluster_options *options, struct pd_edges *edges,
                                       struct pd_clusters *clusters, struct padan_error *error)
{
    struct best best = { .edges = edges };
    const struct pd_joining joining = { is_best, NULL, &best };
    PD_TRY(pd_allocate(&best.edge, options->table->n_records + 1, sizeof *best.edge, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        if (edges->edges[i].class != PD_CLASS_AUTOMATIC) continue;
        consider(&best, edges->edges[i].left, (uint32_t)i);
        consider(&best, edges->edges[i].right, (uint32_t)i);
    }
    const enum padan_status status = pd_cluster_join(options, &joining, edges, clusters, error);
    pd_free(best.edge);
    return status;
}

/* --- pairs --- */

static bool are_single(void *context, struct pd_edge *edge, uint32_t a, uint32_t b)
{
    bool *joined = context;
    (void)a;
    (void)b;
    if (!joined[edge->left] && !joined[edge->right]) {
        joined[edge->left] = joined[edge->right] = true;
        return true;
    }
    edge->cut = PD_CUT_NOT_BEST;
    return false;
}

enum padan_status pd_cluster_pairs(const struct pd_cluster_options *options, struct pd_edges *edges,
                                   struct pd_clusters *clusters, struct padan_error *error)
{
    bool *joined = NULL;
    PD_TRY(pd_allocate(&joined, options->table->n_records + 1, sizeof *joined, error));
    const struct pd_joining joining = { are_single, NULL, joined };
    const enum padan_status status = pd_cluster_join(options, &joining, edges, clusters, error);
    pd_free(joined);
    return status;
}

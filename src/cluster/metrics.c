/* SPDX-License-Identifier: MIT
 * Bridges by depth-first search without recursion: an edge to a child is one when nothing below the child reaches at or
 * above its parent. */
#include "cluster/metrics.h"

#include "base/memory.h"

struct graph {
    const struct pd_edges *edges;
    size_t n_records;
    uint64_t *begins; /* [n_records + 1] of links */
    uint32_t *links;  /* edges of each record */
    uint32_t *found;  /* [n_records] order of discovery from 1, 0 = not yet */
    uint32_t *low;    /* [n_records] earliest record reachable from below */
    uint32_t *entry;  /* [n_records] edge by which the record was found, UINT32_MAX for a root */
    uint64_t *next;   /* [n_records] place in links to go on from */
    uint32_t *stack;  /* [n_records] */
    uint8_t *is_bridge;
};

static bool counts(const struct pd_clusters *clusters, const struct pd_edge *edge)
{
    return edge->class == PD_CLASS_AUTOMATIC && clusters->cluster[edge->left] == clusters->cluster[edge->right];
}

static enum padan_status make_graph(const struct pd_clusters *clusters, struct graph *graph, struct padan_error *error)
{
    const size_t n = graph->n_records;
    const struct pd_edges *edges = graph->edges;
    PD_TRY(pd_allocate(&graph->begins, n + 2, sizeof *graph->begins, error));
    PD_TRY(pd_allocate_array(&graph->links, 2 * edges->n_edges + 1, sizeof *graph->links, error));
    PD_TRY(pd_allocate(&graph->found, n + 1, sizeof *graph->found, error));
    PD_TRY(pd_allocate(&graph->low, n + 1, sizeof *graph->low, error));
    PD_TRY(pd_allocate(&graph->entry, n + 1, sizeof *graph->entry, error));
    PD_TRY(pd_allocate(&graph->next, n + 1, sizeof *graph->next, error));
    PD_TRY(pd_allocate(&graph->stack, n + 1, sizeof *graph->stack, error));
    PD_TRY(pd_allocate(&graph->is_bridge, edges->n_edges + 1, 1, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        if (!counts(clusters, &edges->edges[i])) continue;
        graph->begins[edges->edges[i].left + 1]++;
        graph->begins[edges->edges[i].right + 1]++;
    }
    for (size_t i = 0; i < n; i++) graph->begins[i + 1] += graph->begins[i];
    for (size_t i = 0; i < n; i++) graph->next[i] = graph->begins[i];
    for (size_t i = 0; i < edges->n_edges; i++) {
        if (!counts(clusters, &edges->edges[i])) continue;
        graph->links[graph->next[edges->edges[i].left]++] = (uint32_t)i;
        graph->links[graph->next[edges->edges[i].right]++] = (uint32_t)i;
    }
    for (size_t i = 0; i < n; i++) graph->next[i] = graph->begins[i];
    return PADAN_OK;
}

static void free_graph(struct graph *graph)
{
    pd_free(graph->begins);
    pd_free(graph->links);
    pd_free(graph->found);
    pd_free(graph->low);
    pd_free(graph->entry);
    pd_free(graph->next);
    pd_free(graph->stack);
}

/* Leaves a record whose links are done: its parent learns how far up it reaches. */
static void leave(struct graph *graph, uint32_t record)
{
    const uint32_t edge = graph->entry[record];
    if (edge == UINT32_MAX) return;
    const struct pd_edge *by = &graph->edges->edges[edge];
    const uint32_t parent = by->left == record ? by->right : by->left;
    if (graph->low[record] < graph->low[parent]) graph->low[parent] = graph->low[record];
    graph->is_bridge[edge] = graph->low[record] > graph->found[parent];
}

static void search(struct graph *graph, uint32_t root, uint32_t *clock)
{
    size_t depth = 0;
    graph->stack[depth++] = root;
    graph->entry[root] = UINT32_MAX;
    graph->found[root] = graph->low[root] = ++*clock;
    while (depth > 0) {
        const uint32_t record = graph->stack[depth - 1];
        if (graph->next[record] == graph->begins[record + 1]) {
            leave(graph, record);
            depth--;
            continue;
        }
        const uint32_t edge = graph->links[graph->next[record]++];
        if (edge == graph->entry[record]) continue;
        const struct pd_edge *by = &graph->edges->edges[edge];
        const uint32_t other = by->left == record ? by->right : by->left;
        if (graph->found[other] != 0) {
            if (graph->found[other] < graph->low[record]) graph->low[record] = graph->found[other];
            continue;
        }
        graph->entry[other] = edge;
        graph->found[other] = graph->low[other] = ++*clock;
        graph->stack[depth++] = other;
    }
}

static void add_edge(struct pd_cluster_metric *metric, const struct pd_edge *edge, bool is_bridge)
{
    if (metric->n_edges == 0 || edge->weight < metric->min_weight) metric->min_weight = edge->weight;
    if (metric->n_edges == 0 || edge->weight > metric->max_weight) metric->max_weight = edge->weight;
    metric->n_edges++;
    metric->n_bridges += is_bridge;
}

/* One item per cluster of two and more; place [n_records] tells which. */
static enum padan_status list_clusters(const struct pd_clusters *clusters, uint32_t *place,
                                       struct pd_cluster_metrics *metrics, struct padan_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < clusters->n_records; i++) n += clusters->cluster[i] == i && clusters->size[i] > 1;
    PD_TRY(pd_allocate(&metrics->items, n + 1, sizeof *metrics->items, error));
    for (size_t i = 0; i < clusters->n_records; i++) {
        if (clusters->cluster[i] != i || clusters->size[i] < 2) continue;
        place[i] = (uint32_t)metrics->n_items;
        metrics->items[metrics->n_items++] =
            (struct pd_cluster_metric){ .cluster = (uint32_t)i, .n_rows = clusters->size[i] };
    }
    return PADAN_OK;
}

enum padan_status pd_cluster_metrics_make(const struct pd_clusters *clusters, const struct pd_edges *edges,
                                          struct pd_cluster_metrics *metrics, struct padan_error *error)
{
    struct graph graph = { .edges = edges, .n_records = clusters->n_records };
    uint32_t clock = 0;
    *metrics = (struct pd_cluster_metrics){ .n_items = 0 };
    enum padan_status status = make_graph(clusters, &graph, error);
    for (size_t i = 0; status == PADAN_OK && i < graph.n_records; i++)
        if (graph.found[i] == 0 && graph.begins[i] < graph.begins[i + 1]) search(&graph, (uint32_t)i, &clock);
    if (status == PADAN_OK) status = list_clusters(clusters, graph.found, metrics, error);
    for (size_t i = 0; status == PADAN_OK && i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (counts(clusters, edge))
            add_edge(&metrics->items[graph.found[clusters->cluster[edge->left]]], edge, graph.is_bridge[i] != 0);
    }
    metrics->is_bridge = graph.is_bridge;
    free_graph(&graph);
    if (status != PADAN_OK) pd_cluster_metrics_reset(metrics);
    return status;
}

void pd_cluster_metrics_reset(struct pd_cluster_metrics *metrics)
{
    pd_free(metrics->items);
    pd_free(metrics->is_bridge);
    *metrics = (struct pd_cluster_metrics){ .n_items = 0 };
}

double pd_cluster_density(const struct pd_cluster_metric *metric)
{
    return 2.0 * (double)metric->n_edges / ((double)metric->n_rows * (metric->n_rows - 1.0));
}

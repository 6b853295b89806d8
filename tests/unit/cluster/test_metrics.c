/* SPDX-License-Identifier: MIT
 * Edges, bridges and density of clusters on random graphs, against their definition. */
#include "base/memory.h"
#include "base/random.h"
#include "cluster/metrics.h"

#include <criterion/criterion.h>

enum { N_ROWS = 14, EDGES_MAX = 30 };

struct graph {
    struct pd_edge edges[EDGES_MAX];
    uint32_t cluster[N_ROWS], size[N_ROWS];
    size_t n_edges;
};

/* Smallest row reachable from `row` without edge `left_out`. */
static uint32_t reach(const struct graph *graph, uint32_t row, size_t left_out)
{
    bool in[N_ROWS] = { false };
    in[row] = true;
    for (size_t round = 0; round < N_ROWS; round++)
        for (size_t i = 0; i < graph->n_edges; i++) {
            const struct pd_edge *edge = &graph->edges[i];
            if (i == left_out || edge->class != PD_CLASS_AUTOMATIC || (!in[edge->left] && !in[edge->right])) continue;
            in[edge->left] = in[edge->right] = true;
        }
    for (uint32_t i = 0; i < N_ROWS; i++)
        if (in[i]) return i;
    return row;
}

static void draw_graph(struct pd_random *random, struct graph *graph)
{
    *graph = (struct graph){ .n_edges = pd_random_below(random, EDGES_MAX) };
    for (size_t i = 0; i < graph->n_edges; i++) {
        uint32_t a = (uint32_t)pd_random_below(random, N_ROWS);
        uint32_t b = (uint32_t)pd_random_below(random, N_ROWS);
        if (a == b) b = (a + 1) % N_ROWS;
        graph->edges[i] =
            (struct pd_edge){ .left = a < b ? a : b,
                              .right = a < b ? b : a,
                              .weight = (pd_weight)pd_random_below(random, 100),
                              .class = pd_random_below(random, 5) == 0 ? PD_CLASS_REVIEW : PD_CLASS_AUTOMATIC };
    }
    for (uint32_t i = 0; i < N_ROWS; i++) graph->cluster[i] = reach(graph, i, SIZE_MAX);
    for (uint32_t i = 0; i < N_ROWS; i++)
        for (uint32_t j = 0; j < N_ROWS; j++) graph->size[i] += graph->cluster[i] == graph->cluster[j];
}

static void check(const struct graph *graph, const struct pd_cluster_metrics *metrics)
{
    uint64_t n_edges = 0;
    uint64_t n_bridges = 0;
    for (size_t i = 0; i < graph->n_edges; i++) {
        const struct pd_edge *edge = &graph->edges[i];
        const bool counts = edge->class == PD_CLASS_AUTOMATIC;
        const bool bridge = counts && reach(graph, edge->left, i) != reach(graph, edge->right, i);
        cr_assert_eq(metrics->is_bridge[i] != 0, bridge, "edge %zu", i);
        n_edges += counts;
        n_bridges += bridge;
    }
    for (size_t i = 0; i < metrics->n_items; i++) {
        const struct pd_cluster_metric *metric = &metrics->items[i];
        cr_assert_eq(metric->n_rows, graph->size[metric->cluster]);
        cr_assert(metric->n_rows > 1 && metric->n_edges >= metric->n_rows - 1u);
        cr_assert(metric->min_weight <= metric->max_weight);
        cr_assert(pd_cluster_density(metric) > 0);
        n_edges -= metric->n_edges;
        n_bridges -= metric->n_bridges;
    }
    cr_assert_eq(n_edges, 0);
    cr_assert_eq(n_bridges, 0);
}

Test(metrics, bridges_are_the_edges_that_hold_a_cluster_together)
{
    struct pd_random random = pd_random_stream(7, 0);
    for (size_t round = 0; round < 400; round++) {
        struct graph graph;
        struct pd_cluster_metrics metrics;
        draw_graph(&random, &graph);
        const struct pd_edges edges = { .edges = graph.edges, .n_edges = graph.n_edges };
        const struct pd_clusters clusters = { .n_records = N_ROWS, .cluster = graph.cluster, .size = graph.size };
        cr_assert_eq(pd_cluster_metrics_make(&clusters, &edges, &metrics, NULL), PADAN_OK);
        check(&graph, &metrics);
        pd_cluster_metrics_reset(&metrics);
    }
}

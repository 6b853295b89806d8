/* SPDX-License-Identifier: MIT
 * Lists of edges against plain loops over all pairs. */
#include "linking/edge_order.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 30, N_REGISTER = 10, WIDTH = 2 };

/* A list of about a percentage of all pairs, with weights and levels that tell lists apart. */
static struct pd_edges random_edges(struct pd_random *random, unsigned percent, int weight)
{
    enum { ALL = N_RECORDS * N_RECORDS };
    struct pd_edges edges = { .n_comparisons = WIDTH };
    cr_assert_eq(pd_allocate_array(&edges.edges, ALL, sizeof *edges.edges, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&edges.gammas, ALL * WIDTH, 1, NULL), PADAN_OK);
    for (uint32_t left = 0; left < N_RECORDS; left++)
        for (uint32_t right = left + 1; right < N_RECORDS; right++) {
            if (pd_random_below(random, 100) >= percent) continue;
            const int64_t bits = weight + (int64_t)pd_random_below(random, 12) - 6;
            edges.edges[edges.n_edges] =
                (struct pd_edge){ .left = left, .right = right, .weight = bits * PD_WEIGHT_ONE };
            edges.gammas[edges.n_edges * WIDTH] = (int8_t)left;
            edges.gammas[edges.n_edges++ * WIDTH + 1] = (int8_t)right;
        }
    return edges;
}

static const struct pd_edge *find(const struct pd_edges *edges, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < edges->n_edges; i++)
        if (edges->edges[i].left == left && edges->edges[i].right == right) return &edges->edges[i];
    return NULL;
}

/* Sorted, each pair once, and the levels stayed with their pairs. */
static void expect_list(const struct pd_edges *edges)
{
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        cr_expect_eq(edges->gammas[i * WIDTH], (int8_t)edge->left);
        cr_expect_eq(edges->gammas[i * WIDTH + 1], (int8_t)edge->right);
        if (i == 0) continue;
        cr_expect(edge[-1].left < edge->left || (edge[-1].left == edge->left && edge[-1].right < edge->right));
    }
}

Test(edge_list, what_is_parted_joins_again_and_the_first_of_two_stays)
{
    struct pd_random random = pd_random_stream(4, 1);
    for (int round = 0; round < 20; round++) {
        struct pd_edges edges = random_edges(&random, round == 0 ? 0 : 30, 0);
        struct pd_edges other = random_edges(&random, round == 1 ? 0 : 30, 20);
        struct pd_edges below = { 0 };
        const size_t n = edges.n_edges;
        struct pd_edge_pieces none = { 0 };
        if (round % 2 == 1) /* has room */
            cr_assert_eq(pd_edge_pieces_join(&none, N_RECORDS, 1, &edges, NULL), PADAN_OK);
        pd_edge_pieces_reset(&none);
        cr_assert_eq(pd_edges_part(&edges, 0, &below, NULL), PADAN_OK);
        cr_expect_eq(edges.n_edges + below.n_edges, n);
        expect_list(&edges);
        expect_list(&below);
        for (size_t i = 0; i < edges.n_edges; i++) cr_expect_geq(edges.edges[i].weight, 0);
        for (size_t i = 0; i < below.n_edges; i++) cr_expect_lt(below.edges[i].weight, 0);
        cr_assert_eq(pd_edges_join(&edges, &below, NULL), PADAN_OK);
        cr_expect_eq(edges.n_edges, n);
        cr_expect_eq(below.n_edges, 0);
        size_t n_new = 0;
        for (size_t i = 0; i < other.n_edges; i++)
            n_new += find(&edges, other.edges[i].left, other.edges[i].right) == NULL;
        cr_assert_eq(pd_edges_join(&edges, &other, NULL), PADAN_OK);
        cr_expect_eq(edges.n_edges, n + n_new);
        expect_list(&edges);
        size_t n_old = 0; /* weights of the first list are below 6 bits, of the other from 14 */
        for (size_t i = 0; i < edges.n_edges; i++) n_old += edges.edges[i].weight < 10 * PD_WEIGHT_ONE;
        cr_expect_eq(n_old, n);
        pd_edges_reset(&edges);
    }
}

Test(edge_list, between_marked_records_nothing_stays)
{
    struct pd_random random = pd_random_stream(5, 1);
    struct pd_edges edges = random_edges(&random, 50, 0);
    uint8_t linked[N_RECORDS];
    size_t n_wanted = 0;
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % 3 != 0;
    for (size_t i = 0; i < edges.n_edges; i++)
        n_wanted += !linked[edges.edges[i].left] || !linked[edges.edges[i].right];
    pd_edges_drop_linked(&edges, linked);
    cr_expect_eq(edges.n_edges, n_wanted);
    expect_list(&edges);
    for (size_t i = 0; i < edges.n_edges; i++) cr_expect(!linked[edges.edges[i].left] || !linked[edges.edges[i].right]);
    pd_edges_reset(&edges);
}

static bool to_register(const struct pd_edge *edge)
{
    return edge->left < N_REGISTER && edge->right >= N_REGISTER;
}

/* The strongest edge of a record of one kind, in either list; INT64_MIN when there is none. */
static pd_weight strongest(const struct pd_edges *lists[2], size_t n_lists, uint32_t record, bool wants_register)
{
    pd_weight best = INT64_MIN;
    for (size_t k = 0; k < n_lists; k++)
        for (size_t i = 0; i < lists[k]->n_edges; i++) {
            const struct pd_edge *edge = &lists[k]->edges[i];
            const bool touches = wants_register ? edge->right == record : edge->left == record || edge->right == record;
            if (touches && to_register(edge) == wants_register && edge->weight > best) best = edge->weight;
        }
    return best;
}

Test(edge_list, guesses_are_the_strongest_of_a_row)
{
    struct pd_random random = pd_random_stream(6, 1);
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = N_REGISTER },
                                   { .name = PD_TEXT("b"), .begin = N_REGISTER, .end = N_RECORDS } };
    uint16_t source_of[N_RECORDS];
    for (size_t i = 0; i < N_RECORDS; i++) source_of[i] = i >= N_REGISTER;
    const struct pd_table table = {
        .n_records = N_RECORDS, .sources = sources, .n_sources = 2, .source_of = source_of
    };
    const pd_weight tie = 2 * PD_WEIGHT_ONE;
    for (int round = 0; round < 10; round++) {
        struct pd_edges known = random_edges(&random, 5, 2);
        struct pd_edges edges = random_edges(&random, 15, -4);
        struct pd_edges wanted = random_edges(&random, 0, 0);
        const struct pd_edges *lists[] = { &edges, &known };
        for (size_t i = 0; i < edges.n_edges; i++) {
            const struct pd_edge *edge = &edges.edges[i];
            const uint32_t sides[] = { edge->left, edge->right };
            bool keep = to_register(edge) && edge->weight >= strongest(lists, 2, edge->right, true) - tie;
            for (size_t side = 0; side < 2 && !to_register(edge); side++)
                keep = keep || (strongest(lists, 2, sides[side], true) == INT64_MIN &&
                                edge->weight >= strongest(lists, 1, sides[side], false) - tie);
            if (keep) wanted.edges[wanted.n_edges++] = *edge;
        }
        const struct pd_strongest options = { &table, 0, &known, tie, 1 + round % 2 };
        cr_assert_eq(pd_edges_keep_strongest(&options, &edges, NULL), PADAN_OK);
        expect_list(&edges);
        cr_assert_eq(edges.n_edges, wanted.n_edges);
        for (size_t i = 0; i < edges.n_edges; i++)
            cr_expect(edges.edges[i].left == wanted.edges[i].left && edges.edges[i].right == wanted.edges[i].right);
        pd_edges_reset(&known);
        pd_edges_reset(&edges);
        pd_edges_reset(&wanted);
    }
}

/* SPDX-License-Identifier: MIT */
#include "base/random.h"
#include "cluster/only_candidate.h"

#include <criterion/criterion.h>

enum { N_MAX = 64, EDGES_MAX = 80, SOURCES_MAX = 70 };

struct town {
    struct pd_source sources[SOURCES_MAX];
    uint32_t cluster[N_MAX];
    struct pd_edge edges[EDGES_MAX];
    struct pd_table table;
    size_t n_edges;
};

static void judge(struct town *town, int threads, uint8_t *only)
{
    const struct pd_clusters clusters = { .n_records = town->table.n_records, .cluster = town->cluster };
    const struct pd_edges edges = { .edges = town->edges, .n_edges = town->n_edges };
    const struct pd_only_candidate_of of = { &town->table, &clusters, &edges, threads };
    cr_assert_eq(pd_cluster_only_candidates(&of, only, NULL), PADAN_OK);
}

/* Rows of sources in their order; who is in which cluster; edges. */
struct only_case {
    const char *what;
    size_t n, n_edges;
    unsigned source[8];
    uint32_t cluster[8];
    uint32_t edges[5][2];
    uint8_t only[5];
};

static void settle(struct town *town, const unsigned *source, size_t n, size_t n_sources)
{
    for (size_t s = 0, i = 0; s < n_sources; s++) {
        town->sources[s].begin = i;
        while (i < n && source[i] == s) i++;
        town->sources[s].end = i;
    }
    town->table = (struct pd_table){ .n_records = n, .sources = town->sources, .n_sources = n_sources };
}

Test(only_candidate, neither_has_another_candidate_in_a_source_of_the_other)
{
    static const struct only_case cases[] = {
        { "two rows of two sources", 2, 1, { 0, 1 }, { 0, 1 }, { { 0, 1 } }, { 1 } },
        { "two rows of one source", 2, 1, { 0, 0 }, { 0, 1 }, { { 0, 1 } }, { 0 } },
        { "rows of one cluster", 2, 1, { 0, 1 }, { 0, 0 }, { { 0, 1 } }, { 0 } },
        { "twins in the second source", 3, 2, { 0, 1, 1 }, { 0, 1, 2 }, { { 0, 1 }, { 0, 2 } }, { 0, 0 } },
        { "two months of one person there", 3, 2, { 0, 1, 1 }, { 0, 1, 1 }, { { 0, 1 }, { 0, 2 } }, { 1, 1 } },
        { "three sources, all alike", 3, 3, { 0, 1, 2 }, { 0, 1, 2 }, { { 0, 1 }, { 0, 2 }, { 1, 2 } }, { 1, 1, 1 } },
        { "one of the twins has the row's source already",
          4,
          2,
          { 0, 0, 1, 1 },
          { 0, 1, 1, 3 },
          { { 0, 2 }, { 0, 3 } },
          { 0, 0 } },
        { "another source tells both twins, and one of them is with the candidate",
          4,
          2,
          { 0, 1, 2, 2 },
          { 0, 1, 1, 3 },
          { { 0, 1 }, { 0, 3 } },
          { 0, 0 } },
        { "a candidate elsewhere is no rival", 3, 2, { 0, 1, 2 }, { 0, 1, 2 }, { { 0, 1 }, { 1, 2 } }, { 1, 1 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct only_case *of = &cases[i];
        struct town town = { .n_edges = of->n_edges };
        uint8_t only[5];
        settle(&town, of->source, of->n, 3);
        memcpy(town.cluster, of->cluster, sizeof of->cluster);
        for (size_t k = 0; k < of->n_edges; k++)
            town.edges[k] = (struct pd_edge){ .left = of->edges[k][0], .right = of->edges[k][1] };
        judge(&town, 1, only);
        for (size_t k = 0; k < of->n_edges; k++) cr_expect_eq(only[k], of->only[k], "%s: edge %zu", of->what, k);
    }
}

/* The slow twin asks every pair of rows. */
static bool share_source(const struct town *town, uint32_t a, uint32_t b, const unsigned *source)
{
    for (size_t i = 0; i < town->table.n_records; i++)
        for (size_t k = 0; k < town->table.n_records; k++)
            if (town->cluster[i] == a && town->cluster[k] == b && source[i] % 64 == source[k] % 64) return true;
    return false;
}

static bool is_only(const struct town *town, size_t edge, const unsigned *source)
{
    const uint32_t a = town->cluster[town->edges[edge].left], b = town->cluster[town->edges[edge].right];
    if (a == b || share_source(town, a, b, source)) return false;
    for (size_t i = 0; i < town->n_edges; i++) {
        const uint32_t ends[] = { town->cluster[town->edges[i].left], town->cluster[town->edges[i].right] };
        for (size_t side = 0; ends[0] != ends[1] && side < 2; side++) {
            if (ends[side] == a && ends[1 - side] != b && share_source(town, ends[1 - side], b, source)) return false;
            if (ends[side] == b && ends[1 - side] != a && share_source(town, ends[1 - side], a, source)) return false;
        }
    }
    return true;
}

Test(only_candidate, is_what_all_pairs_of_rows_say_and_the_same_for_all_threads)
{
    struct pd_random random = pd_random_stream(5, 0);
    size_t n_only = 0, n_other = 0;
    for (int round = 0; round < 60; round++) {
        const size_t n_sources = round % 3 == 0 ? SOURCES_MAX : 2 + pd_random_below(&random, 6);
        struct town town = { .n_edges = 1 + pd_random_below(&random, EDGES_MAX - 1) };
        unsigned source[N_MAX];
        uint8_t only[EDGES_MAX], again[EDGES_MAX];
        for (size_t i = 0; i < N_MAX; i++) source[i] = (unsigned)(i * n_sources / N_MAX);
        settle(&town, source, N_MAX, n_sources);
        for (uint32_t i = 0; i < N_MAX; i++)
            town.cluster[i] = pd_random_below(&random, 4) == 0 ? town.cluster[pd_random_below(&random, i + 1)] : i;
        for (uint32_t i = 0; i < N_MAX; i++)
            if (town.cluster[i] > i || town.cluster[town.cluster[i]] != town.cluster[i]) town.cluster[i] = i;
        for (size_t i = 0; i < town.n_edges; i++) {
            const uint32_t left = (uint32_t)pd_random_below(&random, N_MAX - 1);
            town.edges[i] =
                (struct pd_edge){ .left = left,
                                  .right = left + 1 + (uint32_t)pd_random_below(&random, N_MAX - 1 - left) };
        }
        judge(&town, 1, only);
        judge(&town, 3, again);
        cr_assert_arr_eq(only, again, town.n_edges);
        for (size_t i = 0; i < town.n_edges; i++) {
            cr_expect_eq(only[i], is_only(&town, i, source), "round %d, edge %zu", round, i);
            only[i] ? n_only++ : n_other++;
        }
    }
    cr_expect_gt(n_only, 50);
    cr_expect_gt(n_other, 50);
}

/* SPDX-License-Identifier: MIT
 * Groups keep chains apart and let weak rows in; one-to-one links a row once. */
#include <criterion/criterion.h>

#include "cluster/cluster.h"

static struct pd_table *table_of(size_t n, size_t n_first)
{
    static struct pd_table table;
    struct pd_column *column = NULL;
    static uint16_t source_of[16];
    static struct pd_source sources[2];
    for (size_t i = 0; i < n; i++) source_of[i] = i >= n_first;
    sources[0] = (struct pd_source){ .name = PD_TEXT("a"), .begin = 0, .end = n_first };
    sources[1] = (struct pd_source){ .name = PD_TEXT("b"), .begin = n_first, .end = n };
    table = (struct pd_table){ .n_records = n, .sources = sources, .n_sources = 2, .source_of = source_of };
    cr_assert_eq(pd_table_add(&table, PD_TEXT("unique_id"), PD_TYPE_INT, PD_ENCODING_INT, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) ((int64_t *)column->words)[i] = (int64_t)i;
    return &table;
}

static struct pd_edge edge(uint32_t left, uint32_t right, int bits)
{
    return (
        struct pd_edge){ .left = left, .right = right, .weight = bits * PD_WEIGHT_ONE, .class = PD_CLASS_AUTOMATIC };
}

/* bits[left][right] of any two records. */
static pd_weight score(void *context, uint32_t left, uint32_t right)
{
    int(*bits)[4] = context;
    return bits[left][right] * PD_WEIGHT_ONE;
}

static void group_table(struct pd_table *table, int (*bits)[4], struct pd_edges edges, struct pd_clusters *clusters)
{
    const struct pd_group_options options = { .cluster = { .table = table, .anchor_source = -1, .threads = 1 },
                                              .score = score,
                                              .context = bits };
    cr_assert_eq(pd_cluster_groups(&options, &edges, clusters, NULL), PADAN_OK);
}

static void group(int (*bits)[4], struct pd_edge *list, size_t n_edges, struct pd_clusters *clusters)
{
    group_table(table_of(4, 4), bits, (struct pd_edges){ .edges = list, .n_edges = n_edges }, clusters);
}

Test(groups, a_chain_whose_ends_differ_is_cut)
{
    struct pd_clusters clusters;
    int bits[4][4] = { { 0, 9, -12, -12 }, { 0, 0, 3, -12 }, { 0, 0, 0, 9 }, { 0 } };
    struct pd_edge list[] = { edge(0, 1, 9), edge(1, 2, 3), edge(2, 3, 9) };
    group(bits, list, 3, &clusters);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[1]);
    cr_expect_eq(clusters.cluster[2], clusters.cluster[3]);
    cr_expect_neq(clusters.cluster[1], clusters.cluster[2]);
    cr_expect_eq(list[1].cut, PD_CUT_WEAK_BRIDGE);
    pd_clusters_reset(&clusters);
}

Test(groups, a_row_joins_when_the_members_speak_for_it_together)
{
    struct pd_clusters clusters;
    int bits[4][4] = { { 0, 9, 4, -20 }, { 0, 0, -3, -20 }, { 0, 0, 0, -20 }, { 0 } };
    struct pd_edge list[] = { edge(0, 1, 9), edge(0, 2, 4) };
    group(bits, list, 2, &clusters);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[2]);
    cr_expect_eq(clusters.size[0], 3);
    cr_expect_eq(clusters.size[3], 1);
    pd_clusters_reset(&clusters);
}

Test(groups, damaged_rows_of_one_source_join_by_the_row_that_both_are_linked_to)
{
    /* 1 and 2 are rows of the second source that hardly agree with each other; 3 does not agree with 1 at all. */
    struct pd_clusters clusters;
    int bits[4][4] = { { 0, 9, 8, 6 }, { 0, 0, -3, -20 }, { 0, 0, 0, -3 }, { 0 } };
    struct pd_edge list[] = { edge(0, 1, 9), edge(0, 2, 8), edge(0, 3, 6) };
    group_table(table_of(4, 1), bits, (struct pd_edges){ .edges = list, .n_edges = 3 }, &clusters);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[1]);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[2]);
    cr_expect_neq(clusters.cluster[0], clusters.cluster[3]);
    cr_expect_eq(list[2].cut, PD_CUT_WEAK_BRIDGE);
    pd_clusters_reset(&clusters);
}

Test(groups, one_to_one_takes_the_best_and_marks_the_others)
{
    struct pd_clusters clusters;
    struct pd_edge list[] = { edge(0, 2, 9), edge(0, 3, 8), edge(1, 2, 7), edge(1, 3, 2) };
    struct pd_edges edges = { .edges = list, .n_edges = 4 };
    const struct pd_cluster_options options = { .table = table_of(4, 2), .anchor_source = -1, .threads = 1 };
    cr_assert_eq(pd_cluster_one_to_one(&options, &edges, &clusters, NULL), PADAN_OK);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[2]);
    cr_expect_eq(clusters.cluster[1], clusters.cluster[3]);
    cr_expect_neq(clusters.cluster[0], clusters.cluster[1]);
    cr_expect_eq(list[1].cut, PD_CUT_NOT_BEST);
    cr_expect_eq(list[2].cut, PD_CUT_NOT_BEST);
    pd_clusters_reset(&clusters);
}

Test(groups, pairs_have_two_rows_at_most_the_best_first)
{
    struct pd_clusters clusters;
    struct pd_edge list[] = { edge(0, 1, 5), edge(1, 2, 9), edge(2, 3, 8), edge(0, 3, 2) };
    struct pd_edges edges = { .edges = list, .n_edges = 4 };
    const struct pd_cluster_options options = { .table = table_of(4, 4), .anchor_source = -1, .threads = 1 };
    cr_assert_eq(pd_cluster_pairs(&options, &edges, &clusters, NULL), PADAN_OK);
    cr_expect_eq(clusters.cluster[1], clusters.cluster[2]);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[3]);
    cr_expect_neq(clusters.cluster[0], clusters.cluster[1]);
    cr_expect_eq(list[0].cut, PD_CUT_NOT_BEST);
    cr_expect_eq(list[2].cut, PD_CUT_NOT_BEST);
    pd_clusters_reset(&clusters);
}

Test(groups, mutual_links_only_the_best_of_both_rows)
{
    /* One to one would leave 1 and 3 with each other. */
    struct pd_clusters clusters;
    struct pd_edge list[] = { edge(0, 2, 9), edge(0, 3, 8), edge(1, 2, 7), edge(1, 3, 2) };
    struct pd_edges edges = { .edges = list, .n_edges = 4 };
    const struct pd_cluster_options options = { .table = table_of(4, 2), .anchor_source = -1, .threads = 1 };
    cr_assert_eq(pd_cluster_mutual(&options, &edges, &clusters, NULL), PADAN_OK);
    cr_expect_eq(clusters.cluster[0], clusters.cluster[2]);
    cr_expect_neq(clusters.cluster[1], clusters.cluster[3]);
    cr_expect_eq(list[3].cut, PD_CUT_NOT_BEST);
    pd_clusters_reset(&clusters);
}

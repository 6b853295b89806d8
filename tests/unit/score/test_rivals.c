/* SPDX-License-Identifier: MIT
 * Margins and candidates of edges to the anchor against a plain loop over all pairs of edges. */
#include "base/memory.h"
#include "base/random.h"
#include "score/decide.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 150, N_SOURCES = 3, N_EDGES = 300 };

static const struct pd_source sources[N_SOURCES] = { { .begin = 0, .end = 45 },
                                                     { .begin = 45, .end = 100 },
                                                     { .begin = 100, .end = N_RECORDS } };

/* Some rows have one edge, some many, some with equal weights. */
static void make_edges(struct pd_random *random, struct pd_edge *edges)
{
    for (size_t i = 0; i < N_EDGES; i++) {
        const uint32_t left = (uint32_t)pd_random_below(random, N_RECORDS - 1);
        const uint32_t right = left + 1 + (uint32_t)pd_random_below(random, N_RECORDS - 1 - left);
        edges[i] = (struct pd_edge){ .left = left,
                                     .right = right,
                                     .weight = (pd_weight)pd_random_below(random, 40) * PD_WEIGHT_ONE / 2 };
    }
}

/* The row of an edge to the anchor, or N_RECORDS. */
static uint32_t row_of(const struct pd_edge *edge, const struct pd_source *anchor)
{
    const bool left = edge->left >= anchor->begin && edge->left < anchor->end;
    const bool right = edge->right >= anchor->begin && edge->right < anchor->end;
    return left == right ? N_RECORDS : left ? edge->right : edge->left;
}

static void expect_margins(const struct pd_edge *edges, const struct pd_source *anchor, const struct pd_rivals *rivals,
                           const uint8_t *tied)
{
    size_t n_of[N_RECORDS] = { 0 };
    bool are_tied[N_RECORDS] = { false };
    for (size_t i = 0; i < N_EDGES; i++) {
        const uint32_t row = row_of(&edges[i], anchor);
        pd_weight other = INT64_MIN;
        size_t n = 0;
        if (row == N_RECORDS) continue;
        for (size_t j = 0; j < N_EDGES; j++) {
            if (row_of(&edges[j], anchor) != row) continue;
            n++;
            if (j != i && edges[j].weight > other) other = edges[j].weight;
        }
        n_of[row] = n;
        cr_expect_eq(pd_rivals_margin(rivals, row, edges[i].weight), n < 2 ? INT64_MAX : edges[i].weight - other);
        const pd_weight least = PD_TIE_BITS * PD_WEIGHT_ONE;
        if (n > 1 && edges[i].weight >= other && edges[i].weight - other < least) are_tied[row] = true;
    }
    for (size_t row = 0; row < N_RECORDS; row++) {
        cr_expect_eq(tied[row], are_tied[row], "row %zu", row);
        cr_expect_eq(rivals->n_candidates[row], n_of[row], "row %zu", row);
    }
}

Test(rivals, are_those_of_a_plain_loop_for_any_number_of_threads)
{
    static const int threads[] = { 1, 2, 7, 20 };
    struct pd_random random = pd_random_stream(6, 1);
    for (int round = 0; round < 12; round++) {
        struct pd_edge edges[N_EDGES];
        uint8_t tied[N_RECORDS];
        struct pd_table table = { .n_records = N_RECORDS, .n_sources = N_SOURCES };
        const int anchor = round % N_SOURCES;
        const struct pd_edges all = { .edges = edges, .n_edges = N_EDGES };
        const struct pd_rivals_of of = { &table, anchor, &all, threads[round % 4] };
        struct pd_rivals rivals;
        make_edges(&random, edges);
        cr_assert_eq(pd_allocate(&table.sources, N_SOURCES, sizeof *table.sources, NULL), PADAN_OK);
        memcpy(table.sources, sources, sizeof sources);
        cr_assert_eq(pd_rivals_find(&of, &rivals, tied, NULL), PADAN_OK);
        expect_margins(edges, &sources[anchor], &rivals, tied);
        pd_rivals_reset(&rivals);
        pd_free(table.sources);
    }
}

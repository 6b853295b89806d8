/* SPDX-License-Identifier: MIT */
#include "reconcile/links.h"

#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 101, N_EDGES = 400 };

/* Record by record, its edges as they lie. */
static void expect_edges_of_every_record(const struct pd_edges *edges, const uint32_t *begins, const uint32_t *edges_of)
{
    size_t at = 0;
    for (uint32_t record = 0; record < N_RECORDS; record++) {
        cr_assert_eq(begins[record], at, "record %u", record);
        for (size_t i = 0; i < edges->n_edges; i++)
            if (edges->edges[i].left == record || edges->edges[i].right == record)
                cr_assert_eq(edges_of[at++], i, "record %u", record);
    }
    cr_assert_eq(begins[N_RECORDS], at);
}

Test(edge_index, every_record_has_its_edges_in_order_for_any_number_of_threads)
{
    static const int threads[] = { 0, 1, 2, 3, 8, 40 };
    static struct pd_edge items[N_EDGES];
    for (size_t i = 0; i < N_EDGES; i++) {
        items[i].left = (uint32_t)(pd_mix64(i + 1) % N_RECORDS);
        items[i].right = (uint32_t)((items[i].left + 1 + pd_mix64(i + N_EDGES) % (N_RECORDS - 1)) % N_RECORDS);
    }
    for (size_t n = 0; n <= N_EDGES; n += N_EDGES / 2)
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            const struct pd_edges edges = { .edges = items, .n_edges = n };
            uint32_t *begins = NULL;
            uint32_t *edges_of = NULL;
            cr_assert_eq(pd_edge_index(&edges, N_RECORDS, threads[i], &begins, &edges_of, NULL), PADAN_OK);
            expect_edges_of_every_record(&edges, begins, edges_of);
            pd_free(begins);
            pd_free(edges_of);
        }
}

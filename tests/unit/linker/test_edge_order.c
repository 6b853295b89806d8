/* SPDX-License-Identifier: MIT
 * Edges of many pieces against one sort of all of them. */
#include "linking/edge_order.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { WIDTH = 3 };

static int by_pair(const void *a, const void *b)
{
    const struct pd_edge *x = a, *y = b;
    if (x->left != y->left) return x->left < y->left ? -1 : 1;
    return (x->right > y->right) - (x->right < y->right);
}

/* Levels that tell of which pair they are. */
static int8_t level_of(const struct pd_edge *edge, size_t comparison)
{
    return (int8_t)((edge->left * 31 + edge->right * 7 + comparison) % 100);
}

static void append(struct pd_edge_piece *piece, struct pd_edge edge)
{
    cr_assert_eq(pd_grow(&piece->edges, &piece->edges_capacity, piece->n_edges + 1, sizeof edge, NULL), PADAN_OK);
    cr_assert_eq(pd_grow(&piece->gammas, &piece->gammas_capacity, (piece->n_edges + 1) * WIDTH, 1, NULL), PADAN_OK);
    for (size_t i = 0; i < WIDTH; i++) piece->gammas[piece->n_edges * WIDTH + i] = level_of(&edge, i);
    piece->edges[piece->n_edges++] = edge;
}

/* Different pairs in no order: of most left records a few, of one (hub) very many. */
static size_t make_pairs(struct pd_random *random, size_t n_records, size_t n_wanted, struct pd_edge *out)
{
    size_t n = 0;
    for (size_t i = 0; i < n_wanted; i++) {
        const uint32_t left = i % 4 == 0 ? (uint32_t)(n_records / 3) : (uint32_t)pd_random_below(random, n_records - 1);
        const uint32_t right = left + 1 + (uint32_t)pd_random_below(random, n_records - 1 - left);
        out[i] = (struct pd_edge){ .left = left, .right = right, .weight = (pd_weight)i };
    }
    qsort(out, n_wanted, sizeof *out, by_pair);
    for (size_t i = 0; i < n_wanted; i++)
        if (i == 0 || by_pair(&out[n - 1], &out[i]) != 0) out[n++] = out[i];
    return n;
}

static void expect_all(const struct pd_edges *edges, const struct pd_edge *wanted, size_t n, const char *where)
{
    cr_assert_eq(edges->n_edges, n, "%s", where);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(by_pair(&edges->edges[i], &wanted[i]), 0, "%s: edge %zu", where, i);
        cr_assert_eq(edges->edges[i].weight, wanted[i].weight, "%s: edge %zu", where, i);
        for (size_t c = 0; c < WIDTH; c++)
            cr_assert_eq(edges->gammas[i * WIDTH + c], level_of(&wanted[i], c), "%s: edge %zu", where, i);
    }
}

Test(edge_order, pieces_become_one_list_in_order_with_their_levels)
{
    static const struct {
        const char *name;
        size_t n_records, n_pairs, n_pieces;
        int threads;
    } cases[] = {
        { "few records", 5, 9, 3, 1 },
        { "one piece", 3000, 2000, 1, 2 },
        { "more pieces than groups", 50000, 20000, 300, 3 },
        { "one pair", 2, 1, 4, 2 },
        { "records that fill the ranges", 1 << 16, 30000, 40, 7 },
    };
    struct pd_random random = pd_random_stream(11, 1);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct pd_edge *pairs = malloc(cases[k].n_pairs * sizeof *pairs);
        const size_t n = make_pairs(&random, cases[k].n_records, cases[k].n_pairs, pairs);
        struct pd_edge_pieces pieces = { 0 };
        struct pd_edges edges = { .n_comparisons = WIDTH };
        size_t first = 0;
        cr_assert_eq(pd_edge_pieces_add(&pieces, cases[k].n_pieces, &first, NULL), PADAN_OK);
        cr_assert_eq(first, 0);
        size_t n_later = 0; /* join a list that is there already */
        for (size_t i = 0; i < n; i++) {
            if (pd_random_below(&random, 5) == 0 && n > 1)
                n_later++;
            else
                append(&pieces.items[pd_random_below(&random, cases[k].n_pieces)], pairs[i]), pairs[i].reserved = 1;
        }
        cr_assert_eq(pd_edge_pieces_join(&pieces, cases[k].n_records, cases[k].threads, &edges, NULL), PADAN_OK);
        cr_expect_eq(edges.n_edges, n - n_later);
        pd_edge_pieces_reset(&pieces);
        cr_assert_eq(pd_edge_pieces_add(&pieces, 2, &first, NULL), PADAN_OK);
        for (size_t i = n; i-- > 0;)
            if (pairs[i].reserved == 0) append(&pieces.items[i % 2], pairs[i]);
        cr_assert_eq(pd_edge_pieces_join(&pieces, cases[k].n_records, cases[k].threads, &edges, NULL), PADAN_OK);
        expect_all(&edges, pairs, n, cases[k].name);
        cr_expect_geq(edges.capacity, n);
        pd_edge_pieces_reset(&pieces);
        pd_edges_reset(&edges);
        free(pairs);
    }
}

Test(edge_order, nothing_is_an_empty_list_and_empty_pieces_are_forgotten)
{
    struct pd_edge_pieces pieces = { 0 };
    struct pd_edges edges = { .n_comparisons = WIDTH };
    size_t first = 1;
    cr_assert_eq(pd_edge_pieces_join(&pieces, 10, 2, &edges, NULL), PADAN_OK);
    cr_expect_eq(edges.n_edges, 0);
    cr_assert_eq(pd_edge_pieces_add(&pieces, 3, &first, NULL), PADAN_OK);
    append(&pieces.items[1], (struct pd_edge){ .left = 1, .right = 2 });
    cr_assert_eq(pd_edge_pieces_add(&pieces, 5, &first, NULL), PADAN_OK);
    cr_expect_eq(first, 2, "the third piece was empty");
    cr_expect_eq(pieces.n, 7);
    pd_edge_pieces_reset(&pieces);
    pd_edges_reset(&edges);
}

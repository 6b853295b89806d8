/* SPDX-License-Identifier: MIT
 * From edges as chunks of pairs give them to one list in order. */
#ifndef PD_LINKING_EDGE_ORDER_H
#define PD_LINKING_EDGE_ORDER_H

#include "linking/edge_list.h"

/* The edges of one chunk, with their levels, in any order. */
struct pd_edge_piece {
    struct pd_edge *edges;
    int8_t *gammas;
    size_t n_edges, edges_capacity, gammas_capacity;
};

struct pd_edge_pieces {
    struct pd_edge_piece *items;
    size_t n, capacity;
};

/* Adds n empty pieces; *first is the number of the first of them. Forgets empty ones added last. */
PADAN_MUST_CHECK enum padan_status pd_edge_pieces_add(struct pd_edge_pieces *pieces, size_t n, size_t *first,
                                                      struct padan_error *error);
/* Moves the edges of all pieces into a list of edges, sorted by (left, right), each pair once, with room for some more.
 * What the list held before is among them. The list knows its n_comparisons. n_records: above all ids. On failure the
 * list is empty. OUT_OF_MEMORY; LIMIT beyond 4 billion edges. */
PADAN_MUST_CHECK enum padan_status pd_edge_pieces_join(struct pd_edge_pieces *pieces, size_t n_records, int threads,
                                                       struct pd_edges *edges, struct padan_error *error);
void pd_edge_pieces_reset(struct pd_edge_pieces *pieces);

#endif

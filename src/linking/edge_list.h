/* SPDX-License-Identifier: MIT
 * Lists of kept pairs as a whole: parted by weight, joined; edge_order.h makes them. A list is sorted by (left, right),
 * each pair once. */
#ifndef PD_LINKING_EDGE_LIST_H
#define PD_LINKING_EDGE_LIST_H

#include "model/pair.h"
#include "table/table.h"

void pd_edges_reset(struct pd_edges *edges);
/* Moves the edges below a weight to `below`, which becomes a list of its own. Linear. */
PADAN_MUST_CHECK enum padan_status pd_edges_part(struct pd_edges *edges, pd_weight weight, struct pd_edges *below,
                                                 struct padan_error *error);
/* Drops the edges between two marked records. Linear. */
void pd_edges_drop_linked(struct pd_edges *edges, const uint8_t *linked);
/* Of edges that are only guesses, keeps those within `tie` of the strongest of a row: of edges to the register,
 * counting those in `known`; of other edges where a row has none to the register. OUT_OF_MEMORY. */
struct pd_strongest {
    const struct pd_table *table;
    int register_source;
    const struct pd_edges *known;
    pd_weight tie;
    int threads;
};
PADAN_MUST_CHECK enum padan_status pd_edges_keep_strongest(const struct pd_strongest *options, struct pd_edges *edges,
                                                           struct padan_error *error);
/* Moves all edges of `from` into a list; of a pair that is in both, the one that is there stays. Linear. `from` is
 * empty afterwards, also on failure. */
PADAN_MUST_CHECK enum padan_status pd_edges_join(struct pd_edges *edges, struct pd_edges *from,
                                                 struct padan_error *error);

#endif

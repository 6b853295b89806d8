/* SPDX-License-Identifier: MIT
 * Which end of an edge is the row and which the anchor's. Used inside score/ only. */
#ifndef PD_SCORE_EDGE_ROW_H
#define PD_SCORE_EDGE_ROW_H

#include "model/linkage.h"

/* The row of an edge to the anchor, PD_NO_RECORD for other edges. */
static inline uint32_t pd_row_of_edge(const struct pd_table *table, int anchor_source, const struct pd_edge *edge)
{
    if (anchor_source < 0) return PD_NO_RECORD;
    const bool left = pd_table_source(table, edge->left) == (size_t)anchor_source;
    const bool right = pd_table_source(table, edge->right) == (size_t)anchor_source;
    if (left == right) return PD_NO_RECORD;
    return left ? edge->right : edge->left;
}

#endif

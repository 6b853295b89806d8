/* SPDX-License-Identifier: MIT
 * Which end of an edge is the row and which the anchor's. Used inside score/ only. */
#ifndef PD_SCORE_EDGE_ROW_H
#define PD_SCORE_EDGE_ROW_H

#include "model/linkage.h"

/* Told by where the source's rows begin and end, which is near; no row is of source -1. */
static inline bool pd_is_of_source(const struct pd_table *table, int source, uint32_t record)
{
    return source >= 0 && record >= table->sources[source].begin && record < table->sources[source].end;
}

/* The row of an edge to the anchor, PD_NO_RECORD for other edges. */
static inline uint32_t pd_row_of_edge(const struct pd_table *table, int anchor_source, const struct pd_edge *edge)
{
    const bool left = pd_is_of_source(table, anchor_source, edge->left);
    const bool right = pd_is_of_source(table, anchor_source, edge->right);
    if (left == right) return PD_NO_RECORD;
    return left ? edge->right : edge->left;
}

#endif

/* SPDX-License-Identifier: MIT
 * Which end of an edge is the row and which the anchor's. Used inside score/ only. */
#ifndef PD_SCORE_EDGE_ROW_H
#define PD_SCORE_EDGE_ROW_H

#include "model/linkage.h"

/* The row of an edge to the anchor, PD_NO_RECORD for other edges. */
static inline uint32_t pd_row_of_edge(const struct pd_table *table, int anchor_source, const struct pd_edge *edge)
{
    if (anchor_source < 0) return PD_NO_RECORD;
    const struct pd_source *anchor = &table->sources[anchor_source];
    const bool left = edge->left >= anchor->begin && edge->left < anchor->end;
    const bool right = edge->right >= anchor->begin && edge->right < anchor->end;
    if (left == right) return PD_NO_RECORD;
    return left ? edge->right : edge->left;
}

#endif

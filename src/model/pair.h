/* SPDX-License-Identifier: MIT
 * Pairs, edges and the callbacks between the stages that make them and those that use them. */
#ifndef PD_MODEL_PAIR_H
#define PD_MODEL_PAIR_H

#include "base/prefetch.h"
#include "base/status.h"
#include "model/model.h"

struct pd_pair {
    uint32_t left, right; /* record ids, left before right in the run's order of rows */
};

/* A pair that was kept: its weight reached the review threshold. Levels stand beside the edges (struct pd_edges). */
struct pd_edge {
    uint32_t left, right;
    pd_weight weight; /* with the prior; evidence added in round 2 is included */
    uint8_t pass;     /* blocking rule that emitted the pair */
    uint8_t class;    /* enum pd_class */
    uint8_t decision; /* 0 = by weight alone, else index + 1 of the model's decisions */
    uint8_t cut;      /* why a pair of class otomatis is not in one cluster (enum pd_cut) */
    uint32_t reserved;
};

/* Brings an edge near that will be read (base/prefetch.h): it may lie across two cache lines. */
static inline void pd_edge_prefetch(const struct pd_edge *edge)
{
    pd_prefetch(edge);
    pd_prefetch(&edge->reserved);
}

enum pd_cut { PD_CUT_NONE, PD_CUT_TWO_REGISTER_PERSONS, PD_CUT_NOT_BEST, PD_CUT_WEAK_BRIDGE };

/* Edges sorted by (left, right); gammas[i * n_comparisons + c] is the level of comparison c, -1 for null. */
struct pd_edges {
    struct pd_edge *edges;
    size_t n_edges;
    int8_t *gammas;
    size_t n_comparisons;
    size_t capacity; /* of edges, and of gammas in edges; less than n_edges: not known */
};

/* Which pairs of sources are compared. */
enum pd_scope_kind {
    PD_SCOPE_NEVER,
    PD_SCOPE_ALWAYS,
    PD_SCOPE_UNLINKED /* only when at least one of the two rows has no `linked` mark */
};

struct pd_scope {
    size_t n_sources;
    const uint8_t *matrix; /* [n_sources * n_sources] symmetric, enum pd_scope_kind */
    const uint8_t *linked; /* [n_records] 1 = has an automatic link already; NULL = none */
    bool first_look;       /* a look at the unlinked records follows: the model's first rules are enough */
};

#endif

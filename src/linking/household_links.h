/* SPDX-License-Identifier: MIT
 * What the other members of two households say of a pair: a clerk who finds the same first names in the same house
 * knows the family although its surname is spelt otherwise.
 *
 * Two households meet where pairs of their rows are edges. Within two that are one, a pair is told by what members
 * differ in: its levels are weighed against those of other members, not of random rows, so that what a household shares
 * (surname, address) counts once for all members and not once for each. For a pair
 *
 *   q   that the households are one, by the best one-to-one matching of their other members, of whom half must be
 *       found: what all share, counted once, what each tells of itself, and those who are not found. Other households
 *       that are as good share it, so nothing is gained of two equals;
 *   d   what the best matching loses without this pair, in bits: nothing where another one is as good;
 *
 * the odds become q 2^d + (1 - q) 2^weight where that is more. Figures come with the model (`padan_household_members`).
 * Source: group linkage, On, Koudas, Lee and Srivastava 2007; households of censuses, Fu, Christen and Zhou 2014;
 * collective evidence, Bhattacharya and Getoor 2007. That figures are learnt without labels, from members who are known
 * to be others, is ours. */
#ifndef PD_LINKING_HOUSEHOLD_LINKS_H
#define PD_LINKING_HOUSEHOLD_LINKS_H

#include "base/assignment.h"
#include "base/radix.h"
#include "model/household_members.h"
#include "model/pair.h"
#include "table/household_rows.h"

/* Two households of different sources with at least one edge: keys [begin, end) name the edges. */
struct pd_household_meeting {
    uint32_t households[2]; /* the lower number first */
    size_t begin, end;
};

struct pd_household_meetings {
    const struct pd_household_rows *rows;
    const struct pd_edges *edges;
    struct pd_key *keys; /* by meeting; record: the edge */
    struct pd_household_meeting *items;
    size_t n;
};

/* LIMIT beyond 4 billion edges. Edges and rows must outlive it. */
PADAN_MUST_CHECK enum padan_status pd_household_meetings_make(const struct pd_table *table,
                                                              const struct pd_household_rows *rows,
                                                              const struct pd_edges *edges, int threads,
                                                              struct pd_household_meetings *meetings,
                                                              struct padan_error *error);
void pd_household_meetings_reset(struct pd_household_meetings *meetings);

/* A pair of members: which of either household, its edge, and what it is worth. */
struct pd_member_pair {
    uint8_t places[2];
    uint32_t edge;
    double worth;
};
struct pd_member_pairs {
    struct pd_member_pair items[PD_HOUSEHOLD_MAX * PD_HOUSEHOLD_MAX];
    size_t n;
    size_t n_most; /* members of the larger household */
};
/* The pairs of a meeting, of the worths of edges [n_edges]. */
void pd_household_pairs(const struct pd_household_meetings *meetings, size_t meeting, const double *worths,
                        struct pd_member_pairs *pairs);
/* What the best matching of members is worth, no member twice. */
double pd_household_match(const struct pd_member_pairs *pairs);

/* gains [edges of the meetings] out: bits to be added to weights [the same], 0 or more. */
PADAN_MUST_CHECK enum padan_status pd_household_gains(const struct pd_household_meetings *meetings,
                                                      const struct pd_table *table,
                                                      const struct pd_household_members *members, const double *weights,
                                                      double *gains, struct padan_error *error);

#endif

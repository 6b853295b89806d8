/* SPDX-License-Identifier: MIT
 * Families that the registry tells of without a head. Every card has one head of the family, so a card on which the
 * registry puts nobody as the head is an old number or a slip: its people belong to another card. Where no register
 * tells which one, their relatives do: a child to the card on which its mother is head or wife, a wife to the card on
 * which her child is without its mother, a child to that of the other children of its mother; by full name, with ages
 * that fit, and only within one neighbourhood (RT and RW of a village). Neither an address nor a number one slip away
 * is enough: neighbours have both. A married daughter next door has her own card with a head, or is no child there.
 *
 * A family goes to the only card with a head that its relatives lead to; where they lead to two, to none. So two
 * heads never come into one family by it. */
#ifndef PD_CLUSTER_HEADLESS_H
#define PD_CLUSTER_HEADLESS_H

#include "cluster/cluster.h"

struct pd_headless_options {
    const struct pd_table *table;
    const struct pd_clusters *clusters;
    const bool *tells_members; /* [n_sources] of sources that have a row for every member, with its place */
    /* Columns; -1 where there is none. */
    int place_in_family, name, mother, birth, sex, village, rt, rw;
    int threads;
};

/* household [n_records] as pd_cluster_households made it; families that belong together are named by their first row
 * in order of identity. Nothing happens without one of the columns. Linear in records. */
PADAN_MUST_CHECK enum padan_status pd_cluster_headless(const struct pd_headless_options *options, uint32_t *household,
                                                       struct padan_error *error);

#endif

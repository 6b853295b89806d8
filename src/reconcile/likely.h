/* SPDX-License-Identifier: MIT
 * Who a person may also be: the upper end of every interval [pasti, pasti + tinjau]. A cluster that holds no person of
 * the register follows its strongest pair that was kept for review to the cluster at its other end; where that has a
 * person of the register, rather the strongest pair with a row of the register itself. Clusters that only follow each
 * other, as two months of one roster may, take the strongest pair with such a row that any of them has. So two people
 * of the register are never one likely person. A row with somebody else's NIK (K2) has its strongest pair with itself:
 * name, date and family outweigh the number.
 *
 * The strongest pair of one cluster in some hundred is that of the wrong person, another the right one. So a cluster
 * also has its alternatives: whatever other persons its pairs lead to. What counts under any of them is a bound as
 * well. */
#ifndef PD_RECONCILE_LIKELY_H
#define PD_RECONCILE_LIKELY_H

#include "model/alternative.h"
#include "model/linkage.h"

void pd_alternatives_reset(struct pd_alternatives *alternatives);

/* likely [n_records] out, for every row: the representative row of the likely person; linkage->cluster[r] where nothing
 * is to be reviewed. Linear in records and edges. Not to be called inside pd_parallel_for, as the others. alternatives,
 * {0} before, is the caller's to reset, also after a failure. */
PADAN_MUST_CHECK enum padan_status pd_likely_persons(const struct pd_linkage *linkage, int threads, uint32_t *likely,
                                                     struct pd_alternatives *alternatives, struct padan_error *error);

/* Which families may be one: those that the register holds under one family number, while the registry, which comes
 * first, parts them. likely_family [n_records] out, for every representative row of a family: that of the likely one.
 */
PADAN_MUST_CHECK enum padan_status pd_likely_families(const struct pd_linkage *linkage, int threads,
                                                      uint32_t *likely_family, struct padan_error *error);

#endif

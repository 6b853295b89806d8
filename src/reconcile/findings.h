/* SPDX-License-Identifier: MIT
 * The one list of findings (model/finding.h): added to by everything that looks for what is wrong, then finished once.
 * Not for use by several threads at once: parallel finders keep lists of their own and add in a fixed order. */
#ifndef PD_RECONCILE_FINDINGS_H
#define PD_RECONCILE_FINDINGS_H

#include "model/finding.h"

/* Number of a text (id_aturan, kriteria) for findings; the same text gets the same number. Few different texts: looked
 * up linearly. BAD_ARGUMENT beyond 65535 different texts. */
PADAN_MUST_CHECK enum padan_status pd_findings_text(struct pd_findings *findings, struct pd_text text, uint16_t *number,
                                                    struct padan_error *error);
/* Adds a finding. *handle (may be NULL) finds it again after pd_findings_finish, for the id_temuan of another report.
 */
PADAN_MUST_CHECK enum padan_status pd_findings_add(struct pd_findings *findings, const struct pd_finding *finding,
                                                   uint32_t *handle, struct padan_error *error);
/* Sorts the list by row and decides which finding of each row counts: the certain one with the most money, else the one
 * to be reviewed with the most money, else the first certain one. n_records of the table. Linear. */
PADAN_MUST_CHECK enum padan_status pd_findings_finish(struct pd_findings *findings, size_t n_records,
                                                      struct padan_error *error);
/* After pd_findings_finish. */
void pd_findings_sum(const struct pd_findings *findings, struct pd_finding_sums *sums);
void pd_findings_reset(struct pd_findings *findings);

/* Position of a finding in temuan.csv, from 1: the number in its id_temuan. After pd_findings_finish. */
static inline uint64_t pd_findings_number(const struct pd_findings *findings, uint32_t handle)
{
    return (uint64_t)findings->places[handle] + 1;
}

#endif

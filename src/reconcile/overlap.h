/* SPDX-License-Identifier: MIT
 * Which persons and families are paid by several programs at once, and what the rules say (model/overlap.h). Overlap is
 * found on clusters and families, never on equal text. */
#ifndef PD_RECONCILE_OVERLAP_H
#define PD_RECONCILE_OVERLAP_H

#include "job/rules.h"
#include "model/overlap.h"
#include "reconcile/findings.h"
#include "reconcile/payments.h"

struct pd_overlap_options {
    const struct pd_payment_options *payments;
    const struct pd_rule_table *rules;
};

/* BAD_ARGUMENT when the job pays by more than PD_OVERLAP_PROGRAMS_MAX programs. */
PADAN_MUST_CHECK enum padan_status pd_overlaps_find(const struct pd_overlap_options *options,
                                                    struct pd_overlaps *overlaps, struct padan_error *error);
/* Adds a finding for every forbidden or doubtful pair, about the row of program_batal with its amount, or about
 * program_a's row with an amount that is not known. A pair that is only to be checked puts no money at risk: 0. */
PADAN_MUST_CHECK enum padan_status pd_overlaps_report(struct pd_overlaps *overlaps,
                                                      const struct pd_overlap_options *options,
                                                      const struct pd_program_list *programs,
                                                      struct pd_findings *findings, struct padan_error *error);
void pd_overlaps_reset(struct pd_overlaps *overlaps);

#endif

/* SPDX-License-Identifier: MIT
 * Who was paid twice inside a program (model/duplicate.h). Payments are compared when their periods overlap; another
 * tahap or a reissued failed payment is no duplicate. Of payments that overlap in a chain the set that is worth most
 * and does not overlap is kept (the largest, when all overlap); the others are too many. */
#ifndef PD_RECONCILE_DUPLICATES_H
#define PD_RECONCILE_DUPLICATES_H

#include "model/duplicate.h"
#include "reconcile/findings.h"
#include "reconcile/payments.h"

PADAN_MUST_CHECK enum padan_status pd_duplicates_find(const struct pd_payment_options *options,
                                                      struct pd_duplicates *duplicates, struct padan_error *error);
/* Adds a finding for every row that is not kept, and for every row of a K2. */
PADAN_MUST_CHECK enum padan_status pd_duplicates_report(const struct pd_duplicates *duplicates,
                                                        const struct pd_payment_options *options,
                                                        struct pd_findings *findings, struct padan_error *error);
void pd_duplicates_reset(struct pd_duplicates *duplicates);

#endif

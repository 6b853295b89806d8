/* SPDX-License-Identifier: MIT
 * Who was paid twice. Rows of one program count when they were paid and their periods overlap; another tahap or a
 * reissued failed payment is no duplicate. A group is
 *   K1a, K1b  rows of one person cluster that all carry one clean NIK (all five fields equal, or not);
 *   K3        rows of one person cluster with another NIK, or none;
 *   K2        rows of different persons that carry one clean NIK;
 *   KK        rows of one family (programs per family) through different persons;
 * pasti by clusters; K1b and K3 are tinjau for a pair of class tinjau. */
#ifndef PD_RECONCILE_DUPLICATES_H
#define PD_RECONCILE_DUPLICATES_H

#include "model/duplicate.h"

struct pd_duplicate_options {
    const struct pd_linkage *linkage;
    const uint8_t *paid;               /* [n_records] */
    const int *program_of_source;      /* [n_sources] -1: not a program */
    const bool *program_pays_families; /* [n_programs] */
    int threads;
};

PADAN_MUST_CHECK enum padan_status pd_duplicates_find(const struct pd_duplicate_options *options,
                                                      struct pd_duplicates *duplicates, struct padan_error *error);
void pd_duplicates_reset(struct pd_duplicates *duplicates);

#endif

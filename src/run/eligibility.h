/* SPDX-License-Identifier: MIT
 * Eligibility: who is in the registry, who was paid that should not be, and the reports about it. */
#ifndef PD_RUN_ELIGIBILITY_H
#define PD_RUN_ELIGIBILITY_H

#include "reconcile/ineligible.h"

struct pd_run_state;
struct pd_report;

struct pd_run_eligibility {
    struct pd_categories categories;
    struct pd_disqualifiers disqualifiers;
    struct pd_registry_options options;
    struct pd_registry registry;
    struct pd_slices slices;
    struct pd_ineligibles ineligibles;
};

/* Compiles the conditions of the job, as soon as the columns are known. */
PADAN_MUST_CHECK enum padan_status pd_run_check_categories(struct pd_run_state *run, struct padan_error *error);
/* Who was paid, by what program and when; run->programs must be known. */
PADAN_MUST_CHECK enum padan_status pd_run_find_slices(struct pd_run_state *run, struct padan_error *error);
/* A step of pd_run_reconcile: asks the registry, adds findings. */
PADAN_MUST_CHECK enum padan_status pd_run_find_ineligible(struct pd_run_state *run, struct padan_error *error);
/* galat_sasaran.csv, cakupan_desil.csv, penerima_tidak_layak.csv, cakupan_keluarga.csv; perbaikan_data.csv and
 * tinjauan_manual.csv. */
PADAN_MUST_CHECK enum padan_status pd_run_write_eligibility(struct pd_run_state *run, const struct pd_report *report,
                                                            struct padan_error *error);
void pd_run_eligibility_reset(struct pd_run_state *run);

#endif

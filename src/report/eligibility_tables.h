/* SPDX-License-Identifier: MIT
 * penerima_tidak_layak.csv and cakupan_keluarga.csv (CONTRACT 6). */
#ifndef PD_REPORT_ELIGIBILITY_TABLES_H
#define PD_REPORT_ELIGIBILITY_TABLES_H

#include "model/finding.h"
#include "model/registry.h"
#include "report/row_context.h"
#include "report/run_folder.h"

struct pd_eligibility_report {
    const struct pd_report *report;
    const struct pd_registry *registry;
    const struct pd_slices *slices;
    const struct pd_ineligibles *ineligibles;
    const struct pd_findings *findings; /* finished */
};

/* A line per row and reason. */
PADAN_MUST_CHECK enum padan_status pd_write_ineligibles(const struct pd_eligibility_report *report,
                                                        struct pd_run_folder *folder, struct padan_error *error);
/* A line per family that was paid anything, by its first paid row. */
PADAN_MUST_CHECK enum padan_status pd_write_family_coverage(const struct pd_eligibility_report *report,
                                                            struct pd_run_folder *folder, struct padan_error *error);

#endif

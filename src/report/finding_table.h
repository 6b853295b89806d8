/* SPDX-License-Identifier: MIT
 * temuan.csv: every finding of the run; the headline is the sum of nominal_temuan where dihitung is 1. */
#ifndef PD_REPORT_FINDING_TABLE_H
#define PD_REPORT_FINDING_TABLE_H

#include "model/finding.h"
#include "report/row_context.h"
#include "report/run_folder.h"

/* findings must be finished. */
PADAN_MUST_CHECK enum padan_status pd_write_findings(const struct pd_report *report, const struct pd_findings *findings,
                                                     struct pd_run_folder *folder, struct padan_error *error);
/* jenis: "GANDA_K1" ... */
const char *pd_finding_kind_name(enum pd_finding_kind kind);

#endif

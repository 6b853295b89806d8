/* SPDX-License-Identifier: MIT
 * perubahan_dtsen.csv: who is new in each version of the registry, who is gone, and whose decile moved, against the
 * version before it in the same job. */
#ifndef PD_REPORT_VERSION_CHANGES_H
#define PD_REPORT_VERSION_CHANGES_H

#include "report/row_context.h"
#include "report/run_folder.h"

/* People where both versions tell of them, then families; by version, those of the newer first. The table is missed,
 * with its reason, in a job of fewer than two versions. */
PADAN_MUST_CHECK enum padan_status pd_write_version_changes(const struct pd_report *report,
                                                            struct pd_run_folder *folder, struct padan_error *error);

#endif

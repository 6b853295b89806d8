/* SPDX-License-Identifier: MIT
 * What goes back to people: perbaikan_data.csv (rows to repair, with a suggestion each) and tinjauan_manual.csv (pairs
 * that need a human eye), CONTRACT 6 and DOMAIN 9.4. */
#ifndef PD_REPORT_REPAIR_TABLES_H
#define PD_REPORT_REPAIR_TABLES_H

#include "model/finding.h"
#include "report/row_context.h"
#include "report/run_folder.h"

/* A line per anomaly of each program row. An address is complete when it has what the post needs, RT and kecamatan
 * [s:bansos-flow]; rosters that never have an RT are not asked for it row by row. report must outlive the plan, which
 * is to be reset after a failure too. */
PADAN_MUST_CHECK enum padan_status pd_plan_repairs(const struct pd_report *report, const struct pd_findings *findings,
                                                   struct pd_table_plan *plan, struct padan_error *error);
/* A line per pair of class tinjau that no other link has settled: both rows, a verdict per element, one sentence, room
 * for the decision. */
PADAN_MUST_CHECK enum padan_status pd_write_reviews(const struct pd_report *report, struct pd_run_folder *folder,
                                                    struct padan_error *error);

#endif

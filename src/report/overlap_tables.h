/* SPDX-License-Identifier: MIT
 * tumpang_tindih_matriks.csv, tumpang_tindih_kombinasi.csv and tumpang_tindih_larangan.csv (CONTRACT 6). A line of the
 * matrix with program_a = program_b holds all units of the program; other lines are parted by the rule that decides, so
 * all lines of a pair sum to its units. */
#ifndef PD_REPORT_OVERLAP_TABLES_H
#define PD_REPORT_OVERLAP_TABLES_H

#include "model/finding.h"
#include "model/overlap.h"
#include "report/row_context.h"
#include "report/run_folder.h"

PADAN_MUST_CHECK enum padan_status pd_write_overlap_matrix(const struct pd_report *report,
                                                           const struct pd_overlaps *overlaps,
                                                           struct pd_run_folder *folder, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_combinations(const struct pd_report *report,
                                                         const struct pd_overlaps *overlaps,
                                                         struct pd_run_folder *folder, struct padan_error *error);
/* findings must be finished. */
PADAN_MUST_CHECK enum padan_status pd_write_forbidden(const struct pd_report *report,
                                                      const struct pd_overlaps *overlaps,
                                                      const struct pd_findings *findings, struct pd_run_folder *folder,
                                                      struct padan_error *error);

#endif

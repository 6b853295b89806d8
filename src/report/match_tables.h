/* SPDX-License-Identifier: MIT
 * The tables of the links themselves: klaster.csv, pasangan.csv, hasil_padan.csv, rekap_padan.csv (CONTRACT 6). */
#ifndef PD_REPORT_MATCH_TABLES_H
#define PD_REPORT_MATCH_TABLES_H

#include "report/row_context.h"
#include "report/run_folder.h"

PADAN_MUST_CHECK enum padan_status pd_write_clusters(const struct pd_report *report, struct pd_run_folder *folder,
                                                     struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_pairs(const struct pd_report *report, struct pd_run_folder *folder,
                                                  struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_matches(const struct pd_report *report, struct pd_run_folder *folder,
                                                    struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_match_summary(const struct pd_report *report, struct pd_run_folder *folder,
                                                          struct padan_error *error);

#endif

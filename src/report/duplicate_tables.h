/* SPDX-License-Identifier: MIT
 * ganda_dalam_program.csv (a line per row of a group) and rekap_ganda.csv (sums by region), CONTRACT 6. A group counts
 * where its first kept row lies and in that row's period, so groups, rows and money all sum to the nation. */
#ifndef PD_REPORT_DUPLICATE_TABLES_H
#define PD_REPORT_DUPLICATE_TABLES_H

#include "model/duplicate.h"
#include "report/row_context.h"
#include "report/run_folder.h"

PADAN_MUST_CHECK enum padan_status pd_write_duplicates(const struct pd_report *report,
                                                       const struct pd_duplicates *duplicates,
                                                       struct pd_run_folder *folder, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_duplicate_summary(const struct pd_report *report,
                                                              const struct pd_duplicates *duplicates,
                                                              struct pd_run_folder *folder, struct padan_error *error);

/* id_grup of a group by its position from 1: "G00000001"; nothing for 0. */
void pd_append_group_id(struct pd_buffer *out, uint64_t number);
/* The record of a group's first kept row. */
uint32_t pd_duplicate_main_row(const struct pd_duplicates *duplicates, const struct pd_duplicate_group *group);

#endif

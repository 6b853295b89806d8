/* SPDX-License-Identifier: MIT
 * The tables of the links themselves: klaster.csv, pasangan.csv, hasil_padan.csv, rekap_padan.csv (CONTRACT 6). */
#ifndef PD_REPORT_MATCH_TABLES_H
#define PD_REPORT_MATCH_TABLES_H

#include "report/row_context.h"
#include "report/run_folder.h"

/* Each makes a plan, to be reset after a failure too. report must outlive it. */
PADAN_MUST_CHECK enum padan_status pd_plan_clusters(const struct pd_report *report, struct pd_table_plan *plan,
                                                    struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_plan_matches(const struct pd_report *report, struct pd_table_plan *plan,
                                                   struct padan_error *error);
/* The columns of pasangan.csv that tell the levels of an edge, as who has compiled the model formats them. */
struct pd_level_columns {
    struct pd_text names; /* with a comma before each */
    struct pd_pen (*write)(struct pd_pen pen, const void *context, size_t edge);
    void (*prefetch)(const void *context, size_t edge); /* some edges ahead of write */
    const void *context;
};
/* levels must outlive the plan. */
PADAN_MUST_CHECK enum padan_status pd_plan_pairs(const struct pd_report *report, const struct pd_level_columns *levels,
                                                 struct pd_table_plan *plan, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_write_match_summary(const struct pd_report *report, struct pd_run_folder *folder,
                                                          struct padan_error *error);

#endif

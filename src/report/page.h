/* SPDX-License-Identifier: MIT
 * laporan.html: one page that is read without a network. The page itself is datasets/laporan.html (its script draws the
 * tables); here the figures are put into it: the tables of the run folder as they were written, down to the regions
 * that fit, and the findings summed up. No name, NIK or KK is in any of them. */
#ifndef PD_REPORT_PAGE_H
#define PD_REPORT_PAGE_H

#include "model/finding.h"
#include "model/payment.h"
#include "report/changes.h"
#include "report/row_context.h"
#include "report/run_folder.h"

struct pd_page {
    const struct pd_report *report;
    const struct pd_findings *findings; /* finished */
    const struct pd_row_programs *programs;
    const struct pd_change_counts *changes; /* NULL without perubahan.csv */
    const struct pd_text *alarms;           /* [n_alarms] */
    size_t n_alarms;
    uint64_t n_clusters, n_automatic, n_program_rows;
    struct pd_text template; /* datasets/laporan.html */
};

/* Last of all reports: it reads the others and tells which are missing. */
PADAN_MUST_CHECK enum padan_status pd_write_page(const struct pd_page *page, struct pd_run_folder *folder,
                                                 struct padan_error *error);

#endif

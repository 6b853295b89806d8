/* SPDX-License-Identifier: MIT
 * profil_nik.csv: what was found on the NIKs of each file, by region (DOMAIN R2). */
#ifndef PD_REPORT_NIK_PROFILE_H
#define PD_REPORT_NIK_PROFILE_H

#include "report/row_context.h"
#include "report/run_folder.h"

struct pd_profiled_file {
    struct pd_text name, source;
    size_t begin, end; /* its rows */
};

/* A line per file and region on every level; of a file without rows that of the nation alone. */
PADAN_MUST_CHECK enum padan_status pd_write_nik_profile(const struct pd_report *report,
                                                        const struct pd_profiled_file *files, size_t n_files,
                                                        struct pd_run_folder *folder, struct padan_error *error);

#endif

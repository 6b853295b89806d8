/* SPDX-License-Identifier: MIT
 * An output folder at a path of the user's choice (`--out DIR`), whole or not there: made beside it under a temporary
 * name and renamed. A folder that is there already is replaced only when it is empty or all in it was written so, as
 * its manifest.json tells. Nobody is promised the SHA-256 of its files: their digest only tells whether they are still
 * the same. */
#ifndef PD_REPORT_OUTPUT_FOLDER_H
#define PD_REPORT_OUTPUT_FOLDER_H

#include "report/run_folder.h"

/* Afterwards the functions of run_folder.h work on it, but for pd_run_folder_publish. BAD_ARGUMENT when path holds
 * something else, IO when another process is making it. */
PADAN_MUST_CHECK enum padan_status pd_output_folder_open(struct pd_run_folder *folder, const char *path,
                                                         struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_output_folder_publish(struct pd_run_folder *folder, struct padan_error *error);

#endif

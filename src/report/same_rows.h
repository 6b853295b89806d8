/* SPDX-License-Identifier: MIT
 * Which rows of two runs are the same row (CONTRACT 2): where ids only say where a row stands in its file, one inserted
 * row gives another name to all that follow. */
#ifndef PD_REPORT_SAME_ROWS_H
#define PD_REPORT_SAME_ROWS_H

#include "model/row_renames.h"

/* The names that rows of run `after` have in run `before`, as far as they differ. Rows named by their place are the
 * same when source and content are, the k-th of equal ones the k-th; what is left, when place and NIK or name are.
 * Nothing is renamed when a folder keeps no state; BAD_INPUT when one keeps a state that cannot be read, then renames
 * are empty. Linear in rows, but for sorting. */
PADAN_MUST_CHECK enum padan_status pd_same_rows_find(struct pd_row_renames *renames, const char *before,
                                                     const char *after, int threads, struct padan_error *error);
void pd_row_renames_reset(struct pd_row_renames *renames);

#endif

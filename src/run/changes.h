/* SPDX-License-Identifier: MIT
 * keadaan/ for the next night, and what changed since the last one. */
#ifndef PD_RUN_CHANGES_H
#define PD_RUN_CHANGES_H

#include "report/changes.h"

struct pd_run_state;

/* Writes what of keadaan/ has no line per row or pair and, with `previous:`, perubahan.csv; rings when the rows of a
 * source changed more than the job allows. A previous run without a state that can be read is an alarm, not the end of
 * the run. */
PADAN_MUST_CHECK enum padan_status pd_run_write_changes(struct pd_run_state *run, const struct pd_row_hasher *hasher,
                                                        struct padan_error *error);

#endif

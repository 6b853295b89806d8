/* SPDX-License-Identifier: MIT
 * What a run found, in a few lines for the terminal, and the limits of the job that it passed. */
#ifndef PD_RUN_HEADLINE_H
#define PD_RUN_HEADLINE_H

#include "run/state.h"

/* Rings an alarm for every limit on findings that was passed: duplicates_percent, dead_rows, forbidden_families. */
PADAN_MUST_CHECK enum padan_status pd_run_check_findings(struct pd_run_state *run, struct padan_error *error);
/* Appends the table of findings to the headline: rows and money as intervals [pasti, pasti + tinjau]. */
void pd_run_append_findings(const struct pd_run_state *run, struct pd_run_summary *summary);

#endif

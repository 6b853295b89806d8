/* SPDX-License-Identifier: MIT
 * `buka_nik` of the job: NIK and KK in full in all outputs, or in named ones only, each with its reason. */
#ifndef PD_RUN_OPENINGS_H
#define PD_RUN_OPENINGS_H

#include "report/row_context.h"

struct pd_run_state;

/* Opens run->masking when the command line or the job opens every output. BAD_ARGUMENT when the job opens an output
 * that shows no numbers. */
PADAN_MUST_CHECK enum padan_status pd_run_open_numbers(struct pd_run_state *run, struct padan_error *error);
/* The report as one output is to be written: with its numbers opened when the job says so. */
struct pd_report pd_run_report_for(const struct pd_report *report, const char *output);
/* The reasons for the trail: "reason", or "output: reason; ..."; NULL when everything is hidden. Lives in the arena. */
PADAN_MUST_CHECK enum padan_status pd_run_opening_reasons(struct pd_run_state *run, const char **reasons,
                                                          struct padan_error *error);

#endif

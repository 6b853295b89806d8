/* SPDX-License-Identifier: MIT
 * job.yaml of a generated night, and what the next night reads back from it. */
#ifndef PD_GENERATE_JOB_FILE_H
#define PD_GENERATE_JOB_FILE_H

#include "generate/expected.h"
#include "generate/layout.h"

PADAN_MUST_CHECK enum padan_status pd_job_file_write(const struct pd_nation *nation, const struct pd_layout *layouts,
                                                     const struct pd_expected *expected, struct padan_error *error);

/* Which night comes after the one in options->previous; 1 without one. BAD_ARGUMENT when that folder was not made by
 * the same people, seed, regime, provinces and names; BAD_INPUT when it has no job file. */
PADAN_MUST_CHECK enum padan_status pd_job_file_next_night(const struct pd_generate_options *options, int *night,
                                                          struct padan_error *error);

#endif

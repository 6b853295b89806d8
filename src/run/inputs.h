/* SPDX-License-Identifier: MIT
 * A job's sources as ingest and normalisation take them: what `run` and `check` have in common before any row is read.
 */
#ifndef PD_RUN_INPUTS_H
#define PD_RUN_INPUTS_H

#include "ingest/ingest.h"
#include "job/job.h"
#include "normalise/normalise.h"

struct pd_inputs {
    struct pd_input_source *sources;        /* [n_sources] as job->sources */
    struct pd_normalise_source *periods;    /* [n_sources] */
    struct pd_input_file *files;            /* [n_files] all files of all sources, in job order */
    struct pd_normalise_file *file_options; /* [n_files] */
    size_t n_sources, n_files;
};

/* Everything lives in arena and borrows the job's texts. */
PADAN_MUST_CHECK enum padan_status pd_inputs_of_job(const struct pd_job *job, struct pd_arena *arena,
                                                    struct pd_inputs *inputs, struct padan_error *error);

#endif

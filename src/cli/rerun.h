/* SPDX-License-Identifier: MIT
 * What a run folder does not hold, found anew from the files that the run read, by the model that it used. */
#ifndef PD_CLI_RERUN_H
#define PD_CLI_RERUN_H

#include "evaluate/explain.h"
#include "run/run.h"

struct pd_rerun {
    const char *run;                 /* its folder */
    const char *model;               /* its model file */
    struct pd_run_progress progress; /* is told of files that have changed */
};

/* The judge of a struct pd_pair_judge; context is a struct pd_rerun. */
PADAN_MUST_CHECK enum padan_status pd_rerun_two_rows(void *context, const char *const ids[2], struct pd_arena *arena,
                                                     struct pd_pair_evidence *evidence, struct padan_error *error);

/* How many true pairs the rules of a run of padan dedupe or link bring together. truth: an entity per row. Cost: load
 * and blocking of the run. */
PADAN_MUST_CHECK enum padan_status pd_rerun_blocking(const struct pd_rerun *judge, const char *truth,
                                                     uint64_t *n_compared, struct padan_error *error);

#endif

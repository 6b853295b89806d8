/* SPDX-License-Identifier: MIT
 * Two rows of a run judged anew by the model that it used, from the files that it read. */
#ifndef PD_CLI_JUDGE_H
#define PD_CLI_JUDGE_H

#include "evaluate/explain.h"
#include "run/run.h"

struct pd_judge_context {
    const char *run;                 /* its folder */
    const char *model;               /* its model file */
    struct pd_run_progress progress; /* is told of files that have changed */
};

/* The judge of a struct pd_pair_judge; context is a struct pd_judge_context. Moves to the folder where the command of
 * the run was given, so paths that are relative to another one must have been read before. */
PADAN_MUST_CHECK enum padan_status pd_judge_in_run(void *context, const char *const ids[2], struct pd_arena *arena,
                                                   struct pd_pair_evidence *evidence, struct padan_error *error);

#endif

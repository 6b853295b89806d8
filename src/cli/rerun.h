/* SPDX-License-Identifier: MIT
 * What a run folder does not hold, found anew from the files that the run read, by the model that it used. */
#ifndef PD_CLI_RERUN_H
#define PD_CLI_RERUN_H

#include "evaluate/explain.h"
#include "linking/row_values.h"
#include "model/source_pairs.h"
#include "run/run.h"

struct pd_rerun {
    const char *run;                 /* its folder */
    const char *model;               /* its model file */
    struct pd_run_progress progress; /* is told of files that have changed */
};

/* The judge of a struct pd_pair_judge; context is a struct pd_rerun. */
PADAN_MUST_CHECK enum padan_status pd_rerun_two_rows(void *context, const char *const ids[2], struct pd_arena *arena,
                                                     struct pd_pair_evidence *evidence, struct padan_error *error);

/* The judge of a struct pd_pairs_judge; context is a struct pd_rerun. */
PADAN_MUST_CHECK enum padan_status pd_rerun_pairs(void *context, const struct pd_named_pairs *pairs,
                                                  struct padan_error *error);

/* A value of each row that the run read. */
PADAN_MUST_CHECK enum padan_status pd_rerun_row_values(const struct pd_rerun *rerun, const struct pd_row_values *values,
                                                       struct padan_error *error);

/* The thresholds of a run of padan dedupe or link. */
struct pd_rerun_thresholds {
    struct pd_arena arena;
    struct pd_buffer text;
    struct pd_model model;
    struct pd_link_thresholds thresholds;
    bool known; /* false: of padan run, or where decisions of the model have a say, or nothing tells them */
};

void pd_rerun_thresholds_find(struct pd_rerun_thresholds *found, const struct pd_rerun *rerun);
void pd_rerun_thresholds_reset(struct pd_rerun_thresholds *found);

/* An entity per row. */
struct pd_rerun_truth {
    const char *path;
    struct pd_truth_columns columns;
};

/* How many true pairs the rules of a run of padan dedupe or link bring together. Cost: load and blocking of the run. */
PADAN_MUST_CHECK enum padan_status pd_rerun_blocking(const struct pd_rerun *rerun, const struct pd_rerun_truth *truth,
                                                     uint64_t *n_compared, struct padan_error *error);

#endif

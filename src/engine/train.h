/* SPDX-License-Identifier: MIT
 * `padan train` once model and data are read: trains and writes the model and the report. */
#ifndef PD_ENGINE_TRAIN_H
#define PD_ENGINE_TRAIN_H

#include "evaluate/population.h"
#include "model/pair.h"
#include "run/run.h"
#include "table/table.h"

#define PD_SEED_UNSAID UINT64_MAX

struct pd_training_options {
    const char *labels;              /* file of labels, or NULL */
    struct pd_truth_columns columns; /* of it */
    double precision;                /* wanted of class otomatis, with labels; 0 = no thresholds are set */
    uint64_t seed;                   /* see train/train.h; PD_SEED_UNSAID: the job's, 1 where there is none */
    uint64_t max_pairs;              /* likewise */
    const char *rules;               /* training rules parted by ';', or NULL = the model's and its own */
    bool frequencies;                /* write the frequencies of term-frequency columns beside the model */
    bool left_by_id;                 /* see train/train.h */
    const char *out;                 /* model to write */
    const char *report;              /* report to write; NULL = out with .training.txt for its ending */
};

PADAN_MUST_CHECK enum padan_status pd_engine_train(const struct pd_training_options *options, struct pd_table *table,
                                                   struct pd_model *model, const struct pd_scope *scope, int threads,
                                                   const struct pd_run_progress *progress,
                                                   struct pd_run_summary *summary, struct padan_error *error);

#endif

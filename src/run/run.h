/* SPDX-License-Identifier: MIT
 * The nightly reconciliation: job file in, run folder out. Where all stages meet. */
#ifndef PD_RUN_RUN_H
#define PD_RUN_RUN_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* Told at the start of each stage and, inside long ones, from time to time; called from the calling thread only. */
struct pd_run_progress {
    void (*stage)(void *context, const char *stage, size_t index, size_t n_stages);
    void (*message)(void *context, const char *sentence); /* something the user should know (notes, alarms) */
    void *context;
    /* Both may be NULL. Before each stage: what share of the work lies behind when it begins and when it ends, as far
     * as is known (0 and 0: it is not). Within one: what part of it is done. */
    void (*share)(void *context, double begin, double end);
    void (*part)(void *context, double part);
};

struct pd_candidates_options;
struct pd_known_inputs;
struct pd_row_values;
struct pd_asked_pairs;
struct pd_buffer;
struct pd_memory_keeper;

struct pd_run_options {
    const char *job_path;
    const char *out;                       /* overrides the job's folder of runs; NULL = the job's */
    int threads;                           /* 0 = the job's, then all processors */
    uint64_t memory_bytes;                 /* 0 = the job's */
    const struct pd_memory_keeper *keeper; /* keeps the process within it (run/memory_plan.h); NULL = none */
    const char *open_nik_reason;           /* --buka-nik: NULL = masked */
    const char *model;                     /* a model file instead of the job's; NULL = the job's */
    const char *bahasa;                    /* overrides the job's; NULL = the job's */
    bool show_plan;                        /* tell the plan through progress.message */
    int argc;                              /* the command line, for the manifest */
    char **argv;
    const struct pd_candidates_options
        *blocking; /* only count candidate pairs (candidates.h), write no folder; or NULL */
    const struct pd_training_options
        *training;                          /* only train the job's model (engine_train.h), write no folder; or NULL */
    const struct pd_known_inputs *known;    /* what the files were in an earlier run (known_inputs.h), or NULL */
    const struct pd_asked_pairs *two_rows;  /* only judge two rows (linking/two_rows.h), write no folder; or NULL */
    const struct pd_row_values *row_values; /* only tell a value of each row (linking/row_values.h); or NULL */
    const char *keep;                       /* only keep what is made of this index, the job's first file; or NULL */
    struct pd_buffer *report;               /* with blocking: what was counted is appended */
    struct pd_run_progress progress;        /* functions may be NULL */
};

struct pd_run_summary {
    char path[4096]; /* the finished run folder */
    int exit_code;   /* 0, or 1 when a limit was passed, a file was skipped or an alarm rang */
    uint64_t n_rows, n_rejected, n_pairs, n_edges, n_clusters;
    double seconds;
    char headline[4096]; /* a few lines for the terminal */
};

/* Runs a job. On failure nothing is left but the last good run. Blocking; uses the given number of threads. */
PADAN_MUST_CHECK enum padan_status pd_run(const struct pd_run_options *options, struct pd_run_summary *summary,
                                          struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * The general engine: any tables and any model in, pairs and clusters out (`padan dedupe`, `padan link`). */
#ifndef PD_ENGINE_ENGINE_H
#define PD_ENGINE_ENGINE_H

#include "engine/train.h"
#include "linking/candidates.h"
#include "model/source_pairs.h"
#include "run/run.h"

struct pd_engine_options {
    const char *command;      /* "dedupe", "link", "train" or "block" */
    const char *const *files; /* [n_files] */
    size_t n_files;
    const char *unique_id;     /* column that names a row; NULL = the model's, else unique_id */
    const char *source_column; /* one file holds all sources, named by this column; NULL = a source per file */
    const char *link_type;     /* dedupe_only, link_only, link_and_dedupe; NULL = the command's; train: the model's */
    const char *model;         /* path of a model file, or NULL */
    const char *model_json;    /* or the model itself */
    const char *preset;        /* name of a model in models/, or NULL */
    const struct pd_ready_model *ready; /* or one that was read before (engine/ready_model.h), or NULL */
    const char *types;                  /* NAME=TYPE parted by commas (model/column_types.h); NULL = all texts */
    bool types_of_table;                /* they are those of a table that was at hand, which nobody asked for */
    const char *ignore;                 /* columns to leave out, parted by commas; NULL = none */
    double threshold_weight;            /* NaN = not given */
    double threshold_probability;       /* NaN = not given */
    const char *clustering;             /* components, groups, one_to_one, pairs, best_link; NULL = the model's */
    const char *thresholds;             /* further match weights to cluster at, parted by commas; NULL = none */
    bool cluster_metrics;               /* write cluster_metrics.csv */
    bool all_pairs;                     /* write every compared pair, whatever its weight */
    bool show_plan;
    uint64_t seed; /* of random pairs in zero configuration */
    int threads;
    uint64_t memory_bytes;                        /* bound, 0 = none */
    const struct pd_memory_keeper *keeper;        /* keeps the process within it (run/memory_plan.h); NULL = none */
    const char *out;                              /* folder to write */
    const struct pd_training_options *training;   /* train instead of linking; NULL = link */
    const struct pd_candidates_options *blocking; /* only count candidate pairs; NULL = link */
    struct pd_buffer *report;                     /* with blocking: what was counted is appended */
    const struct pd_known_inputs *known; /* what the files were in an earlier run (run/known_inputs.h), or NULL */
    bool part_of_rows; /* the rows are some of all: what those say together is not asked (engine/of_all_rows.c) */
    const struct pd_portable_blocks *blocks; /* only pairs of these, and no clusters (block/portable.h); NULL = all */
    const struct pd_row_values *row_values;  /* only tell a value of each row (linking/row_values.h); NULL = link */
    const struct pd_asked_pairs *two_rows;   /* only judge two rows (linking/two_rows.h); NULL = link */
    int argc;
    char **argv;
    struct pd_run_progress progress;
    const volatile int32_t *cancel; /* not 0: pairs are looked for no further (CANCELLED); NULL: never */
};

/* The match weights from which on a command with these options keeps and links pairs under a model; which borrows it.
 */
struct pd_link_thresholds pd_engine_thresholds(const struct pd_model *model, const struct pd_engine_options *options);
/* Do the model's decisions have a say in what is linked, besides the weight? */
bool pd_engine_decides(const struct pd_model *model, const struct pd_engine_options *options);

/* Runs the engine. summary->path is the folder. Errors as pd_run. */
PADAN_MUST_CHECK enum padan_status pd_engine_run(const struct pd_engine_options *options,
                                                 struct pd_run_summary *summary, struct padan_error *error);

#endif

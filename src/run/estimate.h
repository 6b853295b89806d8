/* SPDX-License-Identifier: MIT
 * What a job will need, told before it begins: memory, room for its results, time. Rows are counted by samples of the
 * files, those of a database by its statistics, and a row costs what rows cost in measured jobs of the kind
 * (docs/performance.md). Rows of the one source among which the others are sought cost less than those that are sought:
 * a register of a nation against a few rosters is mostly read, and hardly compared. */
#ifndef PD_RUN_ESTIMATE_H
#define PD_RUN_ESTIMATE_H

#include "ingest/ingest.h"

enum { PD_ESTIMATE_STAGES_MAX = 6 };

/* Of one row. */
struct pd_row_rates {
    double bytes;                           /* in memory at the greatest moment */
    double output_bytes;                    /* of results on the disk */
    double seconds[PD_ESTIMATE_STAGES_MAX]; /* of one thread */
};

struct pd_job_rates {
    uint64_t fixed_bytes;
    double at_hand; /* share of the bytes of rows that is read in no order while pairs are judged */
    /* Bytes of a row that others are sought among that are read in no order where those others are so few that pairs
     * are looked for among the rows they meet alone (linking/narrowed.h); 0: it never is so. */
    double unmet_bytes;
    /* Stages from the second on take longer as caches hold less of them: these seconds are of a job of 3 million rows,
     * and grow by this power of the rows. The first is to read the files. */
    double growth;
    size_t n_stages;
    struct pd_row_rates sought, among;
    /* A stage that looks at no more pairs once there are that many rows, and takes no longer; 0 rows: there is none. */
    size_t capped_stage;
    double capped_rows;
    /* Bytes of a row at that stage's greatest moment, which may be that of the job, up to so many rows; 0: there is no
     * such stage. */
    double drawn_bytes, drawn_rows;
};

enum { PD_AMONG_NONE = -1, PD_AMONG_LARGEST = -2 };

struct pd_estimate_inputs {
    const struct pd_input_file *files;
    size_t n_files;
    int among; /* the source whose rows are not compared with each other; PD_AMONG_LARGEST: the file with most rows */
    int threads;
    uint64_t allowed_bytes; /* of memory, 0: no bound; what does not fit takes time */
};

struct pd_estimate {
    uint64_t rows, among_rows; /* from the length of the first lines; those in `among` are in both */
    uint64_t needed_bytes;
    uint64_t least_bytes; /* where a keeper moves to the disk what does not fit; below this, pairs would wait for it */
    uint64_t least_wide_bytes; /* likewise, should pairs be looked for among all rows all the same */
    uint64_t output_bytes;     /* of results */
    double seconds;
    double behind[PD_ESTIMATE_STAGES_MAX]; /* share of the time that lies behind when a stage begins */
    size_t n_unknown; /* inputs whose rows are in none of these: standard input, views and queries of databases */
};

/* Of `padan run` (normalised, all reports); stages: ingest, normalise, pairs, clusters, reconcile, reports. */
struct pd_job_rates pd_job_rates_of_run(void);
/* Of the engine, stages: ingest, pairs, output; with a model that has n_rules rules and reads n_columns columns. */
struct pd_job_rates pd_job_rates_of_engine(size_t n_columns, size_t n_rules);
/* Of the engine with a model whose columns are normalised: it keeps all of them. */
struct pd_job_rates pd_job_rates_of_normalised(void);
/* Of the engine when it makes its own model, stages: ingest, train, pairs, output. How often it trains hangs on what it
 * finds, so that of files of one size training takes from a half to three times the middle, which is told. */
struct pd_job_rates pd_job_rates_of_zero(void);

/* Fails where a database that must be read does not answer. */
PADAN_MUST_CHECK enum padan_status pd_estimate_make(const struct pd_estimate_inputs *inputs,
                                                    const struct pd_job_rates *rates, struct pd_estimate *estimate,
                                                    struct padan_error *error);
/* What was told of a stage that is over may have been far off: with the processor seconds that all up to it took in
 * truth, what lies behind from the next one on. */
void pd_estimate_correct(struct pd_estimate *estimate, size_t next, size_t n_stages, double processor_seconds,
                         int threads);
/* "about 902829 rows; needs about 0.60 GiB of the 16.00 GiB allowed and 5 seconds"; where some are not known: "at least
 * 56 rows, those of 1 input not being known before they come; needs at least ..." */
void pd_estimate_tell(const struct pd_estimate *estimate, uint64_t allowed_bytes, char *sentence, size_t room);
/* Smaller jobs without a bound are over before their estimate is read. */
bool pd_estimate_is_worth_telling(const struct pd_estimate *estimate, uint64_t allowed_bytes);

#endif

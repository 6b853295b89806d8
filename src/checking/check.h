/* SPDX-License-Identifier: MIT
 * Says what is in files before they are used (`padan check`): the same reading and normalising as a run, then what was
 * found. Works source by source, so memory is that of the largest one. */
#ifndef PD_CHECKING_CHECK_H
#define PD_CHECKING_CHECK_H

#include "base/buffer.h"
#include "run/run.h"

struct pd_check_options {
    const char *job_path;     /* a job: all its files, read as it says; or NULL */
    const char *const *files; /* [n_files] without a job */
    size_t n_files;
    int32_t reference_date; /* without a job: century of two-digit years; PD_DATE_NONE = a fixed one */
    int threads;            /* 0 = the job's, then all processors */
    bool json;
    struct pd_run_progress progress;
};

struct pd_check_summary {
    int exit_code; /* 0; 1 an alarm or a file that the job allows to skip; else that of the first unusable file, or of a
                      condition of the job that reads a column no file has */
    size_t n_files, n_unusable, n_alarms;
    bool is_whole; /* the report: it is so after such a condition, too */
};

/* Appends a report (text, or one JSON object) to out. Fails only for what is wrong with the job or the system: a file
 * that cannot be used is a part of the report. */
PADAN_MUST_CHECK enum padan_status pd_check(const struct pd_check_options *options, struct pd_buffer *out,
                                            struct pd_check_summary *summary, struct padan_error *error);

#endif

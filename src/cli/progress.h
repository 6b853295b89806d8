/* SPDX-License-Identifier: MIT
 * What a long command says while it works, on stderr: one line that is rewritten on a terminal (stage, time, about how
 * long still), plain lines with the time elsewhere, one JSON object per line with --json-log. */
#ifndef PD_CLI_PROGRESS_H
#define PD_CLI_PROGRESS_H

#include "base/status.h"

#include <stdbool.h>

struct pd_progress {
    const char *command;
    bool terminal, json, quiet;
    bool line_open; /* a rewritten line stands on the terminal */
    double started; /* monotonic seconds */
    double stage_started;
    const char *stage; /* borrowed, NULL before the first */
    double begin, end; /* share of the work that lies behind when the stage begins and ends; 0: not told */
    double parted;     /* when the first part of the stage was told */
    double told;       /* when seconds left within the stage were last told */
};

void pd_progress_start(struct pd_progress *progress, const char *command, bool json, bool quiet);
/* The forms that pd_run calls; context is a struct pd_progress. */
void pd_progress_stage(void *context, const char *stage, size_t index, size_t n_stages);
void pd_progress_share(void *context, double begin, double end);
void pd_progress_part(void *context, double part);
void pd_progress_message(void *context, const char *sentence);
/* Ends the line; seconds since the start. */
double pd_progress_end(struct pd_progress *progress);
/* Tells what is wrong with a command line, as a line of JSON where it asks for those, and returns the exit code. */
int pd_progress_usage(const char *command, bool json, const char *sentence);
/* Tells an error and returns its exit code. */
int pd_progress_error(struct pd_progress *progress, const struct padan_error *error);

#endif

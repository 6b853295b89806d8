/* SPDX-License-Identifier: MIT
 * What each part of a model is worth: the command of a run folder is run again with the model less one part, and judged
 * against the same truth. */
#ifndef PD_CLI_ABLATE_H
#define PD_CLI_ABLATE_H

#include "evaluate/evaluate.h"

struct pd_ablation_options {
    const char *run;   /* folder of padan run, dedupe or link, with its manifest and model */
    const char *truth; /* as for evaluate */
    struct pd_truth_columns columns;
    bool by_source; /* rows are known by source and id */
    bool link_only, json;
    int threads;
};

/* Prints a line per variant, the whole model first: precision, recall, F1 and the change of F1. Runs the program itself
 * once per variant, in the folder the command was given in, into a temporary folder that is removed.
 * BAD_INPUT when the run folder has no manifest or model, or a variant cannot be run. */
PADAN_MUST_CHECK enum padan_status pd_ablate(const struct pd_ablation_options *options, struct padan_error *error);

#endif

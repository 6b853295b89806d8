/* SPDX-License-Identifier: MIT
 * The command that made a run folder, from its manifest: to give it again with another model, or to look at its rows.
 */
#ifndef PD_CLI_RUN_COMMAND_H
#define PD_CLI_RUN_COMMAND_H

#include "base/arena.h"
#include "run/known_inputs.h"

struct pd_run_command {
    const char *directory;  /* where it was given */
    const char **arguments; /* [n_arguments] its name first, without model, preset, out and what only talks */
    size_t n_arguments;
    bool is_run;                   /* padan run; otherwise dedupe or link */
    struct pd_known_input *inputs; /* [n_inputs] its source files, in their order */
    size_t n_inputs;
};

/* Everything lives in arena. BAD_INPUT when the folder has no manifest that tells it. */
PADAN_MUST_CHECK enum padan_status pd_run_command_read(struct pd_run_command *command, struct pd_arena *arena,
                                                       const char *folder, struct padan_error *error);

#endif

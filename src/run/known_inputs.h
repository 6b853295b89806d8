/* SPDX-License-Identifier: MIT
 * The files of an earlier run: a question about it is answered from files that may have changed since. */
#ifndef PD_RUN_KNOWN_INPUTS_H
#define PD_RUN_KNOWN_INPUTS_H

#include "ingest/ingest.h"
#include "run/run.h"

struct pd_known_input {
    enum pd_digest_kind digest_kind;
    struct pd_text digest;
};

struct pd_known_inputs {
    const struct pd_known_input *items; /* [n] the source files, in their order */
    size_t n;
    bool must_be_same; /* fail with BAD_INPUT where one has changed; otherwise that is only told */
};

/* known NULL: nothing is known. */
PADAN_MUST_CHECK enum padan_status pd_known_inputs_check(const struct pd_known_inputs *known,
                                                         const struct pd_ingest_result *ingested,
                                                         const struct pd_run_progress *progress,
                                                         struct padan_error *error);

#endif

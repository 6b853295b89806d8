/* SPDX-License-Identifier: MIT
 * What every call that works on a table has: its rows, and its options as those of the engine. */
#ifndef PD_LIBRARY_CALL_H
#define PD_LIBRARY_CALL_H

#include "engine/engine.h"
#include "library/table.h"

struct pd_library_call {
    struct pd_table rows;
    struct pd_buffer types;          /* of columns, ended by NUL */
    struct pd_buffer notes;          /* what the engine tells, a line each */
    struct padan_progress *progress; /* or NULL */
    struct pd_engine_options engine;
};

/* BAD_ARGUMENT for options of another version of the library, or that do not go together. */
PADAN_MUST_CHECK enum padan_status pd_library_check_options(const struct padan_options *options,
                                                            struct padan_error *error);

/* Checks the options and takes the rows; the call, which must stay where it is, is ended whatever the outcome.
 * BAD_ARGUMENT, and the errors of pd_library_take. */
PADAN_MUST_CHECK enum padan_status pd_library_call_begin(struct pd_library_call *call, struct padan_table *table,
                                                         const struct padan_options *options,
                                                         struct padan_error *error);
void pd_library_call_end(struct pd_library_call *call);

/* Links; blocks: the pairs of these alone, without clusters; NULL: all. Errors as padan_link's. */
PADAN_MUST_CHECK enum padan_status pd_library_link(struct padan_table *table, const struct padan_options *options,
                                                   const struct pd_portable_blocks *blocks,
                                                   struct padan_result **result, struct padan_error *error);

#endif

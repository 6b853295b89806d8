/* SPDX-License-Identifier: MIT
 * The command lines of other commands, as the manifests of their results have them. */
#ifndef PD_CLI_REQUESTS_H
#define PD_CLI_REQUESTS_H

#include "engine/engine.h"

/* Reads the words of padan dedupe or link (argv[0]: which) into engine, and its files. What is wrong was told on stderr
 * when false. The words are reordered and borrowed. */
bool pd_request_engine(int argc, char **argv, struct pd_engine_options *engine);
/* Is there an option of columns, which a job or a run has of its own? */
static inline bool pd_request_names_columns(const struct pd_engine_options *engine)
{
    return engine->unique_id != NULL || engine->source_column != NULL || engine->link_type != NULL ||
           engine->types != NULL || engine->ignore != NULL;
}
/* The job of the words of padan run, or NULL. */
const char *pd_request_job(int argc, char **argv);

#endif

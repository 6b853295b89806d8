/* SPDX-License-Identifier: MIT
 * What any number of calls under one model have in common, read once. */
#ifndef PD_ENGINE_READY_MODEL_H
#define PD_ENGINE_READY_MODEL_H

#include "engine/engine.h"
#include "indonesia/indonesia.h"
#include "model/frequencies.h"

/* Read-only once it is made, so that one object serves all threads. */
struct pd_ready_model {
    struct pd_arena arena;
    struct pd_buffer text, name; /* of the model; name: ended by NUL */
    const char **comparisons;    /* [n_comparisons] their names */
    size_t n_comparisons;
    struct pd_frequencies *frequencies; /* that it brings along, or NULL */
    struct pd_indonesia indonesia;      /* where it cleans columns */
};

/* Reads the model that the options name by model, model_json or preset, and all that it needs. BAD_ARGUMENT when they
 * name none, and the errors of reading a model. On failure it may be reset. */
PADAN_MUST_CHECK enum padan_status
pd_ready_model_make(struct pd_ready_model *ready, const struct pd_engine_options *options, struct padan_error *error);
void pd_ready_model_reset(struct pd_ready_model *ready);

/* The text of the model that the options name, appended to text; and what messages call it. Errors as above. */
PADAN_MUST_CHECK enum padan_status pd_read_named_model(const struct pd_engine_options *options, struct pd_buffer *text,
                                                       const char **name, struct padan_error *error);
#endif

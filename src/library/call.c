/* SPDX-License-Identifier: MIT */
#include "library/call.h"
#include "base/parallel.h"

#include "library/linker.h"

#include <math.h>

void padan_options_init(struct padan_options *options)
{
    *options = (struct padan_options){
        .size = sizeof *options, .threshold_weight = NAN, .threshold_probability = NAN, .threads = 1
    };
}

/* --- what the engine tells --- */

static void on_stage(void *context, const char *stage, size_t index, size_t n_stages)
{
    const struct pd_library_call *call = context;
    (void)stage;
    (void)n_stages;
    if (call->progress != NULL) call->progress->stage = (int32_t)index;
}

static void on_message(void *context, const char *sentence)
{
    struct pd_library_call *call = context;
    pd_append_string(&call->notes, sentence);
    pd_append_byte(&call->notes, '\n');
}

static void on_part(void *context, double part)
{
    const struct pd_library_call *call = context;
    if (call->progress != NULL) call->progress->part = part;
}

/* --- options --- */

enum padan_status pd_library_check_options(const struct padan_options *options, struct padan_error *error)
{
    if (options == NULL || options->size != sizeof *options)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "options are not of this version of the library: begin with padan_options_init, and build against "
                "its header");
    const int n_models = (options->model != NULL) + (options->model_file != NULL) + (options->preset != NULL) +
                         (options->linker != NULL);
    if (n_models > 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "model, model_file, preset and linker each name a model: give one of them");
    if (options->threads < 0 || options->threads > PD_THREADS_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "threads must be 0, for all processors, or 1 to %d", (int)PD_THREADS_MAX);
    return PADAN_OK;
}

static struct pd_engine_options engine_options(struct pd_library_call *call, const struct padan_options *options)
{
    const bool has_model =
        options->model != NULL || options->model_file != NULL || options->preset != NULL || options->linker != NULL;
    return (struct pd_engine_options){
        .command = call->rows.n_sources > 1 ? "link" : "dedupe",
        .model_json = options->model,
        .model = options->model_file,
        .preset = options->preset,
        .ready = options->linker == NULL ? NULL : &options->linker->model,
        .link_type = options->link_type,
        .clustering = options->clustering,
        /* Without a model, columns are recognised by their texts, as those of a file. */
        .types = has_model && call->types.length > 0 ? call->types.data : NULL,
        .types_of_table = true,
        .threshold_weight = options->threshold_weight,
        .threshold_probability = options->threshold_probability,
        .seed = options->seed,
        .threads = options->threads,
        .progress = { on_stage, on_message, call, NULL, on_part },
        .cancel = options->progress == NULL ? NULL : &options->progress->cancel,
    };
}

enum padan_status pd_library_call_begin(struct pd_library_call *call, struct padan_table *table,
                                        const struct padan_options *options, struct padan_error *error)
{
    *call = (struct pd_library_call){ .progress = options == NULL ? NULL : options->progress };
    PD_TRY(pd_library_check_options(options, error));
    PD_TRY(pd_library_take(table, &call->rows, &call->types, error));
    if (call->types.length > 0) pd_append_byte(&call->types, '\0');
    call->engine = engine_options(call, options);
    return pd_buffer_status(&call->types, error);
}

void pd_library_call_end(struct pd_library_call *call)
{
    pd_table_reset(&call->rows);
    pd_buffer_reset(&call->types);
    pd_buffer_reset(&call->notes);
}

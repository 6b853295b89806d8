/* SPDX-License-Identifier: MIT */
#include "engine/ready_model.h"

#include "linking/linker.h"
#include "model/model_file.h"

enum padan_status pd_read_named_model(const struct pd_engine_options *options, struct pd_buffer *text,
                                      const char **name, struct padan_error *error)
{
    *name = options->model;
    if (options->model_json != NULL) {
        pd_append_string(text, options->model_json);
        *name = "given as text";
    } else if (options->model != NULL) {
        PD_TRY(pd_model_file_read(options->model, text, error));
    } else if (options->preset != NULL) {
        PD_TRY(pd_model_preset_read(options->preset, NULL, text, error));
        *name = options->preset;
    } else {
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "name a model: --model FILE (Splink settings or our own) or --preset NAME");
    }
    return pd_buffer_status(text, error);
}

static enum padan_status name_comparisons(struct pd_ready_model *ready, const struct pd_model *model,
                                          struct padan_error *error)
{
    const size_t n = model->n_comparisons;
    PD_TRY(pd_arena_allocate(&ready->arena, &ready->comparisons, (n + 1) * sizeof *ready->comparisons, error));
    ready->n_comparisons = n;
    for (size_t i = 0; i < n; i++) {
        struct pd_text name;
        PD_TRY(pd_arena_copy(&ready->arena, model->comparisons[i].column_name, &name, error));
        ready->comparisons[i] = name.data;
    }
    return PADAN_OK;
}

/* The model is read here to see that it can be, and what it needs; every call reads its text again, as it binds the
 * conditions to a table of its own. */
static enum padan_status read_needs(struct pd_ready_model *ready, struct pd_model *model, struct padan_error *error)
{
    PD_TRY(pd_model_load_frequencies(model, ready->name.data, error));
    ready->frequencies = model->own_frequencies;
    model->own_frequencies = NULL;
    PD_TRY(name_comparisons(ready, model, error));
    return model->cleans_columns ? pd_indonesia_load(&ready->indonesia, error) : PADAN_OK;
}

enum padan_status pd_ready_model_make(struct pd_ready_model *ready, const struct pd_engine_options *options,
                                      struct padan_error *error)
{
    const char *name;
    struct pd_model model;
    *ready = (struct pd_ready_model){ .frequencies = NULL };
    PD_TRY(pd_read_named_model(options, &ready->text, &name, error));
    pd_append_string(&ready->name, name);
    pd_append_byte(&ready->name, '\0');
    PD_TRY(pd_buffer_status(&ready->name, error));
    PD_TRY(pd_model_read(&model, (struct pd_text){ ready->text.data, ready->text.length }, name, pd_linker_functions(),
                         error));
    const enum padan_status status = read_needs(ready, &model, error);
    pd_model_reset(&model);
    return status;
}

void pd_ready_model_reset(struct pd_ready_model *ready)
{
    pd_buffer_reset(&ready->text);
    pd_buffer_reset(&ready->name);
    pd_frequencies_free(ready->frequencies);
    pd_indonesia_reset(&ready->indonesia);
    pd_arena_reset(&ready->arena);
    *ready = (struct pd_ready_model){ .frequencies = NULL };
}

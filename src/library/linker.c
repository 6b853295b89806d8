/* SPDX-License-Identifier: MIT
 * A model that calls have in common. */
#include "library/linker.h"

#include "base/memory.h"
#include "library/call.h"
#include "library/words.h"

enum padan_status padan_linker_new(const struct padan_options *options, struct padan_linker **linker,
                                   struct padan_error *error)
{
    struct padan_linker *made = NULL;
    PD_TRY(pd_library_check_options(options, error));
    if (options->linker != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "a linker is made from model, model_file or preset, not from a linker");
    if (options->model == NULL && options->model_file == NULL && options->preset == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "a linker is made from a model: give model, model_file or preset");
    const struct pd_engine_options named = { .model = options->model_file,
                                             .model_json = options->model,
                                             .preset = options->preset };
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    const enum padan_status status = pd_ready_model_make(&made->model, &named, error);
    if (status == PADAN_OK)
        *linker = made;
    else
        padan_linker_free(made);
    return pd_library_told(status, error);
}

const char *const *padan_linker_comparisons(const struct padan_linker *linker, size_t *n)
{
    *n = linker->model.n_comparisons;
    return linker->model.comparisons;
}

void padan_linker_free(struct padan_linker *linker)
{
    if (linker == NULL) return;
    pd_ready_model_reset(&linker->model);
    pd_free(linker);
}

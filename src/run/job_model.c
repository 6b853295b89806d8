/* SPDX-License-Identifier: MIT */
#include "run/job_model.h"

#include "linking/linker.h"
#include "model/frequencies.h"
#include "model/model_file.h"

enum padan_status pd_job_model_read(const struct pd_job *job, const char *instead, struct pd_model *model,
                                    struct pd_buffer *text, struct padan_error *error)
{
    const char *name = instead != NULL ? instead : job->model.data;
    if (instead != NULL || job->model_is_path)
        PD_TRY(pd_model_file_read(name, text, error));
    else
        PD_TRY(pd_model_preset_read(job->model.data, job->path.data, text, error));
    PD_TRY(pd_buffer_status(text, error));
    PD_TRY(pd_model_read(model, (struct pd_text){ text->data, text->length }, name, pd_linker_functions(), error));
    if (model->members.n_columns > 0)
        PD_FAIL(
            error, PADAN_BAD_ARGUMENT,
            "%s: padan_household_members is for `padan dedupe` and `padan link`, and a run has families of its own; "
            "take it out of the model",
            name);
    return pd_model_load_frequencies(model, name, error);
}

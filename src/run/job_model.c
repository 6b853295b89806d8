/* SPDX-License-Identifier: MIT */
#include "run/job_model.h"

#include "linking/linker.h"
#include "model/frequencies.h"
#include "model/model_file.h"

/* What a run would not do: it has columns of its own, by the sources of the job. */
static const char *what_only_engines_do(const struct pd_model *model)
{
    if (model->members.n_columns > 0) return "padan_household_members";
    if (model->n_aliases > 0) return "padan_columns";
    if (model->n_joined > 0) return "padan_joined_columns";
    if (model->n_dates > 0) return "padan_dates";
    if (model->n_derived > 0) return "padan_derived_columns";
    if (model->optional_columns) return "padan_optional_columns";
    return model->matches_per_record > 0 ? "padan_matches_per_record" : NULL;
}

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
    const char *key = what_only_engines_do(model);
    if (key != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: %s is for `padan dedupe` and `padan link`, and a run has columns and families of its own; take it "
                "out of the model, or name another one",
                name, key);
    return pd_model_load_frequencies(model, name, error);
}

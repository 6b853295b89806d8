/* SPDX-License-Identifier: MIT */
#include "linking/frequencies.h"

enum padan_status pd_model_frequencies_write(struct pd_run_folder *folder, const char *prefix,
                                             const struct pd_model *model, struct padan_error *error)
{
    struct pd_buffer name = { 0 };
    if (model->frequencies == NULL) return PADAN_OK;
    const struct pd_buffer *content = &model->frequencies->content;
    pd_append_format(&name, "%s%.*s", prefix, PD_TEXT_ARGS(model->tf_file));
    enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, name.data, (struct pd_text){ content->data, content->length }, error);
    pd_buffer_reset(&name);
    return status;
}

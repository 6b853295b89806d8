/* SPDX-License-Identifier: MIT */
#include "evaluate/outputs.h"

#include "base/file.h"
#include "evaluate/error_list.h"

/* Writes and clears the content. */
static enum padan_status write_file(const char *folder, const char *name, struct pd_buffer *content,
                                    struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    pd_path_join(&path, pd_text_of(folder), pd_text_of(name));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_buffer_status(content, error);
    if (status == PADAN_OK)
        status = pd_file_write(path.data, (struct pd_text){ content->data, content->length }, error);
    pd_buffer_reset(&path);
    pd_buffer_clear(content);
    return status;
}

static enum padan_status write_errors(const struct pd_evaluation *evaluation, const struct pd_population *population,
                                      struct pd_evaluation_outputs *outputs, struct pd_buffer *content,
                                      struct padan_error *error)
{
    struct pd_error_list list;
    PD_TRY(pd_error_list_find(&list, evaluation, population, outputs->pairs, error));
    outputs->n_unlisted = list.n_unlisted;
    if (outputs->judge != NULL)
        outputs->unjudged.status = pd_error_list_judge(&list, population, outputs->judge, &outputs->unjudged);
    pd_error_list_csv(&list, evaluation, population, content);
    pd_error_list_reset(&list);
    return write_file(outputs->folder, "errors.csv", content, error);
}

enum padan_status pd_evaluation_write(const struct pd_evaluation *evaluation, const struct pd_population *population,
                                      struct pd_evaluation_outputs *outputs, struct padan_error *error)
{
    struct pd_buffer content = { 0 };
    struct pd_threshold_curve curve = { .n_points = 0 };
    const char *folder = outputs->folder;
    outputs->unjudged = (struct padan_error){ PADAN_OK, "" };
    enum padan_status status = pd_directory_make(folder, error);
    if (status == PADAN_OK && outputs->pairs != NULL)
        status = pd_threshold_curve_find(&curve, evaluation, population, outputs->pairs, error);
    if (status == PADAN_OK && curve.n_points > 0) {
        pd_threshold_csv(&curve, &content);
        status = write_file(folder, "threshold.csv", &content, error);
    }
    if (status == PADAN_OK) status = write_errors(evaluation, population, outputs, &content, error);
    if (status == PADAN_OK && population->has_errors) {
        pd_error_classes_csv(evaluation, &content);
        status = write_file(folder, "by_error_class.csv", &content, error);
    }
    if (status == PADAN_OK) {
        pd_evaluation_html(evaluation, population, &curve, &content);
        status = write_file(folder, "evaluation.html", &content, error);
    }
    pd_threshold_curve_reset(&curve);
    pd_buffer_reset(&content);
    return status;
}

/* SPDX-License-Identifier: MIT
 * Figures on labels that a model was trained on say how well it remembers, not how well it links. */
#include "evaluate/evaluate.h"

#include <stdio.h>

/* Shares below come from a handful of rows, or from hashes that are alike by chance. */
static const double seen_min = 0.05;

enum padan_status pd_evaluation_check_labels(struct pd_evaluation *evaluation, const struct pd_population *population,
                                             const char *model_path, struct padan_error *error)
{
    struct pd_label_record record;
    PD_TRY(pd_label_record_read(&record, model_path, error));
    evaluation->has_model = true;
    evaluation->seen_in_training = pd_labelled_rows_share(&population->labelled, &record.rows);
    pd_label_record_reset(&record);
    return PADAN_OK;
}

bool pd_evaluation_warning(const struct pd_evaluation *evaluation, char sentence[200])
{
    const double share = evaluation->seen_in_training;
    if (share < seen_min) return false;
    (void)snprintf(
        sentence, 200,
        "the model was trained on the labels of %s%.0f %% of these rows: expect less on rows it has not seen, "
        "and judge it by labels kept apart",
        share < 1 ? "about " : "", share * 100);
    return true;
}

/* SPDX-License-Identifier: MIT
 * Two rows of a job under its model, for `padan explain`. */
#include "linking/two_rows.h"
#include "run/state.h"

#include <math.h>
#include <stdio.h>

/* Tells of files that are not those the question is about. */
static void tell_changed_files(const struct pd_run_state *run)
{
    const struct pd_run_progress *progress = &run->options->progress;
    for (size_t i = 0; i < run->ingested.n_files && progress->message != NULL; i++) {
        char sentence[512];
        const struct pd_file_result *file = &run->ingested.files[i];
        if (!pd_two_rows_changed(run->options->two_rows, i, file->sha256)) continue;
        (void)snprintf(sentence, sizeof sentence, PD_FILE_CHANGED, PD_TEXT_ARGS(file->name));
        progress->message(progress->context, sentence);
    }
}

enum padan_status pd_run_judge(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_pair_thresholds thresholds = { .kept = pd_weight_of_bits(run->model.review_weight),
                                                   .linked = pd_weight_of_bits(run->model.automatic_weight),
                                                   .by_source = run->model.n_source_pairs > 0 };
    tell_changed_files(run);
    PD_TRY(pd_linker_make(&run->linker, &run->table, &run->model, run->threads, error));
    return pd_two_rows_judge(&run->linker, run->options->two_rows, &thresholds, error);
}

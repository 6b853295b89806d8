/* SPDX-License-Identifier: MIT
 * Two rows of a job under its model, for `padan explain`. */
#include "linking/two_rows.h"
#include "run/known_inputs.h"
#include "run/state.h"

enum padan_status pd_run_judge(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_link_thresholds thresholds = { .kept = pd_weight_of_bits(run->model.review_weight),
                                                   .linked = pd_weight_of_bits(run->model.automatic_weight),
                                                   .by_source = &run->model };
    PD_TRY(pd_known_inputs_check(run->options->known, &run->ingested, &run->options->progress, error));
    PD_TRY(pd_linker_make(&run->linker, &run->table, &run->model, run->threads, error));
    return pd_two_rows_judge(&run->linker, run->options->two_rows, &thresholds, NULL, error);
}

/* SPDX-License-Identifier: MIT
 * A value of each row of a job, for `padan evaluate --by`. */
#include "linking/row_values.h"
#include "run/known_inputs.h"
#include "run/state.h"

enum padan_status pd_run_row_values(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_category_reader reader;
    struct pd_categories *categories = &run->eligibility.categories;
    PD_TRY(pd_known_inputs_check(run->options->known, &run->ingested, &run->options->progress, error));
    PD_TRY(pd_categories_make(categories, &run->job, &run->table, pd_linker_functions(), error));
    pd_category_reader_open(&reader, categories);
    const struct pd_row_view view = { pd_category_resolver(categories), pd_category_row_reader(&reader), &reader.pair };
    return pd_row_values_tell(run->options->row_values, &view, error);
}

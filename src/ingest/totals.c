/* SPDX-License-Identifier: MIT
 * Totals rows are no records, but a free check of the file: the greatest number of each totals cell (rows of districts
 * may carry totals of their own) must be the sum of its column or the number of rows. */
#include "ingest/loader.h"

#include "indonesia/amount.h"

/* Sum of a column over the records of a file; false when it is not loaded or does not hold amounts. */
static bool sum_column(const struct pd_loader *loader, size_t file, uint32_t field, int64_t *sum)
{
    const struct pd_file_state *state = &loader->files[file];
    const struct pd_file_result *facts = &loader->result->files[file];
    const struct pd_column *column = NULL;
    for (size_t i = 0; i < state->layout.n_loads; i++) {
        if (state->layout.loads[i].field == (int)field) {
            column = &loader->table->columns[state->layout.loads[i].column];
        }
    }
    *sum = 0;
    if (column == NULL) return false;
    for (size_t i = facts->begin; i < facts->end; i++) {
        char scratch[24];
        int64_t amount = 0;
        const enum pd_amount_state read = pd_amount_read(pd_column_text(column, i, scratch), &amount);
        if (read == PD_AMOUNT_UNREADABLE) return false;
        if (read == PD_AMOUNT_READ && __builtin_add_overflow(*sum, amount, sum)) return false;
    }
    return true;
}

static enum pd_totals_state check_file(const struct pd_loader *loader, size_t file)
{
    const struct pd_file_state *state = &loader->files[file];
    const struct pd_file_result *facts = &loader->result->files[file];
    enum pd_totals_state verdict = facts->rows_totals > 0 ? PD_TOTALS_UNKNOWN : PD_TOTALS_NONE;
    for (uint32_t field = 0; field < state->layout.n_fields; field++) {
        int64_t greatest = INT64_MIN;
        for (size_t i = 0; i < state->n_totals; i++) {
            if (state->totals[i].field == field && state->totals[i].number > greatest) {
                greatest = state->totals[i].number;
            }
        }
        if (greatest == INT64_MIN) continue;
        int64_t sum = 0;
        if (greatest == (int64_t)facts->rows_read || greatest == (int64_t)facts->rows_accepted) {
            if (verdict == PD_TOTALS_UNKNOWN) verdict = PD_TOTALS_MATCH;
        } else if (sum_column(loader, file, field, &sum)) {
            if (sum != greatest) return PD_TOTALS_DIFFER;
            verdict = PD_TOTALS_MATCH;
        }
    }
    return verdict;
}

enum padan_status pd_loader_check_totals(struct pd_loader *loader, struct padan_error *error)
{
    (void)error;
    for (size_t i = 0; i < loader->options->n_files; i++) {
        loader->result->files[i].totals = check_file(loader, i);
    }
    return PADAN_OK;
}

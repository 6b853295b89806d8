/* SPDX-License-Identifier: MIT
 * 03/04/1990 is a day of April or of March: which, no date says of itself, but the other dates of its file do.
 * Conditions of a model read values one by one, with the day first; so where a file has the month first, its dates are
 * turned round before anything reads them. */
#include "engine/dated_column.h"

static enum padan_status order_column(struct pd_engine *engine, const struct pd_dated_column *dated,
                                      struct padan_error *error)
{
    bool any = false;
    for (size_t file = 0; file < pd_dated_files(engine); file++) {
        PD_TRY(pd_dated_tell(engine, dated, file, error));
        any |= pd_dated_is_to_turn(dated, file);
    }
    return any ? pd_dated_turn(dated, error) : PADAN_OK;
}

enum padan_status pd_engine_order_dates(struct pd_engine *engine, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    if (engine->options->row_values != NULL) return PADAN_OK; /* values are asked for as they stand */
    for (size_t i = 0; i < engine->model.n_dates && status == PADAN_OK; i++) {
        const int index = pd_table_find_identifier(&engine->table, engine->model.dates[i]);
        if (index < 0 || !pd_dated_has_texts(&engine->table.columns[index])) continue;
        struct pd_dated_column dated;
        status = pd_dated_column_make(engine, &engine->table.columns[index], &dated, error);
        if (status == PADAN_OK) status = order_column(engine, &dated, error);
        pd_dated_column_reset(&dated);
    }
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "table/fold.h"

#include "table/narrow.h"

enum padan_status pd_table_fold(struct pd_table *table, size_t into, size_t from, struct padan_error *error)
{
    struct pd_column *to = &table->columns[into];
    const struct pd_column *of = &table->columns[from];
    PD_TRY(pd_column_widen(to, table->n_records, error));
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        if (pd_column_is_null(of, i) || !pd_column_is_null(to, i)) continue;
        const struct pd_text text = pd_column_text(of, i, scratch);
        PD_TRY(pd_column_put(to, i, text, error));
    }
    pd_column_set_null(of, 0, table->n_records);
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT
 * One value of each row, told to whoever asks: for figures by sex, region or age of what a run has read. */
#ifndef PD_LINKING_ROW_VALUES_H
#define PD_LINKING_ROW_VALUES_H

#include "expression/expression.h"
#include "model/row_reader.h"

struct pd_row_values {
    const char *expression; /* of one row, or the name of a column as it stands */
    void *context;
    /* An empty value is a missing one. */
    enum padan_status (*take)(void *context, struct pd_text source, struct pd_text unique_id, struct pd_text value,
                              struct padan_error *error);
};

/* What an expression reads: the columns of a table, and computed ones where a stage has such. */
struct pd_row_view {
    struct pd_column_resolver resolver;
    struct pd_row_reader reader;
    struct pd_pair_reader *pair; /* of the reader: its left row is the one that is read */
};

/* The view of a table as it is; pair must outlive it. */
struct pd_row_view pd_table_view(const struct pd_table *table, struct pd_pair_reader *pair);

/* Tells the value of every row of view->pair->table, in their order. BAD_ARGUMENT or UNSUPPORTED for an expression that
 * is wrong or reads a column that there is not. */
PADAN_MUST_CHECK enum padan_status pd_row_values_tell(const struct pd_row_values *asked, const struct pd_row_view *view,
                                                      struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Two columns that hold the same thing under two names, made one. */
#ifndef PD_TABLE_FOLD_H
#define PD_TABLE_FOLD_H

#include "table/table.h"

/* Gives `into` the values of `from` where it has none, and `from` none any more. Both are texts as ingest makes them
 * (CODE or DIGITS). Cost O(records). */
PADAN_MUST_CHECK enum padan_status pd_table_fold(struct pd_table *table, size_t into, size_t from,
                                                 struct padan_error *error);

#endif

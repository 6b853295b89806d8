/* SPDX-License-Identifier: MIT
 * A table of some of the records of another, in their order: as if only those had been read. Words are copied;
 * dictionaries, numbers of columns and all names are the other's, which must outlive it. */
#ifndef PD_TABLE_GATHER_H
#define PD_TABLE_GATHER_H

#include "table/table.h"

/* records [n] ascend. wanted [from->n_columns]: columns to copy, none of them LIKE; the others are there without words.
 * Places of records are not copied. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_table_gather(const struct pd_table *from, const bool *wanted,
                                                   const uint32_t *records, size_t n, int threads, struct pd_table *to,
                                                   struct padan_error *error);
/* Frees what pd_table_gather made, not what is the other table's. */
void pd_table_gathered_reset(struct pd_table *table);

#endif

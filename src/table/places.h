/* SPDX-License-Identifier: MIT
 * Where a record was read. Rows of a file follow each other but for the few that are no records (rejected, blank, of
 * several lines), so both file and row of all records are told by a short list of runs. */
#ifndef PD_TABLE_PLACES_H
#define PD_TABLE_PLACES_H

#include "table/table.h"

/* Replaces file_of and row_of by runs, unless these took more memory. OUT_OF_MEMORY. O(n_records). */
PADAN_MUST_CHECK enum padan_status pd_table_compact_places(struct pd_table *table, struct padan_error *error);

struct pd_row_place {
    uint32_t file, row; /* as in file_of and row_of */
};
/* A table that has not forgotten its places. O(log runs). */
struct pd_row_place pd_table_place(const struct pd_table *table, uint32_t record);

#endif

/* SPDX-License-Identifier: MIT
 * Encoding of one field of many rows into a piece's private column. */
#ifndef PD_INGEST_LOCAL_COLUMN_H
#define PD_INGEST_LOCAL_COLUMN_H

#include "ingest/chunk.h"

/* Fields of a batch lie column by column; a line of the cache between columns keeps their rows from falling into one
 * set of it. */
enum { PD_BATCH_ROWS = 256, PD_BATCH_STRIDE = PD_BATCH_ROWS + 4 };

/* Empties a column for a new piece; memory is kept. */
void pd_local_column_clear(struct pd_local_column *column, struct pd_load_kind kind);
/* Appends n <= PD_BATCH_ROWS fields as rows [n_rows, n_rows + n). The texts must stay where they are. */
PADAN_MUST_CHECK enum padan_status pd_local_column_append(struct pd_local_column *column, size_t n_rows,
                                                          const struct pd_field *fields, size_t n,
                                                          struct padan_error *error);
void pd_local_column_reset(struct pd_local_column *column);

#endif

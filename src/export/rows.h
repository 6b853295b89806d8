/* SPDX-License-Identifier: MIT
 * The rows of one table, those of a region where one is asked for, and what its cells are. */
#ifndef PD_EXPORT_ROWS_H
#define PD_EXPORT_ROWS_H

#include "base/row_file.h"
#include "export/listing.h"

struct pd_export_rows {
    struct pd_row_file file; /* header and n_header tell the columns */
    struct pd_text region;   /* or empty */
    int region_column;       /* -1: the table has none, and is taken whole */
    bool *is_text;           /* [n_header] */
    size_t row, n_batch;
};

/* The table must outlive the rows, which stay where they are. */
PADAN_MUST_CHECK enum padan_status pd_export_rows_open(struct pd_export_rows *rows, const struct pd_listed_table *table,
                                                       const char *region, struct padan_error *error);
/* The next row: fields [n_header], valid until the next call; NULL at the end. */
PADAN_MUST_CHECK enum padan_status pd_export_rows_next(struct pd_export_rows *rows, const struct pd_text **fields,
                                                       struct padan_error *error);
void pd_export_rows_close(struct pd_export_rows *rows);

/* Whether a cell is a number, which a column of codes and names never has: at most 15 digits, none of them a zero in
 * front, so that no program that computes with it makes another text of it. */
bool pd_export_number(const struct pd_export_rows *rows, size_t column, struct pd_text field, double *number);

#endif

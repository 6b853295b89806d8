/* SPDX-License-Identifier: MIT
 * The state of taking up one index (ingest/snapshot.h), shared by its steps. */
#ifndef PD_INGEST_TAKING_H
#define PD_INGEST_TAKING_H

#include "ingest/loader.h"

struct pd_index_taking {
    struct pd_loader *loader;
    size_t file;
    const struct pd_snapshot *snapshot;
    const uint32_t *rows; /* [n_records] row numbers */
    bool *left_out;       /* [n_records] no records under this mapping; NULL: all are */
    size_t n_left_out;
    struct pd_reject *rejects; /* [n_rejects] those of this mapping */
    size_t n_rejects;
};

/* One field of all rows as stored: a column of texts, for pd_column_text. */
PADAN_MUST_CHECK enum padan_status pd_index_read_field(const struct pd_index_taking *taking, size_t field,
                                                       struct pd_column *column, struct padan_error *error);
void pd_index_reset_field(struct pd_column *column);
/* Finds the rows that are no records under this mapping, and the rejects that are none. */
PADAN_MUST_CHECK enum padan_status pd_index_judge(struct pd_index_taking *taking, struct padan_error *error);
/* Appends the records to the table, column by column; none may be left out. */
PADAN_MUST_CHECK enum padan_status pd_index_take_columns(struct pd_index_taking *taking, struct padan_error *error);
/* Appends the records that are not left out, one by one. */
PADAN_MUST_CHECK enum padan_status pd_index_take_records(struct pd_index_taking *taking, struct padan_error *error);

#endif

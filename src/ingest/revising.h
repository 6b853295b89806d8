/* SPDX-License-Identifier: MIT
 * The state of making a revision, shared by its steps: what becomes of each row (revise.c), and the file
 * (revise_write.c). Used inside ingest/ only. */
#ifndef PD_INGEST_REVISING_H
#define PD_INGEST_REVISING_H

#include "base/sealed.h"
#include "ingest/revision.h"

/* Rows of the changes are below these. */
#define PD_REVISING_KEPT UINT32_MAX
#define PD_REVISING_REMOVED (UINT32_MAX - 1)
#define PD_REVISING_NO_RECORD UINT32_MAX

struct pd_revising {
    const struct pd_revise_options *options;
    struct pd_revise_facts *facts;
    struct pd_sealed_writer file; /* whose name is taken before anything is read */
    struct pd_snapshot before;
    struct pd_column *fields; /* [n_columns] of before, as stored */
    struct pd_table changes;
    struct pd_ingest_result loaded; /* of the changes */
    int *field_of;                  /* [n_columns] column of the changes for each of before */
    int key, key_of_changes;        /* column of before, and of the changes */
    int operation;                  /* column of the changes, -1: none */
    uint32_t *fate;                 /* [records of before] row of the changes in its place, KEPT or REMOVED */
    uint32_t *added;                /* [n_added] rows of the changes, KEPT: none any more */
    size_t n_added, added_capacity;
};

/* A row of the new revision: where its values are. */
struct pd_revising_row {
    uint32_t record; /* of before, NO_RECORD where it is added */
    uint32_t row;    /* of the changes, KEPT: the values are those of before */
};

/* Text of a column; scratch as pd_column_text. */
struct pd_text pd_revising_text(const struct pd_revising *revising, struct pd_revising_row row, size_t column,
                                char scratch[24]);
/* Writes the revision. */
PADAN_MUST_CHECK enum padan_status pd_revising_write(struct pd_revising *revising, struct padan_error *error);

#endif

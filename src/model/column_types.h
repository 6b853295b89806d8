/* SPDX-License-Identifier: MIT
 * Declared types of columns (`--types dob=DATE,tags=VARCHAR[]`). Files hold texts; what DuckDB's reader would have
 * guessed is said here, so that a model which computes with dates, numbers or lists runs. */
#ifndef PD_MODEL_COLUMN_TYPES_H
#define PD_MODEL_COLUMN_TYPES_H

#include "table/table.h"

enum { PD_DECLARED_ABSENT_MAX = 256 };

struct pd_column_types_report {
    struct pd_text absent[PD_DECLARED_ABSENT_MAX]; /* [n_absent] declared columns that the table lacks, borrowed */
    size_t n_absent;
    struct pd_text column; /* first column with values that do not fit, borrowed from the table */
    uint64_t n_unreadable; /* of all columns; they became NULL */
};

/* Whether a word is the name of a type, as below. */
bool pd_column_type_is_known(struct pd_text word);

/* Gives columns the types of `declaration`: NAME=TYPE, parted by commas; a name with a comma or '=' cannot be said.
 * Types: VARCHAR TEXT, INT INTEGER BIGINT, DOUBLE FLOAT, BOOLEAN, DATE, TIMESTAMP, VARCHAR[] TEXT[], DOUBLE[] FLOAT[].
 * Lists are written [a, b], ["a", "b"] or ['a', 'b'], a quote in an item twice; NULL and null are missing items.
 * Returns  BAD_ARGUMENT for a type that is none of these; columns that the table does not have are reported.
 * Cost     one conversion per distinct text, or per row for columns of digits. */
PADAN_MUST_CHECK enum padan_status pd_column_types_apply(struct pd_table *table, struct pd_text declaration,
                                                         struct pd_column_types_report *report,
                                                         struct padan_error *error);

#endif

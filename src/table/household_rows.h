/* SPDX-License-Identifier: MIT
 * Which rows of a source stand together: those with equal values in some columns, as a number of the household, or a
 * street and a house. More than a dozen are a class or a village, not a household. */
#ifndef PD_TABLE_HOUSEHOLD_ROWS_H
#define PD_TABLE_HOUSEHOLD_ROWS_H

#include "table/table.h"

enum { PD_HOUSEHOLD_MAX = 12 };

struct pd_household_rows {
    uint32_t *of;      /* [n_records] number of the household, from 1; 0: none, or alone in it */
    uint8_t *place;    /* [n_records] which of its members */
    uint32_t *begins;  /* [n + 2] of household i, where its members begin; [0] is of no use */
    uint32_t *members; /* records */
    size_t n;
    size_t n_within;  /* rows in households */
    size_t n_crowded; /* rows with more than a dozen of equal values */
};

/* Households of the rows with a value in all columns. O(n_records). */
PADAN_MUST_CHECK enum padan_status pd_household_rows_make(const struct pd_table *table, const int *columns,
                                                          size_t n_columns, int threads, struct pd_household_rows *rows,
                                                          struct padan_error *error);
void pd_household_rows_reset(struct pd_household_rows *rows);
static inline size_t pd_household_size(const struct pd_household_rows *rows, uint32_t household)
{
    return rows->begins[household + 1] - rows->begins[household];
}

#endif

/* SPDX-License-Identifier: MIT
 * How many pairs in scope agree in some columns, counted from the runs of equal values. */
#ifndef PD_AUTO_EQUAL_PAIRS_H
#define PD_AUTO_EQUAL_PAIRS_H

#include "auto/counted_rows.h"
#include "auto/value_text.h"
#include "expression/expression.h"

/* What zero configuration works on. */
struct pd_auto_data {
    struct pd_table *table; /* derived columns are added */
    const struct pd_function_set *functions;
    bool across; /* pairs across sources count */
    bool inside; /* pairs inside a source count */
    int threads;
    struct pd_counted_rows counted; /* equal pairs are counted on them and scaled */
};

/* Pairs of records in scope. */
PADAN_MUST_CHECK enum padan_status pd_auto_all_pairs(const struct pd_auto_data *data, double *pairs,
                                                     struct padan_error *error);
/* The column that holds a template ({x}) over a profile's canonical value, derived when it is none. */
PADAN_MUST_CHECK enum padan_status pd_auto_derive(const struct pd_auto_data *data, const char *form,
                                                  const struct pd_profile *profile, int *column,
                                                  struct padan_error *error);
/* Pairs in scope that agree in all of columns, none missing. */
PADAN_MUST_CHECK enum padan_status pd_auto_equal_pairs(const struct pd_auto_data *data, const int *columns,
                                                       size_t n_columns, double *pairs, struct padan_error *error);
/* The same of rows with equal hashes; a row for which the function says false has none. */
typedef bool pd_row_hash(const void *context, size_t record, uint64_t *hash);
PADAN_MUST_CHECK enum padan_status pd_auto_hashed_pairs(const struct pd_auto_data *data, pd_row_hash *hash_row,
                                                        const void *context, double *pairs, struct padan_error *error);
/* Pairs in scope in which both have a value. */
PADAN_MUST_CHECK enum padan_status pd_auto_filled_pairs(const struct pd_auto_data *data, int column, double *pairs,
                                                        struct padan_error *error);

#endif

/* SPDX-License-Identifier: MIT
 * Hoisting: a sub-expression that reads one side only becomes a column, computed once per distinct value when it reads
 * a single column of texts or of numbers close together, else once per record. The same expression on the left and on
 * the right is one column. */
#ifndef PD_MODEL_DERIVE_H
#define PD_MODEL_DERIVE_H

#include "model/row_reader.h"

/* One hoisted expression. */
struct pd_derivation {
    const struct pd_expression *expression;
    int column;    /* -1: its owner has dropped it */
    bool made;     /* by this deriver; else the table had it */
    size_t n_uses; /* how often it was asked for again */
};

/* The columns derived so far for one table; {table, threads} is a fresh one. Derived columns live in the table. */
struct pd_deriver {
    struct pd_table *table;
    int threads;
    bool by_code; /* columns of texts may be BY_CODE (table/by_code.h): for keys, of which nothing but words is asked */
    struct pd_derivation *derivations;
    size_t n_derivations, capacity;
};

void pd_deriver_reset(struct pd_deriver *deriver);

/* True when expression can become a column: it is bound, reads one side, and gives a scalar. */
bool pd_derivable(const struct pd_expression *expression);

/* The column that holds expression: the column itself when expression is one, else a derived one (made when new).
 * Cost O(distinct values) or O(records) interpreter calls, in parallel. */
PADAN_MUST_CHECK enum padan_status pd_derive(struct pd_deriver *deriver, const struct pd_expression *expression,
                                             int *column, struct padan_error *error);

/* What a value of an expression belongs to. */
enum pd_values_key {
    PD_VALUES_BY_RECORD,
    PD_VALUES_BY_CODE,  /* of the only column it reads */
    PD_VALUES_BY_NUMBER /* of the only column it reads, whose numbers lie close together: dates, years */
};

/* A number per distinct value or per record, for term frequencies and the like: values of a one-row expression. NaN
 * where the expression is NULL. */
struct pd_value_map {
    double *values;
    size_t n_values;
    enum pd_values_key key;
    int column;
    int64_t base; /* by number: index 1 is that of base; index 0 is that of NULL */
};
void pd_value_map_reset(struct pd_value_map *map);
PADAN_MUST_CHECK enum padan_status pd_derive_numbers(struct pd_deriver *deriver, const struct pd_expression *expression,
                                                     struct pd_value_map *map, struct padan_error *error);
/* Index of a word of the column, by code or by number. */
static inline size_t pd_values_index(enum pd_values_key key, int64_t base, uint64_t word)
{
    if (key == PD_VALUES_BY_CODE) return (size_t)word;
    return (int64_t)word == PD_NULL_INT ? 0 : (size_t)((int64_t)word - base) + 1;
}

#endif

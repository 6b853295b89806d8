/* SPDX-License-Identifier: MIT
 * Hoisting: a sub-expression that reads one side only becomes a column, computed once per distinct value when it reads
 * a single dictionary column, else once per record. The same expression on the left and on the right is one column. */
#ifndef PD_MODEL_DERIVE_H
#define PD_MODEL_DERIVE_H

#include "model/row_reader.h"

/* One hoisted expression. */
struct pd_derivation {
    const struct pd_expression *expression;
    int column;
};

/* The columns derived so far for one table; {table, threads} is a fresh one. Derived columns live in the table. */
struct pd_deriver {
    struct pd_table *table;
    int threads;
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

/* A number per distinct value or per record, for term frequencies and the like: values of a one-row expression over the
 * values of `column`. Exactly one of the two layouts is used:
 * by_code   index = dictionary code (column is CODE encoded and the expression reads only it)
 * otherwise index = record. NaN where the expression is NULL. */
struct pd_value_map {
    double *values;
    size_t n_values;
    bool by_code;
    int column;
};
void pd_value_map_reset(struct pd_value_map *map);
PADAN_MUST_CHECK enum padan_status pd_derive_numbers(struct pd_deriver *deriver, const struct pd_expression *expression,
                                                     struct pd_value_map *map, struct padan_error *error);
static inline size_t pd_value_map_index(const struct pd_value_map *map, const struct pd_table *table, uint32_t record)
{
    return map->by_code ? ((const uint32_t *)table->columns[map->column].words)[record] : record;
}

#endif

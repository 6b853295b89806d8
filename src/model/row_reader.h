/* SPDX-License-Identifier: MIT
 * Binds the condition language to a table: columns by name, values of one record or of a pair. */
#ifndef PD_MODEL_ROW_READER_H
#define PD_MODEL_ROW_READER_H

#include "expression/expression.h"
#include "table/table.h"

/* Resolves names to column indexes of table. */
struct pd_column_resolver pd_table_resolver(const struct pd_table *table);

/* Reads values of two records; one-row mode reads `left`. Digits are written to a ring that holds the last of them:
 * enough for the arguments of one function, which is as long as they live. Lists live longer (coalesce hands them on):
 * the last PD_READER_LISTS different ones that were read have a place each. */
enum { PD_READER_RING = 32, PD_READER_LISTS = 16 };
struct pd_pair_reader {
    const struct pd_table *table;
    uint32_t left, right;
    unsigned next, n_lists;
    uint64_t n_reads; /* of lists */
    char digits[PD_READER_RING][24];
    struct {
        int column;
        uint32_t record;
        uint64_t last_read;
    } lists[PD_READER_LISTS]; /* [n_lists] whose items are where */
    struct pd_value items[PD_READER_LISTS][PD_LIST_MAX];
};

/* The interpreter's view of reader, which must outlive it. */
struct pd_row_reader pd_pair_row_reader(struct pd_pair_reader *reader);

#endif

/* SPDX-License-Identifier: MIT
 * A table put together row by row from texts, for rows that come from no file. What comes out is as ingest makes it:
 * sources one after another, text columns under their names, `unique_id` for every row. */
#ifndef PD_TABLE_BUILDER_H
#define PD_TABLE_BUILDER_H

#include "base/buffer.h"
#include "table/table.h"

enum { PD_BUILDER_SOURCES_MAX = 256 };

struct pd_table_builder {
    struct pd_table table;    /* with all rows so far, but for ids that pd_table_builder_finish gives */
    struct pd_text unique_id; /* the column that names rows, in the table's arena */
    size_t *capacities;       /* [table.columns_capacity] words that a column has room for */
    size_t n_capacities;      /* room in `capacities` */
    size_t sources_capacity, source_of_capacity;
};

PADAN_MUST_CHECK enum padan_status pd_table_builder_make(struct pd_table_builder *builder, struct pd_text unique_id,
                                                         struct padan_error *error);
void pd_table_builder_reset(struct pd_table_builder *builder);

/* Adds n rows of NULLs to a source, a new one or the last; *begin is the first of them. BAD_ARGUMENT for a source that
 * is not the last; LIMIT. */
PADAN_MUST_CHECK enum padan_status pd_table_builder_add_rows(struct pd_table_builder *builder, struct pd_text source,
                                                             size_t n, size_t *begin, struct padan_error *error);
/* The column of that name, made where the table has none; stays valid until the next call. */
PADAN_MUST_CHECK enum padan_status pd_table_builder_column(struct pd_table_builder *builder, struct pd_text name,
                                                           struct pd_column **column, struct padan_error *error);
/* Takes rows from `n` on away again, and a source that then has none. Texts that only they had stay known. */
void pd_table_builder_cut(struct pd_table_builder *builder, size_t n);
/* Names the rows and moves the table out; the builder is empty then. Rows of a source that came without the column of
 * ids are <source>:<number>. BAD_INPUT for a row without an id beside others with one, or an id twice in a source. */
PADAN_MUST_CHECK enum padan_status pd_table_builder_finish(struct pd_table_builder *builder, struct pd_table *table,
                                                           struct padan_error *error);

#endif

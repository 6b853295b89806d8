/* SPDX-License-Identifier: MIT
 * Tables of the public library. */
#ifndef PD_LIBRARY_TABLE_H
#define PD_LIBRARY_TABLE_H

#include "table/builder.h"

struct padan_table {
    struct pd_table_builder builder;
    struct pd_text unique_id;
    bool id_is_said; /* by the caller: some source has to have it */
    struct pd_arena arena;
    struct pd_buffer types; /* NAME=TYPE, parted by commas, of columns that came typed (model/column_types.h) */
};

/* Remembers the type of a column, whose name has neither ',' nor '='; the first one counts. */
PADAN_MUST_CHECK enum padan_status pd_library_note_type(struct padan_table *table, const char *column, const char *type,
                                                        struct padan_error *error);
/* Moves the rows out: the table is empty, and may be added to. Errors as padan_link's about rows. */
PADAN_MUST_CHECK enum padan_status pd_library_take(struct padan_table *table, struct pd_table *rows,
                                                   struct pd_buffer *types, struct padan_error *error);

#endif

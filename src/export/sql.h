/* SPDX-License-Identifier: MIT
 * What tables in any database have in common. */
#ifndef PD_EXPORT_SQL_H
#define PD_EXPORT_SQL_H

#include "base/buffer.h"

/* A name in SQL: in quotes, quotes inside doubled. */
void pd_sql_append_name(struct pd_buffer *sql, struct pd_text name);
/* Whether tables are joined or looked through by a column of that name. */
bool pd_sql_is_key(struct pd_text column);

#endif

/* SPDX-License-Identifier: MIT
 * Tables and queries of a PostgreSQL database where a file may stand: postgresql://[USER@]HOST[:PORT]/DATABASE#WHAT,
 * WHAT being a table or view as SQL names it ("bantuan.pkh_2026", "\"Data KPM\"") or a query (SELECT, WITH, VALUES,
 * TABLE). */
#ifndef PD_BASE_POSTGRES_NAME_H
#define PD_BASE_POSTGRES_NAME_H

#include "base/buffer.h"

/* Whether a path is such a name. */
bool pd_postgres_is(const char *path);
/* What follows the first '#', blanks and semicolons at its end cut off; empty when nothing does. */
struct pd_text pd_postgres_what(const char *path);
bool pd_postgres_is_query(struct pd_text what);
/* Whether it is one name, without points: that of a schema. */
bool pd_postgres_is_identifier(struct pd_text what);
/* A table's last name without schema and quotes, "query" for a query: what stands where a file's base name does. Not a
 * copy. */
struct pd_text pd_postgres_table(const char *path);
/* As reports name it: DATABASE#TABLE or DATABASE#query-<8 hex digits of its XXH3>, without host, user and settings. */
void pd_postgres_append_name(struct pd_buffer *out, const char *path);
/* The statement that sends the rows as CSV. BAD_ARGUMENT when WHAT is missing or neither a name nor a query. */
PADAN_MUST_CHECK enum padan_status pd_postgres_statement(struct pd_buffer *out, const char *path,
                                                         struct padan_error *error);

#endif

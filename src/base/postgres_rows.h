/* SPDX-License-Identifier: MIT
 * How many rows a table of a database has, before they come. */
#ifndef PD_BASE_POSTGRES_ROWS_H
#define PD_BASE_POSTGRES_ROWS_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* As PostgreSQL's planner reckons, without a look at the rows: those there were when the table was last analysed, by
 * its size now; of partitions the sum. About, therefore. Not known of views, queries, foreign tables and those never
 * analysed, and where the server refuses to say it, which reading the rows will tell. Connects for it, and fails where
 * that cannot be done, so that a server that does not answer is waited for once. */
PADAN_MUST_CHECK enum padan_status pd_postgres_rows(const char *path, bool *known, uint64_t *rows,
                                                    struct padan_error *error);

#endif

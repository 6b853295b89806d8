/* SPDX-License-Identifier: MIT
 * How many rows a table of a database has, before they come. */
#ifndef PD_BASE_POSTGRES_ROWS_H
#define PD_BASE_POSTGRES_ROWS_H

#include <stdbool.h>
#include <stdint.h>

/* As PostgreSQL's planner reckons, without a look at the rows: those there were when the table was last analysed, by
 * its size now; of partitions the sum. About, therefore. false where that is not known: for views, queries, foreign
 * tables and those never analysed, and where anything fails, which reading the rows will tell. Connects for it. */
bool pd_postgres_rows(const char *path, uint64_t *rows);

#endif

/* SPDX-License-Identifier: MIT
 * Rows out of a PostgreSQL database and into one, as CSV by COPY. libpq is loaded when a database is first named: with
 * the libraries it needs it takes twice as long to start a program as all else that padan does before its first file.
 */
#ifndef PD_BASE_POSTGRES_H
#define PD_BASE_POSTGRES_H

#include "base/buffer.h"

struct pd_postgres;

/* Connects. uri (to a '#' or its end) is libpq's, and may leave to PGHOST, PGUSER, ~/.pgpass, a service file and the
 * like what it does not say; name is what messages call the database, and must outlive it. Dates come as ISO, texts as
 * UTF-8, times of zones in UTC. may_write: else the session is read-only. BAD_ARGUMENT when uri is none or holds a
 * password, which would stand in lists of processes and in the copies of jobs; BAD_INPUT when there is no such
 * database; IO when libpq is not installed. */
PADAN_MUST_CHECK enum padan_status pd_postgres_open(struct pd_postgres **postgres, const char *uri, const char *name,
                                                    bool may_write, struct padan_error *error);
/* One statement that gives no rows. BAD_INPUT with the server's words. */
PADAN_MUST_CHECK enum padan_status pd_postgres_run(struct pd_postgres *postgres, const char *statement,
                                                   struct padan_error *error);

/* Begins COPY ... TO STDOUT; then pd_postgres_read fills bytes as far as the rows go, *n < capacity only at the end.
 * BAD_INPUT when the server refuses or stops: what was read until then is not all. */
PADAN_MUST_CHECK enum padan_status pd_postgres_copy_out(struct pd_postgres *postgres, const char *statement,
                                                        struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_postgres_read(struct pd_postgres *postgres, char *bytes, size_t capacity,
                                                    size_t *n, struct padan_error *error);

/* Begins COPY ... FROM STDIN, sends bytes of it, ends it. */
PADAN_MUST_CHECK enum padan_status pd_postgres_copy_in(struct pd_postgres *postgres, const char *statement,
                                                       struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_postgres_write(struct pd_postgres *postgres, const char *bytes, size_t n,
                                                     struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_postgres_copied(struct pd_postgres *postgres, struct padan_error *error);

/* Disconnects: what was not committed is undone. NULL is none. */
void pd_postgres_close(struct pd_postgres *postgres);

#endif

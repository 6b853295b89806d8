/* SPDX-License-Identifier: MIT */
#include "base/postgres.h"

#include "base/memory.h"

#include <dlfcn.h>
#include <limits.h>
#include <postgresql/libpq-fe.h>
#include <string.h>

/* The functions of libpq that are used here. */
#define LIBPQ_FUNCTIONS(X)                                                                                             \
    X(PQconninfoParse)                                                                                                 \
    X(PQconninfoFree)                                                                                                  \
    X(PQconnectdbParams)                                                                                               \
    X(PQstatus)                                                                                                        \
    X(PQerrorMessage)                                                                                                  \
    X(PQexec)                                                                                                          \
    X(PQexecParams)                                                                                                    \
    X(PQgetResult)                                                                                                     \
    X(PQresultStatus)                                                                                                  \
    X(PQclear)                                                                                                         \
    X(PQgetCopyData)                                                                                                   \
    X(PQputCopyData)                                                                                                   \
    X(PQputCopyEnd)                                                                                                    \
    X(PQfreemem)                                                                                                       \
    X(PQfinish)

struct libpq {
#define MEMBER(function) __typeof__(&function) function;
    LIBPQ_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct pd_postgres {
    struct libpq pq;
    const char *name;
    PGconn *connection;
    char *row; /* libpq's: what COPY sent last */
    size_t row_begin, row_end;
    bool ended;
};

/* The library is not unloaded again: those that it brings in do not all bear that. */
static enum padan_status load_libpq(struct libpq *pq, const char *name, struct padan_error *error)
{
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        PD_FAIL(error, PADAN_IO, "%s: PostgreSQL's client library is not here (%s); install it (Debian: libpq5)", name,
                dlerror());
#define LOAD(function)                                                                                                 \
    pq->function = (__typeof__(&function))(uintptr_t)dlsym(library, #function);                                        \
    if (pq->function == NULL)                                                                                          \
        PD_FAIL(error, PADAN_IO, "%s: libpq.so.5 has no " #function "; install a newer one", name);
    LIBPQ_FUNCTIONS(LOAD)
#undef LOAD
    return PADAN_OK;
}

/* Fails with the first line of the server's words, or the library's: those behind it quote the statement. */
static enum padan_status refuse(const struct pd_postgres *postgres, const char *what, struct padan_error *error)
{
    const char *words = postgres->pq.PQerrorMessage(postgres->connection);
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: %s: %.*s", postgres->name, what, (int)strcspn(words, "\n"), words);
}

/* Whether uri is one, and holds no password. */
static enum padan_status check_uri(const struct libpq *pq, const char *uri, const char *name, struct padan_error *error)
{
    char *reason = NULL;
    PQconninfoOption *options = pq->PQconninfoParse(uri, &reason);
    if (options == NULL) {
        const enum padan_status status = pd_fail(error, PADAN_BAD_ARGUMENT, "%s: not a name of a database: %.*s", name,
                                                 reason == NULL ? 0 : (int)strcspn(reason, "\n"), reason);
        pq->PQfreemem(reason);
        return status;
    }
    bool has_password = false;
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        has_password |= strcmp(option->keyword, "password") == 0 && option->val != NULL;
    pq->PQconninfoFree(options);
    if (has_password)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: its name holds a password, which others could read; put that into ~/.pgpass or PGPASSWORD", name);
    return PADAN_OK;
}

static enum padan_status connect_to(struct pd_postgres *postgres, const char *uri, struct padan_error *error)
{
    static const char *const keywords[] = { "dbname", "fallback_application_name", NULL };
    const char *const values[] = { uri, "padan", NULL };
    const struct libpq *pq = &postgres->pq;
    PD_TRY(check_uri(pq, uri, postgres->name, error));
    postgres->connection = pq->PQconnectdbParams(keywords, values, 1);
    if (postgres->connection == NULL) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "%s: no memory to connect", postgres->name);
    if (pq->PQstatus(postgres->connection) != CONNECTION_OK) return refuse(postgres, "cannot be reached", error);
    return PADAN_OK;
}

static enum padan_status begin_session(struct pd_postgres *postgres, bool may_write, struct padan_error *error)
{
    static const char *const settings[] = { "SET client_encoding = 'UTF8'",   "SET datestyle = 'ISO, YMD'",
                                            "SET intervalstyle = 'iso_8601'", "SET bytea_output = 'hex'",
                                            "SET timezone = 'UTC'",           "SET client_min_messages = 'warning'" };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        PD_TRY(pd_postgres_run(postgres, settings[i], error));
    return may_write ? PADAN_OK : pd_postgres_run(postgres, "SET default_transaction_read_only = on", error);
}

enum padan_status pd_postgres_open(struct pd_postgres **postgres, const char *uri, const char *name, bool may_write,
                                   struct padan_error *error)
{
    struct pd_buffer plain = { 0 };
    pd_append_bytes(&plain, uri, strcspn(uri, "#"));
    pd_append_byte(&plain, '\0');
    enum padan_status status = pd_buffer_status(&plain, error);
    if (status == PADAN_OK) status = pd_allocate(postgres, 1, sizeof **postgres, error);
    if (status == PADAN_OK) {
        (*postgres)->name = name;
        status = load_libpq(&(*postgres)->pq, name, error);
    }
    if (status == PADAN_OK) status = connect_to(*postgres, plain.data, error);
    if (status == PADAN_OK) status = begin_session(*postgres, may_write, error);
    pd_buffer_reset(&plain);
    return status;
}

/* One statement, and that it ends so. The protocol of parameters takes no second one behind a semicolon. */
static enum padan_status start(struct pd_postgres *postgres, const char *statement, ExecStatusType wanted,
                               const char *what, struct padan_error *error)
{
    const struct libpq *pq = &postgres->pq;
    PGresult *result = pq->PQexecParams(postgres->connection, statement, 0, NULL, NULL, NULL, NULL, 0);
    const bool good = pq->PQresultStatus(result) == wanted;
    pq->PQclear(result);
    return good ? PADAN_OK : refuse(postgres, what, error);
}

/* After COPY: whether it came to its end. */
static enum padan_status finish(struct pd_postgres *postgres, const char *what, struct padan_error *error)
{
    const struct libpq *pq = &postgres->pq;
    bool good = true;
    PGresult *result = NULL;
    while ((result = pq->PQgetResult(postgres->connection)) != NULL) {
        good = good && pq->PQresultStatus(result) == PGRES_COMMAND_OK;
        pq->PQclear(result);
    }
    return good ? PADAN_OK : refuse(postgres, what, error);
}

enum padan_status pd_postgres_run(struct pd_postgres *postgres, const char *statement, struct padan_error *error)
{
    return start(postgres, statement, PGRES_COMMAND_OK, "the database refuses", error);
}

enum padan_status pd_postgres_copy_out(struct pd_postgres *postgres, const char *statement, struct padan_error *error)
{
    return start(postgres, statement, PGRES_COPY_OUT, "cannot be read", error);
}

/* The next row that COPY sends. */
static enum padan_status next_row(struct pd_postgres *postgres, struct padan_error *error)
{
    const struct libpq *pq = &postgres->pq;
    if (postgres->row != NULL) pq->PQfreemem(postgres->row);
    postgres->row = NULL;
    const int length = pq->PQgetCopyData(postgres->connection, &postgres->row, 0);
    postgres->row_begin = 0;
    postgres->row_end = length > 0 ? (size_t)length : 0;
    if (length > 0) return PADAN_OK;
    postgres->ended = true;
    return finish(postgres, "its rows ended early", error);
}

enum padan_status pd_postgres_read(struct pd_postgres *postgres, char *bytes, size_t capacity, size_t *n,
                                   struct padan_error *error)
{
    *n = 0;
    while (*n < capacity && !postgres->ended) {
        if (postgres->row_begin == postgres->row_end) {
            PD_TRY(next_row(postgres, error));
            continue;
        }
        const size_t left = postgres->row_end - postgres->row_begin;
        const size_t now = left < capacity - *n ? left : capacity - *n;
        memcpy(bytes + *n, postgres->row + postgres->row_begin, now);
        postgres->row_begin += now;
        *n += now;
    }
    return PADAN_OK;
}

enum padan_status pd_postgres_copy_in(struct pd_postgres *postgres, const char *statement, struct padan_error *error)
{
    return start(postgres, statement, PGRES_COPY_IN, "cannot be written", error);
}

enum padan_status pd_postgres_write(struct pd_postgres *postgres, const char *bytes, size_t n,
                                    struct padan_error *error)
{
    while (n > 0) {
        const int now = n < INT_MAX / 2 ? (int)n : INT_MAX / 2;
        if (postgres->pq.PQputCopyData(postgres->connection, bytes, now) != 1)
            return refuse(postgres, "cannot be written", error);
        bytes += now;
        n -= (size_t)now;
    }
    return PADAN_OK;
}

enum padan_status pd_postgres_copied(struct pd_postgres *postgres, struct padan_error *error)
{
    if (postgres->pq.PQputCopyEnd(postgres->connection, NULL) != 1) return refuse(postgres, "cannot be written", error);
    return finish(postgres, "cannot be written", error);
}

void pd_postgres_close(struct pd_postgres *postgres)
{
    if (postgres == NULL) return;
    if (postgres->row != NULL) postgres->pq.PQfreemem(postgres->row);
    if (postgres->connection != NULL) postgres->pq.PQfinish(postgres->connection);
    pd_free(postgres);
}

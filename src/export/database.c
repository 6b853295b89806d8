/* SPDX-License-Identifier: MIT */
#include "export/database.h"

#include "base/file.h"
#include "export/rows.h"
#include "export/sql.h"

#include <math.h>
#include <sqlite3.h>

struct writing {
    const struct pd_export_options *options;
    sqlite3 *database;
    uint64_t n_rows;
};

static enum padan_status check(int code, const struct writing *writing, struct padan_error *error)
{
    if (code == SQLITE_OK || code == SQLITE_DONE) return PADAN_OK;
    if (code == SQLITE_NOMEM) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "no memory for the database");
    PD_FAIL(error, PADAN_IO, "%s cannot be written: %s", writing->options->database, sqlite3_errmsg(writing->database));
}

/* Runs what a buffer holds, and resets it. */
static enum padan_status run(const struct writing *writing, struct pd_buffer *sql, struct padan_error *error)
{
    pd_append_byte(sql, '\0');
    enum padan_status status = pd_buffer_status(sql, error);
    if (status == PADAN_OK)
        status = check(sqlite3_exec(writing->database, sql->data, NULL, NULL, NULL), writing, error);
    pd_buffer_reset(sql);
    return status;
}

static enum padan_status run_text(const struct writing *writing, const char *text, struct padan_error *error)
{
    return check(sqlite3_exec(writing->database, text, NULL, NULL, NULL), writing, error);
}

/* Columns of codes are TEXT; others have no type, and hold numbers as numbers. */
static enum padan_status make_table(const struct writing *writing, const struct pd_listed_table *table,
                                    const struct pd_export_rows *rows, struct padan_error *error)
{
    struct pd_buffer sql = { 0 };
    pd_append_string(&sql, "CREATE TABLE ");
    pd_sql_append_name(&sql, table->name);
    for (size_t i = 0; i < rows->file.n_header; i++) {
        pd_append_string(&sql, i == 0 ? " (" : ", ");
        pd_sql_append_name(&sql, rows->file.header[i]);
        if (rows->is_text[i]) pd_append_string(&sql, " TEXT");
    }
    pd_append_string(&sql, ")");
    return run(writing, &sql, error);
}

static enum padan_status prepare(const struct writing *writing, const struct pd_listed_table *table,
                                 const struct pd_export_rows *rows, sqlite3_stmt **insert, struct padan_error *error)
{
    struct pd_buffer sql = { 0 };
    pd_append_string(&sql, "INSERT INTO ");
    pd_sql_append_name(&sql, table->name);
    pd_append_string(&sql, " VALUES (?");
    for (size_t i = 1; i < rows->file.n_header; i++) pd_append_string(&sql, ",?");
    pd_append_string(&sql, ")");
    pd_append_byte(&sql, '\0');
    enum padan_status status = pd_buffer_status(&sql, error);
    if (status == PADAN_OK)
        status = check(sqlite3_prepare_v2(writing->database, sql.data, -1, insert, NULL), writing, error);
    pd_buffer_reset(&sql);
    return status;
}

static int bind(sqlite3_stmt *insert, const struct pd_export_rows *rows, size_t column, struct pd_text field)
{
    double number = 0;
    const int at = (int)column + 1;
    if (field.length == 0) return sqlite3_bind_null(insert, at);
    if (!pd_export_number(rows, column, field, &number))
        return sqlite3_bind_text64(insert, at, field.data, field.length, SQLITE_STATIC, SQLITE_UTF8);
    if (number == floor(number) && memchr(field.data, '.', field.length) == NULL)
        return sqlite3_bind_int64(insert, at, (int64_t)number);
    return sqlite3_bind_double(insert, at, number);
}

static enum padan_status insert_rows(struct writing *writing, struct pd_export_rows *rows, sqlite3_stmt *insert,
                                     struct padan_error *error)
{
    for (;;) {
        const struct pd_text *fields = NULL;
        PD_TRY(pd_export_rows_next(rows, &fields, error));
        if (fields == NULL) return PADAN_OK;
        for (size_t i = 0; i < rows->file.n_header; i++)
            PD_TRY(check(bind(insert, rows, i, fields[i]), writing, error));
        PD_TRY(check(sqlite3_step(insert), writing, error));
        PD_TRY(check(sqlite3_reset(insert), writing, error));
        writing->n_rows++;
    }
}

static enum padan_status make_indexes(const struct writing *writing, const struct pd_listed_table *table,
                                      const struct pd_export_rows *rows, struct padan_error *error)
{
    for (size_t i = 0; i < rows->file.n_header; i++) {
        const struct pd_text key = rows->file.header[i];
        if (!pd_sql_is_key(key)) continue;
        struct pd_buffer sql = { 0 }, name = { 0 };
        pd_append_format(&name, "%.*s.%.*s", PD_TEXT_ARGS(table->name), PD_TEXT_ARGS(key));
        pd_append_string(&sql, "CREATE INDEX ");
        pd_sql_append_name(&sql, (struct pd_text){ name.data, name.length });
        pd_append_string(&sql, " ON ");
        pd_sql_append_name(&sql, table->name);
        pd_append_string(&sql, " (");
        pd_sql_append_name(&sql, key);
        pd_append_byte(&sql, ')');
        pd_buffer_reset(&name);
        PD_TRY(run(writing, &sql, error));
    }
    return PADAN_OK;
}

static enum padan_status write_table(struct writing *writing, const struct pd_listed_table *table,
                                     struct padan_error *error)
{
    struct pd_export_rows rows;
    sqlite3_stmt *insert = NULL;
    PD_TRY(pd_export_rows_open(&rows, table, writing->options->region, error));
    enum padan_status status = make_table(writing, table, &rows, error);
    if (status == PADAN_OK) status = prepare(writing, table, &rows, &insert, error);
    if (status == PADAN_OK) status = insert_rows(writing, &rows, insert, error);
    (void)sqlite3_finalize(insert);
    if (status == PADAN_OK) status = make_indexes(writing, table, &rows, error);
    pd_export_rows_close(&rows);
    return status;
}

static enum padan_status write_tables(struct writing *writing, const struct pd_listing *listing,
                                      struct padan_error *error)
{
    /* The file is new, and thrown away after any failure. */
    PD_TRY(run_text(writing, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN", error));
    for (size_t i = 0; i < listing->n_items; i++) PD_TRY(write_table(writing, &listing->items[i], error));
    return run_text(writing, "COMMIT", error);
}

enum padan_status pd_database_write(const struct pd_export_options *options, const struct pd_listing *listing,
                                    struct pd_export_summary *summary, struct padan_error *error)
{
    struct writing writing = { .options = options };
    struct pd_sink sink;
    PD_TRY(pd_sink_open_temporary(&sink, options->database, error));
    enum padan_status status = check(sqlite3_open(sink.path, &writing.database), &writing, error);
    if (status == PADAN_OK) status = write_tables(&writing, listing, error);
    const int closed = sqlite3_close(writing.database);
    if (status == PADAN_OK && closed != SQLITE_OK)
        status = pd_fail(error, PADAN_IO, "%s cannot be written", options->database);
    if (status != PADAN_OK) {
        pd_sink_discard(&sink);
        return status;
    }
    if (listing->n_items > summary->n_tables)
        *summary = (struct pd_export_summary){ .n_tables = listing->n_items, .n_rows = writing.n_rows };
    return pd_sink_publish(&sink, options->database, error);
}

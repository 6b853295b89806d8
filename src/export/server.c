/* SPDX-License-Identifier: MIT
 * Columns of a server have types, so each table is read twice: first for what its cells are, then to be sent. */
#include "export/server.h"

#include "base/memory.h"
#include "base/postgres.h"
#include "base/postgres_name.h"
#include "export/rows.h"
#include "export/sql.h"

enum { SEND_BYTES = 1 << 20 };

enum column_type { EMPTY, WHOLE, DECIMAL, WORDS };

struct writing {
    const struct pd_export_options *options;
    struct pd_postgres *server;
    struct pd_text schema; /* as SQL names it */
    struct pd_buffer sql, rows;
    uint64_t n_rows;
};

/* Runs what the buffer holds, and clears it. */
static enum padan_status run(struct writing *writing, struct padan_error *error)
{
    pd_append_byte(&writing->sql, '\0');
    PD_TRY(pd_buffer_status(&writing->sql, error));
    PD_TRY(pd_postgres_run(writing->server, writing->sql.data, error));
    pd_buffer_clear(&writing->sql);
    return PADAN_OK;
}

static void append_table(struct writing *writing, struct pd_text table)
{
    pd_append_text(&writing->sql, writing->schema);
    pd_append_byte(&writing->sql, '.');
    pd_sql_append_name(&writing->sql, table);
}

/* What all cells of a column are so far, and this one. */
static enum column_type type_with(enum column_type type, const struct pd_export_rows *rows, size_t column,
                                  struct pd_text field)
{
    double number = 0;
    if (field.length == 0 || type == WORDS) return type;
    if (!pd_export_number(rows, column, field, &number)) return WORDS;
    if (memchr(field.data, '.', field.length) != NULL) return DECIMAL;
    return type == EMPTY ? WHOLE : type;
}

static enum padan_status find_types(const struct writing *writing, const struct pd_listed_table *table,
                                    enum column_type *types, struct padan_error *error)
{
    struct pd_export_rows rows;
    const struct pd_text *fields = NULL;
    PD_TRY(pd_export_rows_open(&rows, table, writing->options->region, error));
    for (size_t i = 0; i < rows.file.n_header; i++) types[i] = rows.is_text[i] ? WORDS : EMPTY;
    enum padan_status status = pd_export_rows_next(&rows, &fields, error);
    while (status == PADAN_OK && fields != NULL) {
        for (size_t i = 0; i < rows.file.n_header; i++) types[i] = type_with(types[i], &rows, i, fields[i]);
        status = pd_export_rows_next(&rows, &fields, error);
    }
    pd_export_rows_close(&rows);
    return status;
}

static enum padan_status make_table(struct writing *writing, const struct pd_listed_table *table,
                                    const struct pd_export_rows *rows, struct padan_error *error)
{
    static const char *const words[] = {
        [EMPTY] = " text", [WHOLE] = " bigint", [DECIMAL] = " numeric", [WORDS] = " text"
    };
    enum column_type *types = NULL;
    PD_TRY(pd_allocate(&types, rows->file.n_header + 1, sizeof *types, error));
    enum padan_status status = find_types(writing, table, types, error);
    pd_append_string(&writing->sql, "CREATE TABLE ");
    append_table(writing, table->name);
    for (size_t i = 0; i < rows->file.n_header; i++) {
        pd_append_string(&writing->sql, i == 0 ? " (" : ", ");
        pd_sql_append_name(&writing->sql, rows->file.header[i]);
        pd_append_string(&writing->sql, words[types[i]]);
    }
    pd_append_byte(&writing->sql, ')');
    pd_free(types);
    return status == PADAN_OK ? run(writing, error) : status;
}

/* An empty cell is NULL. A line of \. alone would end the rows, so what begins with it is quoted. */
static void append_row(struct pd_buffer *out, const struct pd_text *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0) pd_append_byte(out, ',');
        if (fields[i].length > 0 && fields[i].data[0] == '\\')
            pd_append_csv_quoted(out, fields[i]);
        else
            pd_append_csv(out, fields[i]);
    }
    pd_append_byte(out, '\n');
}

static enum padan_status flush(struct writing *writing, struct padan_error *error)
{
    PD_TRY(pd_buffer_status(&writing->rows, error));
    PD_TRY(pd_postgres_write(writing->server, writing->rows.data, writing->rows.length, error));
    pd_buffer_clear(&writing->rows);
    return PADAN_OK;
}

static enum padan_status send_rows(struct writing *writing, const struct pd_listed_table *table,
                                   struct pd_export_rows *rows, struct padan_error *error)
{
    pd_append_string(&writing->sql, "COPY ");
    append_table(writing, table->name);
    pd_append_string(&writing->sql, " FROM STDIN (FORMAT csv)");
    pd_append_byte(&writing->sql, '\0');
    PD_TRY(pd_buffer_status(&writing->sql, error));
    PD_TRY(pd_postgres_copy_in(writing->server, writing->sql.data, error));
    pd_buffer_clear(&writing->sql);
    for (;;) {
        const struct pd_text *fields = NULL;
        PD_TRY(pd_export_rows_next(rows, &fields, error));
        if (fields == NULL) break;
        append_row(&writing->rows, fields, rows->file.n_header);
        if (writing->rows.length >= SEND_BYTES) PD_TRY(flush(writing, error));
        writing->n_rows++;
    }
    PD_TRY(flush(writing, error));
    return pd_postgres_copied(writing->server, error);
}

static enum padan_status make_indexes(struct writing *writing, const struct pd_listed_table *table,
                                      const struct pd_export_rows *rows, struct padan_error *error)
{
    for (size_t i = 0; i < rows->file.n_header; i++) {
        if (!pd_sql_is_key(rows->file.header[i])) continue;
        pd_append_string(&writing->sql, "CREATE INDEX ON ");
        append_table(writing, table->name);
        pd_append_string(&writing->sql, " (");
        pd_sql_append_name(&writing->sql, rows->file.header[i]);
        pd_append_byte(&writing->sql, ')');
        PD_TRY(run(writing, error));
    }
    return PADAN_OK;
}

static enum padan_status write_table(struct writing *writing, const struct pd_listed_table *table,
                                     struct padan_error *error)
{
    struct pd_export_rows rows;
    pd_append_string(&writing->sql, "DROP TABLE IF EXISTS ");
    append_table(writing, table->name);
    PD_TRY(run(writing, error));
    PD_TRY(pd_export_rows_open(&rows, table, writing->options->region, error));
    enum padan_status status = make_table(writing, table, &rows, error);
    if (status == PADAN_OK) status = send_rows(writing, table, &rows, error);
    if (status == PADAN_OK) status = make_indexes(writing, table, &rows, error);
    pd_export_rows_close(&rows);
    return status;
}

static enum padan_status write_tables(struct writing *writing, const struct pd_listing *listing,
                                      struct padan_error *error)
{
    PD_TRY(pd_postgres_run(writing->server, "BEGIN", error));
    pd_append_string(&writing->sql, "CREATE SCHEMA IF NOT EXISTS ");
    pd_append_text(&writing->sql, writing->schema);
    PD_TRY(run(writing, error));
    for (size_t i = 0; i < listing->n_items; i++) PD_TRY(write_table(writing, &listing->items[i], error));
    return pd_postgres_run(writing->server, "COMMIT", error);
}

enum padan_status pd_server_write(const struct pd_export_options *options, const struct pd_listing *listing,
                                  struct pd_export_summary *summary, struct padan_error *error)
{
    struct writing writing = { .options = options, .schema = pd_postgres_what(options->server) };
    struct pd_buffer name = { 0 };
    if (!pd_postgres_is(options->server) || !pd_postgres_is_identifier(writing.schema))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--postgres needs a schema to write to: postgresql://HOST/DATABASE#SCHEMA");
    pd_postgres_append_name(&name, options->server);
    pd_append_byte(&name, '\0');
    enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK) status = pd_postgres_open(&writing.server, options->server, name.data, true, error);
    if (status == PADAN_OK) status = write_tables(&writing, listing, error);
    pd_postgres_close(writing.server);
    pd_buffer_reset(&name);
    pd_buffer_reset(&writing.sql);
    pd_buffer_reset(&writing.rows);
    if (status == PADAN_OK && listing->n_items >= summary->n_tables)
        *summary = (struct pd_export_summary){ .n_tables = listing->n_items, .n_rows = writing.n_rows };
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "base/postgres_rows.h"

#include "base/postgres.h"
#include "base/postgres_name.h"

/* SELECT * reads what inherits from a table, too, and a partitioned one has no rows of its own. One that is empty has
 * no size, as partitions for times to come, which nobody analyses. NULL where any part is not known. */
static const char OF_TABLE[] = "COPY (WITH RECURSIVE part (oid) AS (SELECT to_regclass('",
                  AND_ITS_PARTS[] =
                      "')::oid UNION SELECT inhrelid FROM pg_inherits JOIN part ON inhparent = oid), "
                      "sized AS (SELECT *, pg_relation_size(oid) / current_setting('block_size')::float8 AS pages "
                      "FROM pg_class JOIN part USING (oid) WHERE relkind <> 'p'), "
                      "counted AS (SELECT CASE WHEN relkind NOT IN ('r', 'm') THEN NULL WHEN pages = 0 THEN 0 "
                      "WHEN reltuples >= 0 AND relpages > 0 THEN reltuples / relpages * pages END AS n FROM sized) "
                      "SELECT round(sum(n))::bigint FROM counted HAVING bool_and(n IS NOT NULL)) TO STDOUT";

static enum padan_status print_statement(struct pd_buffer *out, struct pd_text table, struct padan_error *error)
{
    pd_append_string(out, OF_TABLE);
    for (size_t i = 0; i < table.length; i++) {
        if (table.data[i] == '\'') pd_append_byte(out, '\'');
        pd_append_byte(out, table.data[i]);
    }
    pd_append_string(out, AND_ITS_PARTS);
    pd_append_byte(out, '\0');
    return pd_buffer_status(out, error);
}

static bool ask(struct pd_postgres *postgres, const char *statement, uint64_t *rows)
{
    char answer[32];
    size_t n = 0;
    if (pd_postgres_copy_out(postgres, statement, NULL) != PADAN_OK) return false;
    if (pd_postgres_read(postgres, answer, sizeof answer, &n, NULL) != PADAN_OK) return false;
    return pd_text_to_u64(pd_text_trim((struct pd_text){ answer, n }), rows);
}

enum padan_status pd_postgres_rows(const char *path, bool *known, uint64_t *rows, struct padan_error *error)
{
    const struct pd_text what = pd_postgres_what(path);
    struct pd_postgres *postgres = NULL;
    struct pd_buffer statement = { 0 }, name = { 0 };
    *known = false;
    if (what.length == 0 || pd_postgres_is_query(what)) return PADAN_OK;
    pd_postgres_append_name(&name, path);
    pd_append_byte(&name, '\0');
    enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK) status = print_statement(&statement, what, error);
    if (status == PADAN_OK) status = pd_postgres_open(&postgres, path, name.data, false, error);
    if (status == PADAN_OK) *known = ask(postgres, statement.data, rows);
    pd_postgres_close(postgres);
    pd_buffer_reset(&statement);
    pd_buffer_reset(&name);
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "base/postgres_name.h"

#include <criterion/criterion.h>

static void check_table(const char *path, const char *table, const char *name)
{
    struct pd_buffer shown = { 0 };
    const struct pd_text found = pd_postgres_table(path);
    cr_assert(pd_text_equal(found, pd_text_of(table)), "%s: %.*s", path, PD_TEXT_ARGS(found));
    pd_postgres_append_name(&shown, path);
    cr_assert(pd_text_equal((struct pd_text){ shown.data, shown.length }, pd_text_of(name)), "%s: %.*s", path,
              (int)shown.length, shown.data);
    pd_buffer_reset(&shown);
}

static void check_statement(const char *path, const char *wanted)
{
    struct pd_buffer statement = { 0 };
    const enum padan_status status = pd_postgres_statement(&statement, path, NULL);
    cr_assert_eq(status, wanted == NULL ? PADAN_BAD_ARGUMENT : PADAN_OK, "%s", path);
    if (wanted != NULL) cr_assert_str_eq(statement.data, wanted);
    pd_buffer_reset(&statement);
}

Test(postgres_name, tells_databases_from_files)
{
    cr_assert(pd_postgres_is("postgresql://host/db#t"));
    cr_assert(pd_postgres_is("postgres:///db#t"));
    cr_assert_not(pd_postgres_is("postgresql.csv"));
    cr_assert_not(pd_postgres_is("data/postgresql://x"));
    cr_assert_not(pd_postgres_is(""));
}

/* Neither host, user nor settings are in what reports show. */
Test(postgres_name, names_tables_and_databases)
{
    check_table("postgresql://siti@db.example:5433/bansos#bantuan.pkh", "pkh", "bansos#bantuan.pkh");
    check_table("postgresql:///bansos?host=/run/x#pkh", "pkh", "bansos#pkh");
    check_table("postgresql://host#pkh", "pkh", "postgresql#pkh");
    check_table("postgresql:///#pkh", "pkh", "postgresql#pkh");
    check_table("postgresql:///d#\"Skema A\".\"Data \"\"KPM\"\"\"", "Data \"\"KPM\"\"",
                "d#\"Skema A\".\"Data \"\"KPM\"\"\"");
    check_table("postgresql:///d# select 1 ;; ", "query", "d#query-d74a1ff9");
    check_table("postgresql:///d#select 1", "query", "d#query-d74a1ff9");
}

Test(postgres_name, copies_tables_and_queries)
{
    check_statement("postgresql:///d#pkh_2026", "COPY (SELECT * FROM pkh_2026) TO STDOUT (FORMAT csv, HEADER)");
    check_statement("postgresql:///d#with_all", "COPY (SELECT * FROM with_all) TO STDOUT (FORMAT csv, HEADER)");
    check_statement("postgresql:///d#select.pkh", "COPY (SELECT * FROM select.pkh) TO STDOUT (FORMAT csv, HEADER)");
    check_statement("postgresql:///d#TABLE pkh", "COPY (TABLE pkh) TO STDOUT (FORMAT csv, HEADER)");
    check_statement("postgresql:///d#Select '#' AS nama;", "COPY (Select '#' AS nama) TO STDOUT (FORMAT csv, HEADER)");
    check_statement("postgresql:///d#WITH a AS (SELECT 1) SELECT * FROM a",
                    "COPY (WITH a AS (SELECT 1) SELECT * FROM a) TO STDOUT (FORMAT csv, HEADER)");
}

Test(postgres_name, refuses_what_is_neither)
{
    static const char *const paths[] = { "postgresql:///d",
                                         "postgresql:///d#",
                                         "postgresql:///d#;",
                                         "postgresql:///d#1a",
                                         "postgresql:///d#a b",
                                         "postgresql:///d#a.",
                                         "postgresql:///d#.a",
                                         "postgresql:///d#\"a",
                                         "postgresql:///d#\"\"",
                                         "postgresql:///d#a;drop b",
                                         "postgresql:///d#delete from a" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) check_statement(paths[i], NULL);
    cr_assert(pd_postgres_is_identifier(PD_TEXT("padan")));
    cr_assert(pd_postgres_is_identifier(PD_TEXT("\"Padan 1\"")));
    cr_assert_not(pd_postgres_is_identifier(PD_TEXT("a.b")));
    cr_assert_not(pd_postgres_is_identifier(PD_TEXT("")));
}

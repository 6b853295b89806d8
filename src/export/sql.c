/* SPDX-License-Identifier: MIT */
#include "export/sql.h"

void pd_sql_append_name(struct pd_buffer *sql, struct pd_text name)
{
    pd_append_csv_quoted(sql, name); /* the rule of CSV's fields is that of SQL's names */
}

bool pd_sql_is_key(struct pd_text column)
{
    static const char *const keys[] = { "unique_id", "unique_id_l",          "unique_id_r", "cluster_id",
                                        "id_grup",   "household_cluster_id", "id_temuan",   "kode_wilayah" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (pd_text_equal(column, pd_text_of(keys[i]))) return true;
    return false;
}

/* SPDX-License-Identifier: MIT */
#include "table/join.h"

#include "table/narrow.h"

enum { TEXT_MAX = 4096 };

struct pd_text pd_parts_text(const struct pd_table *table, const struct pd_column_parts *parts, size_t record,
                             char *out, size_t room)
{
    const bool blank = pd_text_equal(parts->between, PD_TEXT(" "));
    size_t length = 0;
    for (size_t i = 0; i < parts->n; i++) {
        char scratch[24];
        const struct pd_column *column = &table->columns[parts->columns[i]];
        if (pd_column_is_null(column, record)) {
            if (blank) continue;
            return (struct pd_text){ out, 0 };
        }
        const struct pd_text texts[2] = { length == 0 ? PD_TEXT("") : parts->between,
                                          pd_column_text(column, record, scratch) };
        for (size_t j = 0; j < 2; j++) {
            const size_t n = texts[j].length < room - length ? texts[j].length : room - length;
            memcpy(out + length, texts[j].data, n);
            length += n;
        }
    }
    return (struct pd_text){ out, length };
}

/* Whether the whole itself is one of its parts. */
static bool is_part(const struct pd_column_parts *parts, size_t into)
{
    for (size_t i = 0; i < parts->n; i++)
        if (parts->columns[i] == into) return true;
    return false;
}

static bool has_other_part(const struct pd_table *table, size_t into, const struct pd_column_parts *parts,
                           size_t record)
{
    for (size_t i = 0; i < parts->n; i++)
        if (parts->columns[i] != into && !pd_column_is_null(&table->columns[parts->columns[i]], record)) return true;
    return false;
}

enum padan_status pd_table_join(struct pd_table *table, size_t into, const struct pd_column_parts *parts,
                                struct padan_error *error)
{
    const bool grows = is_part(parts, into);
    PD_TRY(pd_column_widen(&table->columns[into], table->n_records, error));
    for (size_t i = 0; i < table->n_records; i++) {
        char text[TEXT_MAX];
        if (!has_other_part(table, into, parts, i)) continue;
        if (!grows && !pd_column_is_null(&table->columns[into], i)) continue;
        const struct pd_text joined = pd_parts_text(table, parts, i, text, sizeof text);
        if (joined.length > 0) PD_TRY(pd_column_put(&table->columns[into], i, joined, error));
    }
    for (size_t i = 0; i < parts->n; i++)
        if (parts->columns[i] != into) pd_column_set_null(&table->columns[parts->columns[i]], 0, table->n_records);
    return PADAN_OK;
}

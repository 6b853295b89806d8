/* SPDX-License-Identifier: MIT */
#include "table/household_rows.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"

static bool hash_row(const struct pd_table *table, const int *columns, size_t n_columns, size_t record, uint64_t *hash)
{
    *hash = pd_mix64(pd_table_source(table, (uint32_t)record) + 1);
    for (size_t i = 0; i < n_columns; i++) {
        const struct pd_column *column = &table->columns[columns[i]];
        if (pd_column_is_null(column, record)) return false;
        *hash = pd_hash_combine(*hash, pd_column_word(column, record));
    }
    return true;
}

/* Hashes only group. */
static bool are_equal(const struct pd_table *table, const int *columns, size_t n_columns, size_t a, size_t b)
{
    if (pd_table_source(table, (uint32_t)a) != pd_table_source(table, (uint32_t)b)) return false;
    for (size_t i = 0; i < n_columns; i++)
        if (pd_column_word(&table->columns[columns[i]], a) != pd_column_word(&table->columns[columns[i]], b))
            return false;
    return true;
}

/* A run of equal hashes becomes a household. */
static void take_run(const struct pd_key *keys, size_t n, struct pd_household_rows *rows)
{
    if (n > PD_HOUSEHOLD_MAX) rows->n_crowded += n;
    if (n < 2 || n > PD_HOUSEHOLD_MAX) return;
    const uint32_t household = (uint32_t)++rows->n;
    for (size_t i = 0; i < n; i++) {
        rows->of[keys[i].record] = household;
        rows->place[keys[i].record] = (uint8_t)i;
        rows->members[rows->n_within++] = keys[i].record;
    }
    rows->begins[household + 1] = (uint32_t)rows->n_within;
}

/* [begin, end) without those that have the hash of the first by chance. */
static size_t drop_others(const struct pd_table *table, const int *columns, size_t n_columns, struct pd_key *keys,
                          size_t n)
{
    size_t kept = 1;
    for (size_t i = 1; i < n; i++)
        if (are_equal(table, columns, n_columns, keys[0].record, keys[i].record)) keys[kept++] = keys[i];
    return kept;
}

static enum padan_status allocate(size_t n_records, struct pd_household_rows *rows, struct padan_error *error)
{
    *rows = (struct pd_household_rows){ 0 };
    PD_TRY(pd_allocate_array(&rows->of, n_records + 1, sizeof *rows->of, error));
    PD_TRY(pd_allocate_array(&rows->place, n_records + 1, sizeof *rows->place, error));
    PD_TRY(pd_allocate_array(&rows->begins, n_records / 2 + 3, sizeof *rows->begins, error));
    PD_TRY(pd_allocate_array(&rows->members, n_records + 1, sizeof *rows->members, error));
    for (size_t i = 0; i < n_records; i++) rows->of[i] = 0;
    rows->begins[0] = rows->begins[1] = 0;
    return PADAN_OK;
}

enum padan_status pd_household_rows_make(const struct pd_table *table, const int *columns, size_t n_columns,
                                         int threads, struct pd_household_rows *rows, struct padan_error *error)
{
    struct pd_key *keys = NULL, *scratch = NULL;
    size_t n = 0;
    enum padan_status status = allocate(table->n_records, rows, error);
    if (status == PADAN_OK) status = pd_keys_make(table->n_records + 1, &keys, &scratch, error);
    for (size_t i = 0; status == PADAN_OK && i < table->n_records; i++) {
        struct pd_key *key = &keys[n];
        *key = (struct pd_key){ .record = (uint32_t)i };
        n += hash_row(table, columns, n_columns, i, &key->hash);
    }
    if (status == PADAN_OK) status = pd_radix_sort(keys, scratch, n, threads, error);
    for (size_t i = 0, end; status == PADAN_OK && i < n; i = end) {
        end = pd_key_run_end(keys, n, i);
        take_run(keys + i, drop_others(table, columns, n_columns, keys + i, end - i), rows);
    }
    pd_free(keys);
    if (status != PADAN_OK) pd_household_rows_reset(rows);
    return status;
}

void pd_household_rows_reset(struct pd_household_rows *rows)
{
    pd_free(rows->of);
    pd_free(rows->place);
    pd_free(rows->begins);
    pd_free(rows->members);
    *rows = (struct pd_household_rows){ 0 };
}

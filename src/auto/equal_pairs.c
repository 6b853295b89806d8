/* SPDX-License-Identifier: MIT */
#include "auto/equal_pairs.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "model/derive.h"

enum padan_status pd_auto_derive(const struct pd_auto_data *data, const char *form, const struct pd_profile *profile,
                                 int *column, struct padan_error *error)
{
    struct pd_buffer sql = { 0 };
    struct pd_deriver deriver = { .table = data->table, .threads = data->threads };
    struct pd_expression *expression = NULL;
    struct pd_arena arena = { 0 };
    const struct pd_column_resolver resolver = pd_table_resolver(data->table);
    pd_append_template(&sql, form, profile, NULL, PD_FORM_ROW);
    enum padan_status status = pd_buffer_status(&sql, error);
    if (status == PADAN_OK)
        status = pd_expression_parse(&arena, (struct pd_text){ sql.data, sql.length }, PD_MODE_ROW, data->functions,
                                     "zero configuration", &expression, error);
    if (status == PADAN_OK) status = pd_expression_bind(expression, &resolver, "zero configuration", error);
    if (status == PADAN_OK) status = pd_derive(&deriver, expression, column, error);
    pd_deriver_reset(&deriver);
    pd_arena_reset(&arena);
    pd_buffer_reset(&sql);
    return status;
}

/* Pairs in scope among rows of which sizes[] come from each source. */
static double pairs_in_scope(const struct pd_auto_data *data, const double *sizes)
{
    double n = 0;
    double within = 0;
    for (size_t i = 0; i < data->table->n_sources; i++) {
        n += sizes[i];
        within += sizes[i] * (sizes[i] - 1) / 2;
    }
    const double all = n * (n - 1) / 2;
    return (data->inside ? within : 0) + (data->across ? all - within : 0);
}

static enum padan_status count_filled(const struct pd_auto_data *data, int column, double *pairs,
                                      struct padan_error *error)
{
    double *sizes = NULL;
    const struct pd_table *table = data->table;
    PD_TRY(pd_allocate(&sizes, table->n_sources + 1, sizeof *sizes, error));
    for (size_t i = 0; i < table->n_records; i++)
        if (column < 0 || !pd_column_is_null(&table->columns[column], i)) sizes[pd_table_source(table, (uint32_t)i)]++;
    *pairs = pairs_in_scope(data, sizes);
    pd_free(sizes);
    return PADAN_OK;
}

enum padan_status pd_auto_all_pairs(const struct pd_auto_data *data, double *pairs, struct padan_error *error)
{
    return count_filled(data, -1, pairs, error);
}

enum padan_status pd_auto_filled_pairs(const struct pd_auto_data *data, int column, double *pairs,
                                       struct padan_error *error)
{
    return count_filled(data, column, pairs, error);
}

/* A row by the words of columns, where it has all of them. */
struct columns_of_row {
    const struct pd_table *table;
    const int *columns;
    size_t n;
};

static bool hash_columns(const void *context, size_t record, uint64_t *hash)
{
    const struct columns_of_row *row = context;
    *hash = 1;
    for (size_t i = 0; i < row->n; i++) {
        const struct pd_column *column = &row->table->columns[row->columns[i]];
        if (pd_column_is_null(column, record)) return false;
        *hash = pd_hash_combine(*hash, pd_column_word(column, record));
    }
    return true;
}

/* Pairs in scope of which so many were counted of rows of each source. */
static double pairs_of_counted(const struct pd_auto_data *data, const double *counts)
{
    const double *shares = data->counted.shares;
    double n = 0;
    double within = 0;
    double squares = 0;
    for (size_t i = 0; i < data->table->n_sources; i++) {
        const double rows = counts[i] / shares[i];
        n += rows;
        squares += rows * rows;
        within += rows * (counts[i] - 1) / shares[i] / 2;
    }
    return (data->inside ? within : 0) + (data->across ? (n * n - squares) / 2 : 0);
}

static double count_runs(const struct pd_auto_data *data, const struct pd_key *keys, size_t n, double *counts)
{
    double pairs = 0;
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = pd_key_run_end(keys, n, begin);
        if (end - begin == 1) continue;
        memset(counts, 0, data->table->n_sources * sizeof *counts);
        for (size_t i = begin; i < end; i++) counts[pd_table_source(data->table, keys[i].record)]++;
        pairs += pairs_of_counted(data, counts);
    }
    return pairs;
}

enum padan_status pd_auto_hashed_pairs(const struct pd_auto_data *data, pd_row_hash *hash_row, const void *context,
                                       double *pairs, struct padan_error *error)
{
    const struct pd_counted_rows *counted = &data->counted;
    struct pd_key *keys = NULL;
    double *counts = NULL;
    size_t n = 0;
    *pairs = 0;
    PD_TRY(pd_allocate(&counts, data->table->n_sources + 1, sizeof *counts, error));
    enum padan_status status = pd_allocate_array(&keys, 2 * counted->n + 16, sizeof *keys, error);
    for (size_t i = 0; status == PADAN_OK && i < counted->n; i++) {
        uint64_t hash = 0;
        if (hash_row(context, counted->rows[i], &hash)) keys[n++] = (struct pd_key){ hash, counted->rows[i], 0 };
    }
    if (status == PADAN_OK) status = pd_radix_sort(keys, keys + counted->n, n, data->threads, error);
    if (status == PADAN_OK) *pairs = count_runs(data, keys, n, counts);
    pd_free(keys);
    pd_free(counts);
    return status;
}

enum padan_status pd_auto_equal_pairs(const struct pd_auto_data *data, const int *columns, size_t n_columns,
                                      double *pairs, struct padan_error *error)
{
    const struct columns_of_row row = { data->table, columns, n_columns };
    return pd_auto_hashed_pairs(data, hash_columns, &row, pairs, error);
}

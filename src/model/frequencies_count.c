/* SPDX-License-Identifier: MIT
 * Counting values for a model's file of frequencies. See frequencies.h. */
#include "base/hash.h"
#include "base/memory.h"
#include "model/frequencies.h"

#include <stdlib.h>

/* A value and how many rows have it. */
struct counted {
    struct pd_text value;
    uint64_t count;
};

/* Most frequent first, then by value: nothing hangs on the order of rows. */
static int by_count(const void *a, const void *b)
{
    const struct counted *x = a;
    const struct counted *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return pd_text_compare(x->value, y->value);
}

struct column_counts {
    struct pd_dictionary values;
    uint64_t *counts;
    size_t capacity;
    uint64_t n_rows; /* with a value */
};

static enum padan_status count_rows(const struct pd_table *table, const struct pd_column *column,
                                    struct column_counts *counts, struct padan_error *error)
{
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[PD_FREQUENCY_TEXT];
        uint32_t code = 0;
        const struct pd_text value = pd_frequency_text(column, i, scratch);
        if (value.data == NULL || value.length == 0) continue;
        const uint32_t n_known = counts->values.n_entries;
        PD_TRY(pd_dictionary_insert(&counts->values, value, pd_hash_text(value), &code, error));
        PD_TRY(pd_grow(&counts->counts, &counts->capacity, code, sizeof *counts->counts, error));
        if (code > n_known) counts->counts[code - 1] = 0;
        counts->n_rows++;
        counts->counts[code - 1]++;
    }
    return PADAN_OK;
}

static void append_line(struct pd_buffer *out, struct pd_text column, struct pd_text value, double share)
{
    pd_append_csv(out, column);
    pd_append_byte(out, ',');
    pd_append_csv(out, value);
    pd_append_format(out, ",%.9g\n", share);
}

static enum padan_status append_column(const struct column_counts *counts, struct pd_text column, uint64_t min_count,
                                       struct pd_buffer *out, struct padan_error *error)
{
    struct counted *sorted = NULL;
    const size_t n = counts->values.n_entries;
    uint64_t n_rare_rows = 0;
    uint64_t n_rare = 0;
    if (counts->n_rows == 0) return PADAN_OK;
    PD_TRY(pd_allocate_array(&sorted, n + 1, sizeof *sorted, error));
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct counted){ pd_dictionary_text(&counts->values, (uint32_t)i + 1), counts->counts[i] };
    qsort(sorted, n, sizeof *sorted, by_count);
    for (size_t i = 0; i < n; i++) {
        if (sorted[i].count >= min_count) {
            append_line(out, column, sorted[i].value, (double)sorted[i].count / (double)counts->n_rows);
            continue;
        }
        n_rare_rows += sorted[i].count;
        n_rare++;
    }
    /* A value nobody had is taken for one that a single row has. */
    const double mean = n_rare == 0 ? 1 : (double)n_rare_rows / (double)n_rare;
    append_line(out, column, PD_TEXT(""), mean / (double)counts->n_rows);
    pd_free(sorted);
    return pd_buffer_status(out, error);
}

/* The column stands in an earlier level too, or the model computes its frequency. */
static bool done_before(const struct pd_model *model, size_t comparison, size_t level, struct pd_text column)
{
    for (size_t i = 0; i < model->n_tf_expressions; i++)
        if (pd_text_equal(model->tf_expressions[i].column, column)) return true;
    for (size_t i = 0; i <= comparison; i++)
        for (size_t j = 0; j < (i == comparison ? level : model->comparisons[i].n_levels); j++)
            if (pd_text_equal(model->comparisons[i].levels[j].tf_column, column)) return true;
    return false;
}

static enum padan_status count_column(const struct pd_table *table, struct pd_text name, uint64_t min_count,
                                      struct pd_buffer *out, struct padan_error *error)
{
    struct column_counts counts = { .n_rows = 0 };
    const int index = pd_table_find_identifier(table, name);
    if (index < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "term-frequency column \"%.*s\" is not in the data", PD_TEXT_ARGS(name));
    if (table->columns[index].encoding == PD_ENCODING_DOUBLE)
        PD_FAIL(error, PADAN_UNSUPPORTED, "there are no term frequencies of a column of decimals (\"%.*s\")",
                PD_TEXT_ARGS(name));
    enum padan_status status = count_rows(table, &table->columns[index], &counts, error);
    if (status == PADAN_OK) status = append_column(&counts, name, min_count, out, error);
    pd_dictionary_reset(&counts.values);
    pd_free(counts.counts);
    return status;
}

enum padan_status pd_frequencies_count(const struct pd_model *model, const struct pd_table *table, uint64_t min_count,
                                       struct pd_buffer *out, struct padan_error *error)
{
    pd_append_string(out, "column,value,frequency\n");
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++) {
            const struct pd_text column = model->comparisons[i].levels[j].tf_column;
            if (column.length == 0 || done_before(model, i, j, column)) continue;
            PD_TRY(count_column(table, column, min_count, out, error));
        }
    return pd_buffer_status(out, error);
}

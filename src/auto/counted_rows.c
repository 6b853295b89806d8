/* SPDX-License-Identifier: MIT */
#include "auto/counted_rows.h"

#include "base/memory.h"
#include "base/row_sample.h"

/* Of a source so many rows and a part of the others: the pairs that are equal by chance grow with the square of the
 * rows, those of one person hardly faster than them, and of these some hundred are to be counted. */
enum { COUNT_ROWS = 100000, COUNT_OF_MORE = 20 };

static struct pd_row_sample sample_of(const struct pd_source *source)
{
    const size_t n = source->end - source->begin;
    return pd_row_sample_make(n, n < COUNT_ROWS ? n : COUNT_ROWS + (n - COUNT_ROWS) / COUNT_OF_MORE);
}

enum padan_status pd_counted_rows_make(const struct pd_table *table, struct pd_counted_rows *counted,
                                       struct padan_error *error)
{
    *counted = (struct pd_counted_rows){ 0 };
    PD_TRY(pd_allocate(&counted->shares, table->n_sources + 1, sizeof *counted->shares, error));
    PD_TRY(pd_allocate_array(&counted->rows, table->n_records + 1, sizeof *counted->rows, error));
    for (size_t i = 0; i < table->n_sources; i++) {
        const struct pd_source *source = &table->sources[i];
        const struct pd_row_sample sample = sample_of(source);
        counted->shares[i] = pd_row_sample_share(sample);
        for (size_t row = source->begin; row < source->end; row++)
            if (pd_row_sample_has(sample, row)) counted->rows[counted->n++] = (uint32_t)row;
    }
    return PADAN_OK;
}

void pd_counted_rows_reset(struct pd_counted_rows *counted)
{
    pd_free(counted->rows);
    pd_free(counted->shares);
}

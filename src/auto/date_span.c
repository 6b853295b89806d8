/* SPDX-License-Identifier: MIT */
#include "auto/date_span.h"

#include "auto/dates.h"
#include "base/memory.h"

#include <stdlib.h>

enum { SAMPLE_ROWS = 20000 };

/* Between the earliest and the latest of nine tenths of the dates. */
static const int64_t FILE_DAYS = 15 * 365;

static int by_day(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum padan_status look_at_span(const struct pd_table *table, struct pd_profile *profile,
                                      struct padan_error *error)
{
    const struct pd_column *column = &table->columns[profile->column];
    const size_t step = 1 + table->n_records / SAMPLE_ROWS;
    int64_t *days = NULL;
    size_t n = 0;
    PD_TRY(pd_allocate_array(&days, SAMPLE_ROWS + 1, sizeof *days, error));
    for (size_t i = 0; i < table->n_records; i += step) {
        char scratch[24];
        if (!pd_column_is_null(column, i)) n += pd_dates_read(pd_column_text(column, i, scratch), profile, &days[n]);
    }
    qsort(days, n, sizeof *days, by_day);
    profile->of_a_file = n > 0 && days[n - 1 - n / 20] - days[n / 20] <= FILE_DAYS;
    pd_free(days);
    return PADAN_OK;
}

enum padan_status pd_auto_date_spans(const struct pd_table *table, struct pd_profiles *profiles,
                                     struct padan_error *error)
{
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (profiles->columns[i].kind == PD_KIND_DATE) PD_TRY(look_at_span(table, &profiles->columns[i], error));
    return PADAN_OK;
}

/* SPDX-License-Identifier: MIT */
#include "auto/date_span.h"
#include "auto/kind.h"

#include "auto/dates.h"
#include "base/memory.h"
#include "base/row_sample.h"

#include <stdlib.h>

enum { SAMPLE_ROWS = 20000 };

/* Between the earliest and the latest of nine tenths of the dates. */
static const int64_t FILE_DAYS = 15 * 365;

/* Rows of one person are those that share the names which tell most, at most so many of them. */
enum { NAMES_MAX = 2 };
static const double SAME_RARELY = .1;
/* Of so many pairs of one person at least, so many are equal in a date that is the person's. */
static const double LEAST_PAIRS = 20, MOSTLY = .5;

static int by_day(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

enum padan_status pd_auto_date_span(const struct pd_table *table, struct pd_profile *profile, struct padan_error *error)
{
    const struct pd_column *column = &table->columns[profile->column];
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, SAMPLE_ROWS);
    int64_t *days = NULL;
    size_t n = 0;
    PD_TRY(pd_allocate_array(&days, table->n_records + 1, sizeof *days, error));
    for (size_t i = 0; i < table->n_records; i++) {
        if (!pd_row_sample_has(sample, i)) continue;
        char scratch[24];
        if (!pd_column_is_null(column, i)) n += pd_dates_read(pd_column_text(column, i, scratch), profile, &days[n]);
    }
    qsort(days, n, sizeof *days, by_day);
    profile->of_a_file = n > 0 && days[n - 1 - n / 20] - days[n / 20] <= FILE_DAYS;
    pd_free(days);
    return PADAN_OK;
}

static bool is_name(const struct pd_profile *profile)
{
    return pd_kind_of_words(profile) && profile->same < SAME_RARELY && pd_kind_is_filled(profile);
}

/* The columns of names that fewest pairs share. */
static size_t find_names(const struct pd_profiles *profiles, const struct pd_profile *names[NAMES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (!is_name(profile)) continue;
        if (n < NAMES_MAX)
            names[n++] = profile;
        else if (profile->same < names[NAMES_MAX - 1]->same)
            names[NAMES_MAX - 1] = profile;
        if (n == NAMES_MAX && names[1]->same < names[0]->same) {
            const struct pd_profile *rarer = names[1];
            names[1] = names[0];
            names[0] = rarer;
        }
    }
    return n;
}

/* A date that is equal in most rows of the same names is their person's, however few years it spans. columns holds the
 * n_names names, and has room for the date. */
static enum padan_status look_at_person(const struct pd_auto_data *data, int columns[NAMES_MAX + 1], size_t n_names,
                                        struct pd_profile *profile, struct padan_error *error)
{
    double pairs = 0, equal = 0;
    PD_TRY(pd_auto_derive(data, "{x}", profile, &columns[n_names], error));
    PD_TRY(pd_auto_equal_pairs(data, columns, n_names, &pairs, error));
    if (pairs < LEAST_PAIRS) return PADAN_OK;
    PD_TRY(pd_auto_equal_pairs(data, columns, n_names + 1, &equal, error));
    profile->of_a_file = equal <= MOSTLY * pairs;
    return PADAN_OK;
}

static bool is_open(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_DATE && profile->of_a_file && pd_kind_is_filled(profile);
}

enum padan_status pd_auto_date_spans(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                     struct padan_error *error)
{
    const struct pd_profile *names[NAMES_MAX];
    int columns[NAMES_MAX + 1];
    size_t n_open = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind == PD_KIND_DATE) PD_TRY(pd_auto_date_span(data->table, profile, error));
        n_open += is_open(profile);
    }
    const size_t n_names = find_names(profiles, names);
    if (n_open == 0 || n_names == 0) return PADAN_OK;
    for (size_t i = 0; i < n_names; i++) PD_TRY(pd_auto_derive(data, "{x}", names[i], &columns[i], error));
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (is_open(&profiles->columns[i]))
            PD_TRY(look_at_person(data, columns, n_names, &profiles->columns[i], error));
    return PADAN_OK;
}

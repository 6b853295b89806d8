/* SPDX-License-Identifier: MIT */
#include "auto/household_columns.h"

#include "table/household_rows.h"

/* A value in common tells of kin when so few pairs of rows have it in common by chance. */
static const double SHARED_RARELY = .05;
/* Households are of use where so many rows are in one. */
static const double ROWS_LEAST = .2;
/* Rows with too many equal values, against those in households: more of them, and it is no household that they say. */
static const double CROWDED_MOST = .5;
/* Columns that are worth less than so much of the best are not tried. */
static const double NEARLY_AS_GOOD = .75;
/* Households whose members are looked at. */
enum { HOUSEHOLDS_SEEN = 2000 };
/* Rows that are grouped in all: beyond, later pairs of columns are not tried. */
static const double ROWS_GROUPED_MOST = 5e7;

struct finding {
    const struct pd_table *table;
    const struct pd_profiles *profiles;
    int threads;
    double n_grouped;
    struct pd_household_choices *choices;
};

static bool is_of_use(const struct pd_profile *profile)
{
    return profile->kind != PD_KIND_LEFT_OUT && !pd_profile_is_of_row(profile);
}

static bool is_one_of(size_t profile, const struct pd_household_columns *columns)
{
    return profile == columns->profiles[0] || (columns->n == 2 && profile == columns->profiles[1]);
}

/* Whether two rows have a value in common that few have, besides those that make them a household. */
static bool are_kin(const struct finding *f, const struct pd_household_columns *columns, size_t a, size_t b)
{
    for (size_t i = 0; i < f->profiles->n_columns; i++) {
        const struct pd_profile *profile = &f->profiles->columns[i];
        if (!is_of_use(profile) || profile->same > SHARED_RARELY || is_one_of(i, columns)) continue;
        const struct pd_column *column = &f->table->columns[profile->column];
        if (!pd_column_is_null(column, a) && pd_column_word(column, a) == pd_column_word(column, b)) return true;
    }
    return false;
}

static void count_kin(const struct finding *f, const struct pd_household_columns *columns,
                      const struct pd_household_rows *rows, uint32_t household, double *pairs, double *kin)
{
    for (uint32_t i = rows->begins[household]; i < rows->begins[household + 1]; i++)
        for (uint32_t j = i + 1; j < rows->begins[household + 1]; j++) {
            ++*pairs;
            *kin += are_kin(f, columns, rows->members[i], rows->members[j]);
        }
}

/* Pairs of members who are kin less those who are not; 0 where columns make no households. */
static double look_at(const struct finding *f, struct pd_household_columns *columns,
                      const struct pd_household_rows *rows)
{
    const size_t step = rows->n / HOUSEHOLDS_SEEN + 1;
    double pairs = 0, kin = 0;
    if ((double)rows->n_within < ROWS_LEAST * (double)f->table->n_records ||
        (double)rows->n_crowded > CROWDED_MOST * (double)rows->n_within)
        return 0;
    for (size_t i = 1; i <= rows->n; i += step) count_kin(f, columns, rows, (uint32_t)i, &pairs, &kin);
    columns->kin = kin / pairs;
    columns->n_households = rows->n;
    columns->n_rows = rows->n_within;
    return (2 * kin - pairs) * (double)step;
}

/* In order, of equals those found first. */
static void insert(struct pd_household_choices *choices, const struct pd_household_columns *columns, double worth)
{
    size_t to = choices->n;
    if (to == PD_HOUSEHOLD_COLUMNS_TRIED && worth <= choices->worths[--to]) return;
    for (; to > 0 && choices->worths[to - 1] < worth; to--) {
        choices->items[to] = choices->items[to - 1];
        choices->worths[to] = choices->worths[to - 1];
    }
    choices->items[to] = *columns;
    choices->worths[to] = worth;
    if (choices->n < PD_HOUSEHOLD_COLUMNS_TRIED) choices->n++;
}

static enum padan_status try_columns(struct finding *f, struct pd_household_columns columns, struct padan_error *error)
{
    struct pd_household_rows rows;
    int indexes[2] = { -1, -1 };
    f->n_grouped += (double)f->table->n_records;
    if (f->n_grouped > ROWS_GROUPED_MOST) return PADAN_OK;
    for (size_t i = 0; i < columns.n; i++) indexes[i] = f->profiles->columns[columns.profiles[i]].column;
    PD_TRY(pd_household_rows_make(f->table, indexes, columns.n, f->threads, &rows, error));
    const double worth = look_at(f, &columns, &rows);
    pd_household_rows_reset(&rows);
    if (worth > 0) insert(f->choices, &columns, worth);
    return PADAN_OK;
}

enum padan_status pd_auto_household_columns(const struct pd_table *table, const struct pd_profiles *profiles,
                                            int threads, struct pd_household_choices *choices,
                                            struct padan_error *error)
{
    struct finding f = { .table = table, .profiles = profiles, .threads = threads, .choices = choices };
    *choices = (struct pd_household_choices){ .n = 0 };
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (is_of_use(&profiles->columns[i]))
            PD_TRY(try_columns(&f, (struct pd_household_columns){ .profiles = { i }, .n = 1 }, error));
    for (size_t i = 0; i < profiles->n_columns; i++)
        for (size_t j = i + 1; j < profiles->n_columns; j++)
            if (is_of_use(&profiles->columns[i]) && is_of_use(&profiles->columns[j]))
                PD_TRY(try_columns(&f, (struct pd_household_columns){ .profiles = { i, j }, .n = 2 }, error));
    while (choices->n > 1 && choices->worths[choices->n - 1] < NEARLY_AS_GOOD * choices->worths[0]) choices->n--;
    return PADAN_OK;
}

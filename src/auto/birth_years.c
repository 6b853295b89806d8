/* SPDX-License-Identifier: MIT
 * What two columns mean is asked of rows that are likely one person: those of both sources that alone have a value of
 * the column which tells most. In many of them the years are the same, where chance makes a few; ages say there in
 * which year they were taken, too. */
#include "auto/birth_years.h"

#include "base/date.h"

#include <math.h>

enum { FIRST_YEAR = 1500, END_OF_YEARS = 2200, N_YEARS = END_OF_YEARS - FIRST_YEAR, AGES = 121 };

/* People of all ages have so many. */
static const size_t YEARS_LEAST = 30;
static const double NEARLY_ALL = .95;
/* Of so many likely pairs, so many agree; chance makes a twentieth of them agree in a year or its neighbours. */
static const size_t PAIRS_LEAST = 20;
static const double OFTEN = .25;

struct looking {
    const struct pd_table *table;
    const struct pd_profiles *profiles;
    const struct pd_likely_rows *likely;
};

static bool are_numbers(const struct pd_profile *profile)
{
    return !profile->named_out && profile->digits > NEARLY_ALL && profile->numbers > NEARLY_ALL &&
           profile->fractions == 0 && profile->n_distinct >= YEARS_LEAST;
}

static bool are_years(const struct pd_profile *profile)
{
    return are_numbers(profile) && profile->same_length && fabs(profile->mean_length - 4) < .1 &&
           profile->largest >= FIRST_YEAR && profile->largest < END_OF_YEARS;
}

/* Two digits of a year are not told from an age. */
static bool are_ages(const struct pd_profile *profile, const struct pd_profile *dates)
{
    return are_numbers(profile) && profile->largest < AGES && !dates->short_years;
}

/* Whether the years of one may be those of the other: years or ages beside dates, ages beside years. */
static bool may_agree(const struct pd_profile *profile, const struct pd_profile *dates)
{
    return are_ages(profile, dates) || (dates->content == PD_KIND_DATE && are_years(profile));
}

/* The number of a value, or the year of a date; false where it is neither. */
static bool read(const struct looking *looking, const struct pd_profile *profile, size_t record, int64_t *number)
{
    const struct pd_column *column = &looking->table->columns[profile->column];
    char scratch[24];
    int64_t day = 0;
    if (pd_column_is_null(column, record)) return false;
    const struct pd_text text = pd_column_text(column, record, scratch);
    if (profile->content != PD_KIND_DATE) return pd_text_to_i64(text, number);
    if (!pd_dates_read(text, profile, &day)) return false;
    *number = pd_date_to_civil((int32_t)day).year;
    return true;
}

/* Share of the likely pairs whose years, or whose year and age together, are this or its neighbours. */
static double share_around(const size_t counts[N_YEARS], size_t at, size_t n)
{
    const size_t around = counts[at] + (at > 0 ? counts[at - 1] : 0) + (at + 1 < N_YEARS ? counts[at + 1] : 0);
    return n == 0 ? 0 : (double)around / (double)n;
}

/* Whether the years of two columns agree in likely pairs; best takes them where they do more than what it has. */
static void look_at_pair(const struct looking *looking, size_t years, size_t dates, struct pd_birth_years *best)
{
    const struct pd_profile *numbers = &looking->profiles->columns[years];
    const struct pd_profile *days = &looking->profiles->columns[dates];
    const bool ages = are_ages(numbers, days);
    size_t counts[N_YEARS] = { 0 }, n = 0, most = 0;
    for (size_t i = 0; i < looking->likely->n; i++) {
        const struct pd_likely *pair = &looking->likely->list[i];
        int64_t number = 0, year = 0;
        const bool left = read(looking, numbers, pair->left, &number);
        if (!left && !read(looking, numbers, pair->right, &number)) continue;
        if (!read(looking, days, left ? pair->right : pair->left, &year)) continue;
        if (days->short_years) year += (number - year + 1050) / 100 * 100 - 1000; /* the century that is nearest */
        const int64_t at = ages ? year + number - FIRST_YEAR : year - number + N_YEARS / 2;
        n++;
        if (at >= 0 && at < N_YEARS) counts[at]++;
    }
    for (size_t i = 0; i < N_YEARS; i++)
        if (counts[i] > counts[most]) most = i;
    if (!ages) most = N_YEARS / 2;
    const double agree = share_around(counts, most, n);
    if (n < PAIRS_LEAST || agree < OFTEN || agree <= best->agree) return;
    *best = (struct pd_birth_years){ years, dates, ages ? (int)most + FIRST_YEAR : 0, agree };
}

/* The column of years, or of ages, for dates that one source alone has. */
static void look_at_dates(const struct looking *looking, size_t dates, struct pd_birth_years *best)
{
    const struct pd_profile *columns = looking->profiles->columns;
    const int source = pd_auto_source_of(looking->table, &columns[dates]);
    if (source < 0) return;
    for (size_t i = 0; i < looking->profiles->n_columns; i++) {
        if (!may_agree(&columns[i], &columns[dates])) continue;
        if (pd_auto_source_of(looking->table, &columns[i]) == 1 - source) look_at_pair(looking, i, dates, best);
    }
}

static bool are_dates(const struct pd_profile *profile)
{
    return (profile->content == PD_KIND_DATE && !profile->named_out) || are_years(profile);
}

void pd_auto_find_birth_years(const struct pd_table *table, const struct pd_profiles *profiles,
                              const struct pd_likely_rows *likely, struct pd_birth_years *out)
{
    const struct looking looking = { table, profiles, likely };
    *out = (struct pd_birth_years){ .agree = 0 };
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (are_dates(&profiles->columns[i])) look_at_dates(&looking, i, out);
}

void pd_auto_as_birth_years(const struct pd_profile *dates, int counted_from, struct pd_profile *profile)
{
    profile->kind = profile->content = PD_KIND_NUMBER;
    profile->reason = NULL;
    profile->of_years = true;
    profile->counted_from = counted_from;
    profile->formats = dates->formats;
    profile->short_years = dates->short_years;
    profile->lost_zeros = dates->lost_zeros;
    profile->cut_months = dates->cut_months;
    profile->of_months = dates->of_months;
    profile->fractions = profile->spread = 0;
    profile->money = profile->decimal_commas = profile->point_groups = false;
}

/* SPDX-License-Identifier: MIT */
#include "auto/own_columns.h"
#include "auto/kind.h"

#include "auto/date_span.h"
#include "base/date.h"
#include "expression/letter_case.h"

/* Years of birth are numbers of four digits, and many. */
static const double DIGITS_OF_YEAR = 4, LAST_YEAR = 2100;
enum { YEARS_LEAST = 30 };
/* A name that more pairs of rows share is a class. A full name has so many words at most. */
static const double SHARED_RARELY = .02, WORDS_OF_NAME = 4;

static bool is_name(const struct pd_profile *profile)
{
    const bool is_full = profile->content == PD_KIND_TEXT && pd_kind_of_letters(profile);
    return (profile->content == PD_KIND_NAME || (is_full && profile->mean_words <= WORDS_OF_NAME)) &&
           profile->same <= SHARED_RARELY;
}

static bool is_year_of_birth(const struct pd_profile *profile)
{
    return profile->same_length && profile->mean_length == DIGITS_OF_YEAR && profile->digits == 1 &&
           profile->largest <= LAST_YEAR && profile->n_distinct >= YEARS_LEAST;
}

enum padan_status pd_auto_find_own(const struct pd_table *table, struct pd_profiles *profiles,
                                   struct padan_error *error)
{
    for (size_t i = 0; i < profiles->n_columns; i++) {
        struct pd_profile *profile = &profiles->columns[i];
        profile->own = false;
        if (!profile->one_sided || profile->named_out) continue;
        if (profile->content == PD_KIND_DATE) PD_TRY(pd_auto_date_span(table, profile, error));
        profile->own =
            profile->content == PD_KIND_DATE ? !profile->of_a_file : is_name(profile) || is_year_of_birth(profile);
    }
    return PADAN_OK;
}

/* A slip changes a part of a date; people of one household are born in different years. */
static bool are_other_days(struct pd_text a, struct pd_text b, const struct pd_profile *profile)
{
    int64_t day_a = 0, day_b = 0;
    if (!pd_dates_read(a, profile, &day_a) || !pd_dates_read(b, profile, &day_b)) return false;
    const struct pd_date x = pd_date_to_civil((int32_t)day_a);
    const struct pd_date y = pd_date_to_civil((int32_t)day_b);
    return x.year != y.year && (x.month != y.month || x.day != y.day);
}

/* A slip hardly ever changes the first letter. */
static bool are_other_names(struct pd_text a, struct pd_text b)
{
    char first_a[8], first_b[8];
    const size_t length_a = pd_letters_put(pd_text_slice(a, 0, pd_text_utf8_sequence(a)), pd_letter_small, first_a);
    const size_t length_b = pd_letters_put(pd_text_slice(b, 0, pd_text_utf8_sequence(b)), pd_letter_small, first_b);
    return length_a > 0 && length_b > 0 &&
           !pd_text_equal((struct pd_text){ first_a, length_a }, (struct pd_text){ first_b, length_b });
}

static bool are_others(struct pd_text a, struct pd_text b, const struct pd_profile *profile)
{
    if (profile->content == PD_KIND_DATE) return are_other_days(a, b, profile);
    return is_year_of_birth(profile) ? !pd_text_equal(a, b) : are_other_names(a, b);
}

bool pd_auto_differ_in_own(const struct pd_table *table, const struct pd_profiles *profiles, size_t left, size_t right)
{
    bool any = false;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        const struct pd_column *column = &table->columns[profile->column];
        char scratch_a[24], scratch_b[24];
        if (!profile->own || pd_column_is_null(column, left) || pd_column_is_null(column, right)) continue;
        const struct pd_text a = pd_column_text(column, left, scratch_a);
        const struct pd_text b = pd_column_text(column, right, scratch_b);
        if (!are_others(a, b, profile)) return false;
        any = true;
    }
    return any;
}

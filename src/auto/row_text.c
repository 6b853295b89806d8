/* SPDX-License-Identifier: MIT */
#include "auto/row_text.h"

#include "auto/comparisons.h"

#include <math.h>

/* Share of the information of all columns that texts of many words, and numbers of models that stand in them, have
 * where they are what rows are told by. */
static const double MOST = .5;
/* Share of the values of one of its columns that have numbers, at least, for these to be compared by themselves. */
static const double SOME_NUMBERS = .1;

static bool told_by_texts(const struct pd_profiles *profiles)
{
    double all = 0, texts = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind == PD_KIND_LEFT_OUT) continue;
        all += pd_profile_information(profile);
        texts += pd_auto_by_words(profile) || profile->of_models ? pd_profile_information(profile) : 0;
    }
    return texts > MOST * all;
}

/* Texts of any length, which tell more than names of one word do; and no date or NIK, as people have. */
static bool may_be_told_by_texts(const struct pd_profiles *profiles)
{
    double texts = 0, names = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind == PD_KIND_DATE || (profile->kind == PD_KIND_CODE && profile->of_people)) return false;
        if (profile->kind == PD_KIND_TEXT) texts += pd_profile_information(profile);
        if (profile->kind == PD_KIND_NAME) names += pd_profile_information(profile);
    }
    return texts > names;
}

/* A row has the text that any of its columns has; what is known of all together is at least that of the best. */
static void add_text(struct pd_profile *row, struct pd_profile *profile)
{
    profile->in_row = profile->kind == PD_KIND_TEXT || profile->kind == PD_KIND_NAME || profile->of_models;
    if (!profile->in_row) return;
    row->mean_words += profile->fill * profile->mean_words;
    row->mean_length += profile->fill * profile->mean_length;
    row->fill = fmax(row->fill, profile->fill);
    if (profile->n_filled > row->n_filled) row->n_filled = profile->n_filled;
    if (profile->n_distinct > row->n_distinct) row->n_distinct = profile->n_distinct;
}

/* Numbers in the texts are compared once more by themselves, where some have such. */
static void add_numbers(const struct pd_table *table, struct pd_profiles *profiles, const struct pd_profile *row)
{
    struct pd_profile numbers = *row;
    double fill = 0;
    for (size_t i = 0; i < row->n_columns; i++) {
        const struct pd_profile *profile = &row->columns[i];
        if (profile->in_row) fill = fmax(fill, profile->fill * (1 - profile->letters));
    }
    if (fill < SOME_NUMBERS) return;
    numbers.name = pd_auto_free_name(table, "numbers_____________", 7);
    numbers.kind = numbers.content = PD_KIND_ROW_NUMBERS;
    numbers.fill = fill;
    profiles->columns[profiles->n_columns++] = numbers;
}

void pd_auto_row_text(const struct pd_table *table, struct pd_profiles *profiles)
{
    struct pd_profile row = { .column = -1,
                              .name = pd_auto_free_name(table, "all texts___________", 9),
                              .kind = PD_KIND_ROW,
                              .content = PD_KIND_ROW,
                              .columns = profiles->columns,
                              .n_columns = profiles->n_columns };
    profiles->by_row = told_by_texts(profiles);
    if (!profiles->by_row && !may_be_told_by_texts(profiles)) return;
    for (size_t i = 0; i < profiles->n_columns; i++) add_text(&row, &profiles->columns[i]);
    add_numbers(table, profiles, &row);
    profiles->columns[profiles->n_columns++] = row;
}

bool pd_auto_has_row_text(const struct pd_profiles *profiles)
{
    return profiles->n_columns > 0 && profiles->columns[profiles->n_columns - 1].kind == PD_KIND_ROW;
}

bool pd_auto_has_row_numbers(const struct pd_profiles *profiles)
{
    return profiles->n_columns > 1 && profiles->columns[profiles->n_columns - 2].kind == PD_KIND_ROW_NUMBERS;
}
